"""Every kind of row says how long it lives, and is gone after."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import models
from django.test import override_settings
from django.test.utils import isolate_apps
from django.utils import timezone

from massline.core import expiry
from massline.core.expiry import (
    ExpiresAfter,
    declared_lifetimes,
    delete_expired_rows,
    organisation_path,
    rows_of_organisation,
)
from massline.desk.guard.audit import chain
from massline.desk.guard.audit.models import AuditLine
from massline.desk.listen.field_reports import actions as field_report_actions
from massline.desk.listen.rounds import actions as round_actions
from massline.desk.listen.rounds.models import FieldReport, Voice
from massline.desk.people.models import Account, Contact, Organisation
from massline.desk.sumup.claims import actions as sumup
from massline.square.conversations import actions as conversations
from massline.square.conversations.models import Conversation
from massline.square.envelopes import actions as envelopes
from massline.square.envelopes.models import Envelope
from massline.square.organisations.models import PublicOrganisation


def test_every_model_declares_how_long_its_rows_live() -> None:
    silent = [model.__name__ for model, keep in declared_lifetimes().items() if keep is None]
    assert not silent, f"Say lives = Keep(…) or Stays(…) on: {', '.join(silent)}"


def test_what_leads_to_a_person_never_merely_stays() -> None:
    kept = {model.__name__: keep for model, keep in declared_lifetimes().items()}
    for name in ("Contact", "Envelope", "Invitation", "Unlock", "AuditLine", "Membership"):
        assert isinstance(kept[name], ExpiresAfter), name


def test_a_row_is_somebodys_by_the_shortest_way_and_a_ring_of_rows_is_nobodys() -> None:
    assert organisation_path(Organisation) == ""
    assert organisation_path(Contact) == "organisation"
    assert organisation_path(Voice) == "report__round__organisation"
    assert organisation_path(Account) is None
    assert rows_of_organisation(Account, UUID(int=1)) is None
    with isolate_apps("massline.desk.people"):
        begin = ring()
    assert organisation_path(begin) is None


def ring() -> type[models.Model]:
    """A row that names one, which names another, which names the one."""

    class Hen(models.Model):
        egg = models.ForeignKey("people.Egg", models.CASCADE)

        class Meta:
            app_label = "people"

        def __str__(self) -> str:
            return "a hen"

    class Egg(models.Model):
        hen = models.ForeignKey(Hen, models.CASCADE)

        class Meta:
            app_label = "people"

        def __str__(self) -> str:
            return "an egg"

    class Nest(models.Model):
        egg = models.ForeignKey(Egg, models.CASCADE)

        class Meta:
            app_label = "people"

        def __str__(self) -> str:
            return "a nest"

    return Nest


def test_each_database_has_one_who_says_what_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expiry, "HELD", {})

    def said() -> set[UUID]:
        return {UUID(int=1)}

    assert expiry.register_holds("attic")(said) is said
    assert (expiry.held_organisations("attic"), expiry.held_organisations("cellar")) == ({UUID(int=1)}, set())


@pytest.fixture
def envelope(face: PublicOrganisation) -> Envelope:
    contents = {"name": "Rosa", "contact": "rosa@example.org"}
    made, _ = envelopes.leave_envelope(
        organisation=face, about=face.uuid, contents=contents, form_id="one", happens_on=timezone.localdate()
    )
    return made


def grow_old(rows: Any, **fields: Any) -> None:
    rows.update(**fields)


def test_an_envelope_is_gone_the_day_after_it_expires(envelope: Envelope) -> None:
    today = timezone.localdate()
    grow_old(Envelope.objects.all(), expires_on=today)
    assert delete_expired_rows("square") == {}
    grow_old(Envelope.objects.all(), expires_on=today - timedelta(days=1))
    assert delete_expired_rows("square") == {"envelopes.Envelope": 1}
    assert not Envelope.objects.exists()


def test_a_legal_hold_stops_the_sweep(envelope: Envelope) -> None:
    grow_old(Envelope.objects.all(), expires_on=timezone.localdate() - timedelta(days=400))
    with override_settings(LEGAL_HOLD=True):
        assert delete_expired_rows("square") == {}
    assert Envelope.objects.exists()


def test_a_contact_goes_with_all_that_hangs_on_it(riverside: Organisation, amal: Account) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    contact = Contact.objects.create(
        organisation=riverside,
        sealed_name=b"x",
        sealed_point=b"y",
        epoch=1,
        source="signed_up",
        keep_until=yesterday,
    )
    contact.next_steps.create(owner=amal, what="Bring one", due_on=yesterday)
    assert delete_expired_rows("desk") == {"people.Contact": 1}
    assert not Contact.objects.exists()


def test_a_year_old_voice_goes_unless_a_claim_rests_on_it(
    riverside: Organisation, amal: Account, tomorrow: Any
) -> None:
    round_ = round_actions.open_round(organisation=riverside, question="Cold?", closes_on=tomorrow, by=amal)
    said = [
        field_report_actions.VoiceText("Cold in the kitchen."),
        field_report_actions.VoiceText("Nothing to say."),
    ]
    section = riverside.sections.first()
    field_report_actions.write_field_report(
        round_=round_, by=amal, section=section, channel="door", voices=said
    )
    cited = Voice.objects.get(text="Cold in the kitchen.")
    draft = sumup.begin_sum_up(round_=round_, title="Cold", by=amal)
    sumup.add_claim(sum_up=draft, text="It is cold.", voices=[cited], statements=[], by=amal)
    grow_old(FieldReport.objects.all(), day=timezone.localdate() - timedelta(days=366))
    assert delete_expired_rows("desk") == {"listen.Voice": 1}
    assert Voice.objects.get() == cited


def test_the_audit_chain_stays_whole_when_its_oldest_lines_expire(riverside: Organisation) -> None:
    first = AuditLine.objects.filter(organisation=riverside).first()
    assert first is not None
    first.delete()
    assert chain.first_broken_line(riverside) is None
    middle = AuditLine.objects.filter(organisation=riverside)[1]
    middle.delete()
    assert chain.first_broken_line(riverside) == middle.sequence + 1


def test_a_month_after_the_close_no_cookie_leads_to_a_vote(face: PublicOrganisation) -> None:
    talk = conversations.open_conversation(organisation=face, question="Over?", seeds=["Yes."])
    conversations.join_conversation(talk, token="somebody")
    grow_old(Conversation.objects.all(), closes_at=timezone.now() - timedelta(days=29))
    assert conversations.forget_pseudonyms() == 0
    grow_old(Conversation.objects.all(), closes_at=timezone.now() - timedelta(days=31))
    assert conversations.forget_pseudonyms() == 1
    talk.refresh_from_db()
    with pytest.raises(ValueError, match="pseudonyms are gone"):
        talk.pseudonym("somebody")
