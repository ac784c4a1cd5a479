"""What one key-holder must not do alone: holding everything, letting contacts out, burning a compartment."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from time_machine import travel

from massline.core.expiry import delete_expired_rows
from massline.desk.guard.audit.models import AuditLine
from massline.desk.guard.keys import contact_storage_conditions, courier_keys
from massline.desk.guard.retention import dual_control, export_permit, legal_hold, upcoming_deletions
from massline.desk.guard.retention.dual_control import ProposalRefused, confirm_proposal, propose_act
from massline.desk.guard.retention.models import DualControlAct, DualControlProposal, LegalHold
from massline.desk.people.models import Account, Contact, Membership, Organisation
from massline.square.envelopes.models import CourierKey, Envelope
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import PASSPHRASE, at_desk, unlocked
from tests.desk.guard.proposals import agree, contact, old_contact, old_envelope
from tests.parts import expect_refusal, shows

pytestmark = pytest.mark.usefixtures("data")


def test_one_person_is_not_two_and_a_wrong_passphrase_is_none(
    riverside: Organisation, amal: Account, eli: Account
) -> None:
    proposal = propose_act(riverside, what="hold", reason="The court asks.", by=amal)
    for by, words, why in (
        (amal, PASSPHRASE, "same-person"),
        (eli, "not this passphrase", "wrong-passphrase"),
    ):
        with expect_refusal(why):
            confirm_proposal(proposal, by=by, passphrase=words)
    assert legal_hold.active_hold(riverside) is None
    assert confirm_proposal(proposal, by=eli, passphrase=PASSPHRASE) == dual_control.ConfirmationResult(
        DualControlAct.HOLD
    )
    with expect_refusal("not-open"):
        confirm_proposal(proposal, by=eli, passphrase=PASSPHRASE)


def test_a_hold_keeps_everything_of_one_organisation_and_of_no_other(
    riverside: Organisation, harbour: Organisation, face: PublicOrganisation, amal: Account, eli: Account
) -> None:
    agree(riverside, "hold", amal, eli)
    ours, theirs = old_contact(riverside), old_contact(harbour)
    kept, gone = old_envelope(face), old_envelope(PublicOrganisation.objects.get(slug="harbour"))
    delete_expired_rows("desk"), delete_expired_rows("square")
    assert set(Contact.objects.all()) == {ours}
    assert set(Envelope.objects.all()) == {kept}
    assert (theirs, gone) != (ours, kept)
    assert upcoming_deletions.upcoming_deletions(riverside) == []
    agree(riverside, "lift", eli, amal)
    delete_expired_rows("desk"), delete_expired_rows("square")
    assert not Contact.objects.exists()
    assert not Envelope.objects.exists()


def test_a_hold_keeps_courier_keys_and_pseudonyms_too(
    riverside: Organisation, face: PublicOrganisation, amal: Account, eli: Account
) -> None:
    from massline.square.conversations import actions as conversations
    from massline.square.conversations.models import Conversation

    courier_keys.make_spare_keys()
    old_envelope(face)
    conversations.open_conversation(organisation=face, question="Over?", seeds=["Yes."])
    Conversation.objects.update(closes_at=timezone.now() - timedelta(days=40))
    CourierKey.objects.exclude(about=None).update(expires_on=timezone.localdate() - timedelta(days=1))
    agree(riverside, "hold", amal, eli)
    assert (courier_keys.destroy_expired_keys(), conversations.forget_pseudonyms()) == (0, 0)
    agree(riverside, "lift", amal, eli)
    assert (courier_keys.destroy_expired_keys(), conversations.forget_pseudonyms()) == (1, 1)


def test_an_open_vault_and_an_old_invitation_go_whatever_is_held(
    riverside: Organisation, amal: Account, eli: Account
) -> None:
    unlocked(amal, riverside)
    agree(riverside, "hold", amal, eli)
    with travel(timezone.now() + timedelta(days=3)):
        assert delete_expired_rows("desk")["guard.Unlock"] == 1


def test_a_proposal_waits_a_day_and_no_longer_and_there_is_one_of_a_kind(
    riverside: Organisation, amal: Account, eli: Account
) -> None:
    proposal = propose_act(riverside, what="hold", reason="The court asks.", by=amal)
    with expect_refusal("waiting"):
        propose_act(riverside, what="hold", reason="Again.", by=eli)
    with travel(timezone.now() + timedelta(hours=25)):
        with expect_refusal("not-open"):
            confirm_proposal(proposal, by=eli, passphrase=PASSPHRASE)
        agree(riverside, "hold", eli, amal)


def test_who_takes_a_proposal_back_ends_it(riverside: Organisation, amal: Account, eli: Account) -> None:
    proposal = propose_act(riverside, what="hold", reason="The court asks.", by=amal)
    dual_control.withdraw_proposal(proposal, by=eli)
    proposal.refresh_from_db()
    with pytest.raises(ProposalRefused):
        confirm_proposal(proposal, by=eli, passphrase=PASSPHRASE)
    with expect_refusal("not-held"):
        propose_act(riverside, what="lift", reason="Over.", by=amal)


def test_contacts_leave_once_by_two_persons_within_the_quota_and_marked(
    riverside: Organisation, amal: Account, eli: Account, settings: Any
) -> None:
    settings.EXPORT_QUOTA = 10
    with expect_refusal("second-person"):
        export_permit.take_export_permit(organisation=riverside, by=amal, rows=1)
    proposal = agree(riverside, "export", amal, eli, most=6)
    with expect_refusal("more-than-agreed"):
        export_permit.take_export_permit(organisation=riverside, by=amal, rows=7)
    with expect_refusal("second-person"):
        export_permit.take_export_permit(organisation=riverside, by=eli, rows=1)
    permit = export_permit.take_export_permit(organisation=riverside, by=amal, rows=6)
    assert permit.number == proposal.pk
    assert permit.watermark.startswith(f"Export {proposal.pk} from Riverside Tenants, for amal, ")
    line = AuditLine.objects.filter(organisation=riverside).last()
    assert line is not None
    assert (line.verb, line.subject) == (
        "took contacts out in a file",
        f"6 contacts, export {proposal.pk}",
    )
    with expect_refusal("second-person"):
        export_permit.take_export_permit(organisation=riverside, by=amal, rows=1)
    assert export_permit.quota_left(riverside) == 4
    agree(riverside, "export", amal, eli, most=5)
    with expect_refusal("quota"):
        export_permit.take_export_permit(organisation=riverside, by=amal, rows=5)
    export_permit.take_export_permit(organisation=riverside, by=amal, rows=4)
    assert export_permit.quota_left(riverside) == 0
    with travel(timezone.now() + timedelta(days=31)):
        assert export_permit.quota_left(riverside) == 10
        with expect_refusal("second-person"):
            export_permit.take_export_permit(organisation=riverside, by=amal, rows=4)


def test_two_who_do_it_in_the_same_moment_do_it_once(
    riverside: Organisation, amal: Account, eli: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has seen that it may be done; before they do it, the other has."""
    agree(riverside, "export", amal, eli, most=6)

    def also(*of: Any) -> list[contact_storage_conditions.MissingSafeguard]:
        DualControlProposal.objects.update(used_at=timezone.now())
        return []

    monkeypatch.setattr(export_permit, "_against_export", also)
    with expect_refusal("second-person"):
        export_permit.take_export_permit(organisation=riverside, by=amal, rows=6)
    proposal = propose_act(riverside, what="hold", reason="The court asks.", by=amal)
    dual_control.withdraw_proposal(DualControlProposal.objects.get(pk=proposal.pk), by=eli)
    with expect_refusal("not-open"):
        confirm_proposal(proposal, by=eli, passphrase=PASSPHRASE)
    assert legal_hold.active_hold(riverside) is None


def test_what_two_agree_on_or_not_is_written_down(
    riverside: Organisation, amal: Account, eli: Account
) -> None:
    dual_control.withdraw_proposal(agree(riverside, "hold", amal, eli), by=amal)
    with expect_refusal("held-already"):
        propose_act(riverside, what="hold", reason="Again.", by=amal)
    taken_back = propose_act(riverside, what="lift", reason="It ended.", by=eli)
    dual_control.withdraw_proposal(taken_back, by=amal)
    dual_control.withdraw_proposal(taken_back, by=amal)
    with expect_refusal("not-open"):
        confirm_proposal(DualControlProposal.objects.get(pk=taken_back.pk), by=amal, passphrase=PASSPHRASE)
    lines = AuditLine.objects.filter(organisation=riverside).order_by("sequence")
    assert [line.verb for line in lines][-4:] == [
        "proposed: hold",
        "confirmed: hold",
        "proposed: lift",
        "withdrew: lift",
    ]
    held = LegalHold.objects.get(organisation=riverside)
    assert (held.set_by, held.seconded_by) == (amal, eli)


def test_what_goes_soon_is_told_and_only_those_who_agreed_lately_may_stay(
    riverside: Organisation, face: PublicOrganisation, amal: Account
) -> None:
    today = timezone.localdate()
    agreed = contact(riverside, keep_until=today + timedelta(days=5), consent_on=today - timedelta(days=300))
    silent = contact(riverside, keep_until=today + timedelta(days=3))
    old = contact(riverside, keep_until=today + timedelta(days=3), consent_on=today - timedelta(days=366))
    contact(riverside, keep_until=today + timedelta(days=14), consent_on=today)
    (told,) = [one for one in upcoming_deletions.upcoming_deletions(riverside) if "ontacts" in one.what]
    assert (told.rows, told.first, told.kept) == (3, today + timedelta(days=4), 1)
    page = unlocked(amal, riverside).get("/riverside/guard/keeping/").content.decode()
    assert shows(page, "agreed-this-year", 1)
    at_desk(amal).post("/riverside/guard/keeping/contacts/")
    for one in (agreed, silent, old):
        one.refresh_from_db()
    assert agreed.keep_until == today + timedelta(days=65)
    assert silent.keep_until == old.keep_until == today + timedelta(days=3)


def test_amal_asks_and_eli_confirms_at_the_desk(
    riverside: Organisation, amal: Account, eli: Account, bea: Account
) -> None:
    base = "/riverside/guard/keeping/"
    form = {"what": "hold", "reason": "The court asks for everything."}
    assert at_desk(amal).post(f"{base}propose/", form).headers["Location"] == base
    proposal = DualControlProposal.objects.get()
    assert shows(at_desk(amal).get(base).content.decode(), "own-proposal")
    assert shows(at_desk(eli).get("/riverside/"), "second-needed", "amal")
    refused = at_desk(eli).post(f"{base}{proposal.pk}/confirm/", {"passphrase": "nearly the right words"})
    assert shows(refused.content.decode(), "wrong-passphrase")
    assert at_desk(bea).post(f"{base}{proposal.pk}/confirm/", {"passphrase": PASSPHRASE}).status_code == 404
    at_desk(eli).post(f"{base}{proposal.pk}/confirm/", {"passphrase": PASSPHRASE})
    for page in (base, "/riverside/guard/", "/riverside/"):
        assert shows(at_desk(bea).get(page).content.decode(), "legal-hold"), page
    assert Membership.objects.live().filter(organisation=riverside, role=3).count() == 2


def test_a_proposal_without_a_reason_is_asked_for_one(riverside: Organisation, amal: Account) -> None:
    answer = at_desk(amal).post("/riverside/guard/keeping/propose/", {"what": "export", "most": "12"})
    assert answer.status_code == 200
    assert 'value="12"' in answer.content.decode()
    assert not DualControlProposal.objects.exists()
