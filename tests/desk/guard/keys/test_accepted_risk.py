"""Who may make sheets, who is missing at them, and sign-ups that open at a stated risk before there are any."""

import pytest
from django.utils import timezone

from massline.desk.guard.keys import contact_storage_conditions
from massline.desk.guard.keys.models import AcceptedRisk
from massline.desk.people.models import Account, Membership, Organisation
from tests.conftest import at_desk, unlocked
from tests.desk.guard.keys.test_paper_sets import OPEN
from tests.desk.guard.sheet_sittings import (
    TOGETHER,
    make_organiser,
    make_sheets,
    start_sitting,
)
from tests.parts import shows


def test_two_of_one_circle_are_told_what_does_not_work_yet(harbour: Organisation, dina: Account) -> None:
    first = unlocked(dina, harbour)
    start_sitting(first)
    assert shows(first.get(TOGETHER), "nobody-to-come")
    eve = make_organiser("eve", harbour, dina)
    Membership.objects.filter(account=eve).update(role=3)
    start_sitting(first)
    page = first.get(TOGETHER)
    assert not shows(page, "nobody-to-come")
    assert shows(page, "not-yet-two")


def test_an_organiser_cannot_start_and_a_member_sees_nothing(
    harbour: Organisation, dina: Account, omar: Account
) -> None:
    assert at_desk(omar).post(f"{TOGETHER}start/", {"size": 2}).status_code == 404
    Membership.objects.filter(account=omar).update(role=1)
    for page in (TOGETHER, OPEN, "/harbour/guard/paper/sheet/"):
        assert at_desk(omar).get(page).status_code == 404


def test_starting_needs_the_open_vault(harbour: Organisation, dina: Account) -> None:
    answer = at_desk(dina).post(f"{TOGETHER}start/", {"size": 2})
    assert answer.headers["Location"].startswith("/harbour/guard/unlock/")


def test_a_sheet_whose_keeper_left_is_named(harbour: Organisation, dina: Account, omar: Account) -> None:
    make_sheets(dina, omar, harbour)
    assert not shows(at_desk(dina).get("/harbour/guard/paper/"), "keeper-left")
    Membership.objects.filter(account=omar).update(ended_on=timezone.localdate())
    assert shows(at_desk(dina).get("/harbour/guard/paper/"), "keeper-left")


def test_sign_ups_open_at_a_stated_risk_which_every_page_says(harbour: Organisation, dina: Account) -> None:
    door = unlocked(dina, harbour)
    assert shows(door.get("/harbour/people/"), "key-not-safe")
    with pytest.raises(contact_storage_conditions.NotYetSafe):
        contact_storage_conditions.require_safe_storage(harbour)
    assert shows(door.get("/harbour/guard/paper/"), "accept-risk")
    assert shows(door.post("/harbour/guard/paper/risk/", follow=True), "risk-was-accepted")
    contact_storage_conditions.require_safe_storage(harbour)
    for page in ("/harbour/", "/harbour/people/", "/harbour/listen/", "/harbour/guard/"):
        assert shows(door.get(page), "names-at-risk")


def test_the_risk_is_over_once_the_key_is_safe(harbour: Organisation, dina: Account, omar: Account) -> None:
    door = unlocked(dina, harbour)
    door.post("/harbour/guard/paper/risk/")
    door.post(f"/harbour/guard/members/{Membership.objects.get(account=omar).pk}/holder/")
    assert AcceptedRisk.objects.exists()
    make_sheets(dina, omar, harbour)
    assert not AcceptedRisk.objects.exists()
    page = door.get("/harbour/people/")
    assert not shows(page, "names-at-risk")
    assert not shows(page, "key-not-safe")


def test_only_a_key_holder_accepts_the_risk(harbour: Organisation, omar: Account) -> None:
    assert at_desk(omar).post("/harbour/guard/paper/risk/").status_code == 404
    assert not AcceptedRisk.objects.exists()
