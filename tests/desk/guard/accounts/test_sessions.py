"""Where somebody is logged in: what is kept of it, how it ends, and what asks again who is there."""

from typing import Any

import pytest

from massline.desk.guard.accounts.login import FRESH, current_minute
from massline.desk.guard.audit.models import AuditLine
from massline.desk.guard.keys.models import AccountKey, Unlock
from massline.desk.people import scope
from massline.desk.people.models import Account, Membership, Organisation
from massline.desk.people.sessions import DeskSession, session_row_key
from tests.conftest import PASSPHRASE, DoorClient, at_desk, unlocked
from tests.open_forms import open_form
from tests.parts import shows

WRONG = "not this one at all, friend"


def knock(name: str, passphrase: str = WRONG, **door: str) -> Any:
    return DoorClient("desk", **door).post("/login/", {"name": name, "passphrase": passphrase})


def test_the_table_of_sessions_holds_neither_cookie_nor_address_nor_minute(amal: Account) -> None:
    door = DoorClient("desk", REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="Firefox on a blue phone")
    door.post("/login/", {"name": "amal", "passphrase": PASSPHRASE})
    row = DeskSession.objects.get(account=amal)
    cookie = door.cookies["massline"].value
    assert row.pk == session_row_key(cookie) != cookie
    assert (row.expire_date.minute, row.expire_date.second) == (0, 0)
    kept = f"{vars(row)} {row.get_decoded()}"
    assert "203.0.113" not in kept
    assert "blue phone" not in kept
    assert cookie not in kept


def test_a_row_of_the_table_opens_nothing_as_a_cookie(amal: Account) -> None:
    at_desk(amal)
    thief = DoorClient("desk")
    thief.cookies["massline"] = DeskSession.objects.get().pk
    assert thief.get("/account/").status_code == 302


def test_logging_out_everywhere_ends_every_browser_and_every_open_vault(
    riverside: Organisation, amal: Account
) -> None:
    phone, laptop = at_desk(amal), unlocked(amal, riverside)
    assert phone.post("/account/sessions/end/").status_code == 302
    for door in (phone, laptop):
        assert door.get("/riverside/").headers["Location"].startswith("/login/")
    assert not DeskSession.objects.filter(account=amal).exists()
    with scope.everything("looking"):
        assert not Unlock.objects.exists()
        assert AuditLine.objects.filter(organisation=riverside, verb="logged out everywhere").count() == 1


def test_one_session_of_the_list_can_be_ended_and_nobody_elses(amal: Account, dina: Account) -> None:
    here, there, hers = at_desk(amal), at_desk(amal), at_desk(dina)
    for other in (there, hers):
        here.post("/account/sessions/end/", {"session": session_row_key(other.cookies["massline"].value)})
    assert [door.get("/account/").status_code for door in (here, there, hers)] == [200, 302, 200]
    assert not shows(here.get("/account/").content.decode(), "another-browser")


def test_changing_the_passphrase_logs_out_and_the_new_one_opens_door_and_vault(
    riverside: Organisation, amal: Account
) -> None:
    phone, laptop = at_desk(amal), at_desk(amal)
    new = "green lamps over wet cobbles"
    wrong = laptop.post("/account/passphrase/", {"old": WRONG, "passphrase": new, "again": new})
    assert shows(wrong.content.decode(), "wrong-passphrase")
    done = laptop.post("/account/passphrase/", {"old": PASSPHRASE, "passphrase": new, "again": new})
    assert done.headers["Location"] == "/login/"
    assert [door.get("/account/").status_code for door in (phone, laptop)] == [302, 302]
    assert knock("amal", PASSPHRASE).status_code == 200
    door = DoorClient("desk")
    assert door.post("/login/", {"name": "amal", "passphrase": new}).status_code == 302
    assert door.post("/riverside/guard/unlock/", {"passphrase": PASSPHRASE}).status_code == 200
    assert door.post("/riverside/guard/unlock/", {"passphrase": new}).status_code == 302


def test_a_passphrase_is_changed_with_its_key_or_not_at_all(riverside: Organisation, amal: Account) -> None:
    AccountKey.objects.filter(account=amal).update(sealed=b"x" * 72)
    new = "green lamps over wet cobbles"
    with pytest.raises(ValueError, match="own key"):
        at_desk(amal).post("/account/passphrase/", {"old": PASSPHRASE, "passphrase": new, "again": new})
    amal.refresh_from_db()
    assert amal.check_password(PASSPHRASE)


def test_who_leaves_is_out_at_the_next_request_and_cannot_come_back(
    riverside: Organisation, amal: Account, chen: Account
) -> None:
    hers = at_desk(chen)
    assert hers.get("/riverside/").status_code == 200
    membership = Membership.objects.get(account=chen)
    unlocked(amal, riverside).post(f"/riverside/guard/members/{membership.pk}/remove/")
    assert hers.get("/riverside/").headers["Location"].startswith("/login/")
    assert knock("chen", PASSPHRASE).status_code == 200


def test_who_leaves_one_of_two_organisations_keeps_the_other(
    riverside: Organisation, harbour: Organisation, amal: Account, chen: Account
) -> None:
    Membership.objects.create(account=chen, organisation=harbour)
    membership = Membership.objects.get(account=chen, organisation=riverside)
    unlocked(amal, riverside).post(f"/riverside/guard/members/{membership.pk}/remove/")
    door = DoorClient("desk")
    assert door.post("/login/", {"name": "chen", "passphrase": PASSPHRASE}).status_code == 302
    assert door.get("/harbour/").status_code == 200
    assert door.get("/riverside/").status_code == 404


def test_a_closed_account_is_out_at_the_next_request(riverside: Organisation, chen: Account) -> None:
    door = at_desk(chen)
    Account.objects.filter(pk=chen.pk).update(is_active=False)
    assert door.get("/riverside/").headers["Location"].startswith("/login/")


@pytest.fixture
def stale(amal: Account) -> DoorClient:
    """Amal's browser, an hour after she came in."""
    door = at_desk(amal)
    session = door.session
    session[FRESH] = current_minute() - 60
    session.save()
    return door


def test_a_dangerous_deed_asks_again_and_goes_on_where_it_was(
    riverside: Organisation, bea: Account, stale: DoorClient
) -> None:
    asked = stale.get("/account/app/")
    assert asked.headers["Location"] == "/account/again/?next=%2Faccount%2Fapp%2F"
    page = stale.get(asked.headers["Location"]).content.decode()
    assert 'name="next" value="/account/app/"' in page
    refused = stale.post("/account/again/", {"passphrase": WRONG, "next": "/account/app/"})
    assert shows(refused.content.decode(), "wrong-passphrase")
    cookie = stale.cookies["massline"].value
    onward = stale.post("/account/again/", {"passphrase": PASSPHRASE, "next": "/account/app/"})
    assert stale.cookies["massline"].value != cookie
    assert onward.headers["Location"] == "/account/app/"
    assert stale.get("/account/app/").status_code == 200


@pytest.mark.parametrize("role", [1, 2, 3])
def test_the_role_chosen_for_a_link_is_still_chosen_after_the_passphrase(
    riverside: Organisation, amal: Account, role: int
) -> None:
    """O2: “Key-holder” was chosen, the passphrase asked, and the choice was back on “Member”."""
    door = at_desk(amal)
    asked = door.post("/riverside/guard/invite/", {"role": str(role)})
    if role < 3:
        assert asked.status_code == 200
        return
    page = open_form(door.get(asked.headers["Location"]).content.decode(), "passphrase")
    onward = door.post(asked.headers["Location"], page | {"passphrase": [PASSPHRASE]})
    chosen = open_form(door.get(onward.headers["Location"]).content.decode(), "role")
    assert chosen["role"] == ["3"]
    assert door.post("/riverside/guard/invite/", chosen).status_code == 200


def test_the_key_is_not_handed_on_by_a_browser_left_open(
    riverside: Organisation, bea: Account, stale: DoorClient
) -> None:
    member = Membership.objects.get(account=bea)
    answer = stale.post(f"/riverside/guard/members/{member.pk}/holder/")
    assert answer.headers["Location"].startswith("/account/again/?next=%2Friverside%2Fguard%2F")
    assert Membership.objects.get(account=bea).role == 2
