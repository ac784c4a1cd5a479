"""Two persons means two: nobody stands as the second for whoever let them in, until another key-holder vouched."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from time_machine import travel

from massline.desk.guard.accounts import pending_invitations
from massline.desk.guard.accounts.login import current_minute
from massline.desk.guard.audit.models import AuditLine
from massline.desk.guard.keys import organisation_setup
from massline.desk.guard.retention import export_permit, legal_hold
from massline.desk.guard.retention.models import DualControlProposal
from massline.desk.guard.second_person.models import Vouch
from massline.desk.people.choices import OrganisationKind, SecondFactorRule
from massline.desk.people.models import Account, Membership, Organisation
from tests.conftest import PASSPHRASE, DoorClient, at_desk, unlocked
from tests.desk.guard.newcomers import come_in, confirm, let_in, propose, vouch
from tests.parts import expect_refusal, field_errors, part, shows

pytestmark = pytest.mark.usefixtures("data")
TODAY, GUARD, KEEPING, VOUCH = (
    "/riverside/",
    "/riverside/guard/",
    "/riverside/guard/keeping/",
    "/riverside/guard/vouch/",
)


def test_who_let_in_a_second_name_cannot_let_contacts_out_with_it(
    riverside: Organisation, amal: Account, eli: Account
) -> None:
    """Case P1: a key-holder's link, opened by the same person under another name."""
    other_name = let_in(riverside, amal, "amal again", role=3)
    proposal = propose(amal, "export", most=5)
    assert shows(confirm(other_name, proposal), "not-vouched-for")
    with expect_refusal("second-person"):
        export_permit.take_export_permit(organisation=riverside, by=amal, rows=1)
    today = at_desk(eli).get(TODAY)
    assert shows(today, "new-holder", "amal", "amal again")
    assert shows(today, "second-needed", "amal")
    assert shows(confirm(eli, proposal, follow=True), "confirmed")
    export_permit.take_export_permit(organisation=riverside, by=amal, rows=1)


def test_no_two_names_of_one_person_sign_twice_whichever_proposes(
    riverside: Organisation, amal: Account, eli: Account
) -> None:
    first = let_in(riverside, amal, "first name", role=3)
    second = let_in(riverside, amal, "second name", role=3)
    third = let_in(riverside, first, "third name", role=3)
    for proposer, confirmer in ((first, amal), (first, second), (amal, third), (third, second)):
        proposal = propose(proposer, "hold")
        assert shows(confirm(confirmer, proposal), "not-vouched-for"), (proposer, confirmer)
        at_desk(proposer).post(f"{KEEPING}{proposal.pk}/withdraw/")
    assert legal_hold.active_hold(riverside) is None
    confirm(eli, propose(third, "hold"))
    assert legal_hold.active_hold(riverside) is not None


def test_a_code_read_aloud_makes_a_newcomer_the_second_from_the_next_day(
    riverside: Organisation, amal: Account, eli: Account
) -> None:
    fay = let_in(riverside, amal, "fay", role=3)
    assert shows(at_desk(amal).get(f"{GUARD}members/"), "not-vouched-for")
    assert shows(at_desk(fay).get(VOUCH), "may-vouch", eli.name)
    assert shows(vouch(eli, fay), "vouched-for", "fay")
    proposal = propose(amal, "hold")
    assert shows(confirm(fay, proposal), "not-vouched-for")
    with travel(timezone.now() + timedelta(days=1)):
        assert not shows(at_desk(amal).get(GUARD), "not-vouched-for")
        proposal.refresh_from_db()
        at_desk(amal).post(f"{KEEPING}{proposal.pk}/withdraw/")
        confirm(fay, propose(amal, "hold"))
        assert legal_hold.active_hold(riverside) is not None
    assert AuditLine.objects.filter(organisation=riverside, verb="vouched for", account=eli).exists()


def test_only_an_independent_holder_vouches_with_the_code_that_is_shown_now(
    riverside: Organisation, amal: Account, eli: Account, bea: Account
) -> None:
    fay, again = let_in(riverside, amal, "fay", role=3), let_in(riverside, amal, "fay again", role=3)
    membership = Membership.objects.get(account=fay)
    address = f"{VOUCH}{membership.pk}/"
    code = part(at_desk(fay).post(f"{VOUCH}code/"), "vouch-code")
    for account in (amal, again):
        at_desk(account).post(address, {"code": code})
        assert Vouch.objects.get(membership=membership).vouched_on is None
    assert at_desk(bea).post(address, {"code": code}).status_code == 404
    newer = part(at_desk(fay).post(f"{VOUCH}code/"), "vouch-code")
    with travel(timezone.now() + timedelta(minutes=10)):
        assert shows(at_desk(eli).post(address, {"code": newer}), "wrong-code")
    if newer != code:
        assert shows(at_desk(eli).post(address, {"code": code}), "wrong-code")
    at_desk(eli).post(address, {"code": f"{newer[:3]} {newer[3:]}"})
    found = Vouch.objects.get(membership=membership)
    assert (found.vouched_by, found.digest) == (eli, "")
    at_desk(eli).post(address, {"code": newer})
    assert AuditLine.objects.filter(verb="vouched for").count() == 1


def test_a_code_cannot_be_guessed_and_is_not_kept(
    riverside: Organisation, amal: Account, eli: Account
) -> None:
    fay = let_in(riverside, amal, "fay", role=3)
    code = part(at_desk(fay).post(f"{VOUCH}code/"), "vouch-code")
    assert code not in str(Vouch.objects.values())
    address = f"{VOUCH}{Membership.objects.get(account=fay).pk}/"
    door, wrong = at_desk(eli), f"{(int(code) + 1) % 1_000_000:06}"
    answers = [door.post(address, {"code": wrong}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    assert door.post(address, {"code": code}).status_code == 429
    assert Vouch.objects.get().vouched_on is None


def test_two_holders_of_one_circle_wait_fourteen_days_and_then_a_day_for_each_act(amal: Account) -> None:
    mill_lane = _found(amal)
    eli = let_in(mill_lane, amal, "eli", role=3)
    guard, keeping = "/mill-lane/guard/", "/mill-lane/guard/keeping/"
    assert shows(at_desk(amal).get(f"{guard}members/"), "one-circle")
    assert shows(at_desk(eli).get(f"{guard}vouch/"), "nobody-can-vouch")
    bea = let_in(mill_lane, amal, "bea", role=2)
    with travel(timezone.now() + timedelta(days=13)):
        assert shows(confirm(eli, propose(amal, "hold", at=keeping), at=keeping), "too-new")
    now = timezone.now() + timedelta(days=16)
    with travel(now):
        proposal = propose(amal, "hold", at=keeping)
        assert shows(confirm(eli, proposal, at=keeping), "too-early")
        assert shows(at_desk(bea).get("/mill-lane/"), "act-waits", "amal")
        at_desk(bea).post(f"{keeping}{proposal.pk}/withdraw/")
        proposal = propose(amal, "hold", at=keeping)
    with travel(now + timedelta(hours=24, minutes=1)):
        confirm(eli, proposal, at=keeping)
    assert legal_hold.active_hold(mill_lane) is not None


def test_an_organiser_says_no_only_where_the_act_waits_on_everybodys_today(
    riverside: Organisation, amal: Account, eli: Account, bea: Account
) -> None:
    proposal = propose(amal, "hold")
    assert not shows(at_desk(bea).get(TODAY), "second-needed")
    assert at_desk(bea).post(f"{KEEPING}{proposal.pk}/withdraw/").status_code == 404
    confirm(eli, proposal)
    assert shows(at_desk(amal).get(TODAY), "done-by-two", "amal", eli.name)
    assert not shows(at_desk(bea).get(TODAY), "done-by-two")


def test_a_lone_founder_reads_what_does_not_work_yet(amal: Account, riverside: Organisation) -> None:
    _found(amal)
    assert shows(at_desk(amal).get("/mill-lane/guard/"), "lone-holder")
    assert shows(at_desk(amal).get("/mill-lane/guard/members/"), "lone-holder")
    page = at_desk(amal).get(f"{GUARD}members/")
    assert not shows(page, "lone-holder")
    assert not shows(page, "one-circle")


def test_a_setting_is_raised_by_one_and_lowered_by_two(
    riverside: Organisation, amal: Account, eli: Account
) -> None:
    def settings() -> tuple[int, int]:
        riverside.refresh_from_db()
        return riverside.small_cell, riverside.second_factor

    at_desk(amal).post(f"{GUARD}threshold/", {"small_cell": 9})
    at_desk(amal).post(f"{GUARD}second-factor/", {"asked": 2})
    assert settings() == (9, SecondFactorRule.EVERYBODY)
    for page, data in (("threshold/", {"small_cell": 6}), ("second-factor/", {"asked": 0})):
        assert shows(at_desk(amal).post(f"{GUARD}{page}", data, follow=True), "takes-two-holders")
    assert settings() == (9, SecondFactorRule.EVERYBODY)
    for what, value in (("cells", 6), ("factor", 0)):
        confirm(eli, propose(amal, what, value=value))
    assert settings() == (6, SecondFactorRule.NOBODY)


def test_the_lock_is_changed_by_two(riverside: Organisation, amal: Account, eli: Account) -> None:
    proposal = propose(amal, "lock")
    assert shows(confirm(amal, proposal), "same-person")
    confirm(eli, proposal)
    assert riverside.keys.count() == 2
    assert unlocked(amal, riverside).get(GUARD).status_code == 200


def test_a_proposal_is_made_with_a_fresh_passphrase_and_nothing_typed_is_lost(
    riverside: Organisation, amal: Account
) -> None:
    door = at_desk(amal)
    session = door.session
    session["fresh_at"] = current_minute() - 30
    session.save()
    typed = {"what": "export", "reason": "For the phone tree", "most": 12}
    asked = door.post(f"{KEEPING}propose/", typed)
    assert 'value="12"' in asked.content.decode()
    assert not DualControlProposal.objects.exists()
    answers = [
        door.post(f"{KEEPING}propose/", typed | {"passphrase": f"guess {n}"}).status_code for n in range(9)
    ]
    assert answers == [200] * 8 + [429]
    assert not DualControlProposal.objects.exists()


def test_a_right_passphrase_makes_the_proposal(riverside: Organisation, amal: Account) -> None:
    door = at_desk(amal)
    session = door.session
    session["fresh_at"] = current_minute() - 30
    session.save()
    typed = {"what": "hold", "reason": "A court asks", "passphrase": PASSPHRASE}
    assert door.post(f"{KEEPING}propose/", typed).status_code == 302
    assert DualControlProposal.objects.get().made_by == amal


def test_an_inner_organisation_is_not_joined_by_the_word_of_one_under_two_names(
    riverside: Organisation, amal: Account, eli: Account
) -> None:
    Organisation.objects.filter(pk=riverside.pk).update(kind=OrganisationKind.INNER)
    other_name = come_in(riverside, amal, "amal again", role=2)
    link = (
        at_desk(amal)
        .post(f"{GUARD}invite/", {"role": 1})
        .content.decode()
        .split("/come-in/")[1]
        .split("/")[0]
    )
    waiting = pending_invitations.pending_invitations(riverside).get()
    agree = f"{GUARD}invitations/{waiting.pk}/agree/"
    assert shows(at_desk(other_name).post(agree, follow=True), "not-vouched-for")
    assert shows(at_desk(amal).post(agree, follow=True), "same-person")
    assert DoorClient("desk").get(f"/come-in/{link}/").status_code == 404
    at_desk(eli).post(agree)
    assert DoorClient("desk").get(f"/come-in/{link}/").status_code == 200
    assert shows(at_desk(eli).post(agree, follow=True), "agreed-already")


def _found(founder: Account) -> Any:
    organisation, _vault = organisation_setup.found_organisation(
        by=founder, passphrase=PASSPHRASE, name="Mill Lane", slug="mill-lane", sentence="The lane."
    )
    return organisation


def test_a_threshold_below_what_may_be_chosen_is_refused(riverside: Organisation, amal: Account) -> None:
    at_desk(amal).post(f"{GUARD}threshold/", {"small_cell": 9})
    answer = at_desk(amal).post(f"{KEEPING}propose/", {"what": "cells", "reason": "Why not", "value": 2})
    assert field_errors(answer.content.decode().replace("cells_value", "id_value"), "value")
    assert not DualControlProposal.objects.exists()
