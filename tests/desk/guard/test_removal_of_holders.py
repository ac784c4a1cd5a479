"""Removing a key-holder takes two persons, or three days in which anybody may say no; leaving takes nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone
from time_machine import travel

from massline.desk.guard.keys.models import HolderSeal
from massline.desk.people.models import Account, Membership, Organisation
from tests.conftest import at_desk, unlocked
from tests.desk.guard.newcomers import confirm, let_in, propose, vouch
from tests.parts import shows

pytestmark = pytest.mark.usefixtures("data")
TODAY, GUARD, KEEPING, VOUCH = (
    "/riverside/",
    "/riverside/guard/",
    "/riverside/guard/keeping/",
    "/riverside/guard/vouch/",
)


def test_nobody_removes_another_holder_at_once_and_who_is_to_go_may_say_no(
    riverside: Organisation, amal: Account, eli: Account
) -> None:
    """Case P3: one key-holder tries to remove all the others."""
    other_name = let_in(riverside, amal, "amal again", role=3)
    elis = Membership.objects.get(account=eli)
    answer = unlocked(amal, riverside).post(f"{GUARD}members/{elis.pk}/remove/", follow=True)
    assert shows(answer, "takes-two-holders")
    assert "selected" in answer.content.decode().split('id="remove_member"')[1].split("</select>")[0]
    proposal = propose(amal, "remove", member=elis.pk)
    assert shows(confirm(other_name, proposal), "not-vouched-for")
    assert shows(confirm(amal, proposal), "too-early")
    assert shows(at_desk(eli).get(TODAY), "act-waits", "amal", eli.name)
    at_desk(eli).post(f"{KEEPING}{proposal.pk}/withdraw/")
    with travel(timezone.now() + timedelta(hours=73)):
        assert shows(confirm(amal, proposal), "not-open")
    assert Membership.objects.live().filter(account=eli).exists()


def test_a_removal_nobody_objects_to_is_done_after_three_days_and_the_lock_is_changed(
    riverside: Organisation, amal: Account, eli: Account
) -> None:
    elis = Membership.objects.get(account=eli)
    proposal = propose(amal, "remove", member=elis.pk)
    with travel(proposal.made_at + timedelta(hours=71, minutes=59)):
        assert shows(confirm(amal, proposal), "too-early")
        assert shows(confirm(eli, proposal), "same-person")
    with travel(proposal.made_at + timedelta(hours=72)):
        assert shows(confirm(amal, proposal, follow=True), "confirmed")
    assert not Membership.objects.live().filter(account=eli).exists()
    assert not HolderSeal.objects.filter(account=eli).exists()
    assert riverside.keys.count() == 2


def test_a_third_holder_confirms_a_removal_at_once(
    riverside: Organisation, amal: Account, eli: Account
) -> None:
    fay = let_in(riverside, amal, "fay", role=3)
    vouch(eli, fay)
    with travel(timezone.now() + timedelta(days=1)):
        proposal = propose(amal, "remove", member=Membership.objects.get(account=eli).pk)
        with travel(timezone.now() + timedelta(minutes=1)):
            assert shows(confirm(amal, proposal), "same-person")
            confirm(fay, proposal)
    assert not Membership.objects.live().filter(account=eli).exists()
    assert riverside.keys.count() == 2


def test_leaving_needs_nobody_but_the_last_holder_stays_and_members_go_at_once(
    riverside: Organisation, amal: Account, eli: Account, chen: Account
) -> None:
    chens, elis, amals = (Membership.objects.get(account=one) for one in (chen, eli, amal))
    unlocked(amal, riverside).post(f"{GUARD}members/{chens.pk}/remove/")
    unlocked(eli, riverside).post(f"{GUARD}members/{elis.pk}/remove/")
    unlocked(amal, riverside).post(f"{GUARD}members/{amals.pk}/remove/")
    live = Membership.objects.live().filter(organisation=riverside)
    assert [member.account for member in live] == [amal]


def test_a_login_that_is_not_fresh_ends_no_membership(
    riverside: Organisation, amal: Account, chen: Account
) -> None:
    door = unlocked(amal, riverside)
    session = door.session
    session["fresh_at"] = 0
    session.save()
    door.post(f"{GUARD}members/{Membership.objects.get(account=chen).pk}/remove/")
    assert Membership.objects.live().filter(account=chen).exists()


def test_what_one_proposed_who_has_left_since_is_not_confirmed(
    riverside: Organisation, amal: Account, eli: Account
) -> None:
    proposal = propose(amal, "burn")
    Membership.objects.filter(account=amal).update(ended_on=timezone.localdate())
    with travel(proposal.opens_at):
        assert shows(confirm(eli, proposal), "no-longer-member")
