"""Burning a compartment: after time to think, by two, whole, and never under a legal hold."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone
from time_machine import travel

from massline.desk.guard.audit.models import AuditLine
from massline.desk.guard.keys import courier_keys, key_holders
from massline.desk.guard.keys.models import HolderSeal, OrganisationKey
from massline.desk.guard.retention import dual_control
from massline.desk.guard.retention.dual_control import ProposalRefused, confirm_proposal, propose_act
from massline.desk.people.models import Account, Contact, Organisation
from massline.jobs.models import Job
from massline.square.envelopes.models import CourierKey, Envelope
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import PASSPHRASE
from tests.desk.guard.proposals import agree, old_contact, old_envelope
from tests.parts import expect_refusal

pytestmark = pytest.mark.usefixtures("data")


def test_a_compartment_burns_after_the_cooling_time_and_nothing_of_it_is_left(
    riverside: Organisation,
    harbour: Organisation,
    face: PublicOrganisation,
    amal: Account,
    eli: Account,
    chen: Account,
    data: Path,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.BURN_COOLING_HOURS, settings.BACKUP_FOLDER = 3, str(data)
    bag = data / "massline-20260101T000000.keys.age"
    bag.write_bytes(b"seals")
    courier_keys.make_spare_keys()
    old_envelope(face), old_contact(riverside)
    kept = old_contact(harbour)
    name = CourierKey.objects.get(organisation=face).uuid.hex
    proposal = propose_act(riverside, what="burn", reason="They are at the door.", by=amal)
    moment = timedelta(microseconds=1)
    with (
        travel(proposal.opens_at - moment, tick=False),
        pytest.raises(ProposalRefused, match="You can confirm this from"),
    ):
        confirm_proposal(proposal, by=eli, passphrase=PASSPHRASE)
    with (
        travel(proposal.opens_at, tick=False),
        django_capture_on_commit_callbacks(using="desk", execute=True),
    ):
        assert confirm_proposal(proposal, by=eli, passphrase=PASSPHRASE).gone
    assert not Organisation.objects.filter(slug="riverside").exists()
    assert not PublicOrganisation.objects.filter(slug="riverside").exists()
    assert set(Contact.objects.all()) == {kept}
    assert not Envelope.objects.exists()
    for model in (OrganisationKey, HolderSeal):
        assert not model.objects.exclude(**_of(model, harbour)).exists()
    assert not Account.objects.filter(pk__in=[amal.pk, eli.pk, chen.pk]).exists()
    assert AuditLine.objects.filter(organisation=None).latest("sequence").verb == "burned a compartment"
    assert not bag.exists()
    assert not (courier_keys.key_folder() / name).exists()
    assert Job.objects.using("desk").filter(name="guard.scrub").exists()
    assert Job.objects.using("square").filter(name="guard.scrub").exists()


def _of(model: Any, organisation: Organisation) -> dict[str, Organisation]:
    return {"organisation" if model is OrganisationKey else "key__organisation": organisation}


def test_a_whole_turn_burns_whatever_protects_what() -> None:
    from massline.desk.guard.retention.organisation_deletion import delete_organisation
    from tests.wall.compartments import found
    from tests.wall.loop import live

    homes = [
        found("riverside", holder="amal", organiser="bea", member="chen"),
        found("harbour", holder="dina", organiser="eli", member="fay"),
    ]
    for home in homes:
        live(home)
    delete_organisation(homes[0].organisation)
    assert list(Organisation.objects.all()) == [homes[1].organisation]
    for model in apps.get_models():
        if model.__module__.startswith(("massline.desk", "massline.square")):
            for row in model._base_manager.values():
                assert "zxqriverside" not in str(row), model


def test_an_organisation_with_chapters_does_not_burn(
    riverside: Organisation, amal: Account, eli: Account
) -> None:
    Organisation.objects.create(name="Quay", slug="quay", parent=riverside)
    with expect_refusal("has-chapters"):
        propose_act(riverside, what="burn", reason="It is over.", by=amal)
    agree(riverside, "hold", amal, eli)


def test_nothing_burns_under_a_legal_hold(riverside: Organisation, amal: Account, eli: Account) -> None:
    proposal = propose_act(riverside, what="burn", reason="They are at the door.", by=amal)
    agree(riverside, "hold", amal, eli)
    with travel(timezone.now() + timedelta(hours=4)), pytest.raises(ProposalRefused, match="legal hold"):
        confirm_proposal(proposal, by=eli, passphrase=PASSPHRASE)
    dual_control.withdraw_proposal(proposal, by=amal)
    with pytest.raises(ProposalRefused, match="legal hold"):
        propose_act(riverside, what="burn", reason="They are at the door.", by=amal)
    assert key_holders.open_organisation_key(amal, riverside, PASSPHRASE)[1] is not None
