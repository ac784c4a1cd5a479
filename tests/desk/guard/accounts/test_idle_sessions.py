"""A login that nobody uses ends, and what was being typed comes back after the next one."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from time_machine import travel

from massline.desk.guard.accounts.idle_sessions import USED
from massline.desk.people.models import Account, Organisation
from massline.desk.people.sessions import DeskSession
from tests.conftest import at_desk
from tests.parts import shows


def test_a_login_without_a_touch_for_an_hour_ends(riverside: Organisation, bea: Account) -> None:
    door = at_desk(bea)
    assert door.get("/riverside/").status_code == 200
    with travel(timezone.now() + timedelta(minutes=62)):
        answer = door.get("/riverside/listen/", follow=True)
        assert answer.redirect_chain[0][0] == "/login/?next=/riverside/listen/"
        assert shows(answer, "logged-out-idle")
        assert not DeskSession.objects.filter(account=bea).exists()


def test_a_login_that_is_used_lasts_its_twelve_hours(riverside: Organisation, bea: Account) -> None:
    door, begin = at_desk(bea), timezone.now()
    for minutes in range(0, 690, 45):
        with travel(begin + timedelta(minutes=minutes)):
            assert door.get("/riverside/").status_code == 200
    with travel(begin + timedelta(hours=13, minutes=1)):
        assert door.get("/riverside/").status_code == 302


def test_no_page_writes_when_somebody_was_here(riverside: Organisation, bea: Account) -> None:
    door = at_desk(bea)
    before = DeskSession.objects.get(account=bea).session_data
    with travel(timezone.now() + timedelta(minutes=7)):
        door.get("/riverside/")
    assert DeskSession.objects.get(account=bea).session_data == before


@pytest.mark.parametrize("cookie", ["none", "made up", "of another session"])
def test_who_carries_a_session_off_cannot_say_that_it_was_used(
    riverside: Organisation, bea: Account, amal: Account, cookie: str
) -> None:
    door, begin = at_desk(bea), timezone.now()
    with travel(begin + timedelta(minutes=61)):
        other = at_desk(amal)
    with travel(begin + timedelta(minutes=62)):
        other.get("/riverside/")
        made = {"made up": "29999999:abc", "of another session": other.cookies[USED].value}.get(cookie)
        if made is not None:
            door.cookies[USED] = made
        assert door.get("/riverside/").status_code == 302


def test_the_time_is_a_setting_and_nought_is_none(
    riverside: Organisation, bea: Account, settings: Any
) -> None:
    settings.SESSION_IDLE_MINUTES = 10
    short = at_desk(bea)
    short.get("/riverside/")
    with travel(timezone.now() + timedelta(minutes=12)):
        assert short.get("/riverside/").status_code == 302
    settings.SESSION_IDLE_MINUTES = 0
    long = at_desk(bea)
    long.get("/riverside/")
    with travel(timezone.now() + timedelta(hours=11)):
        assert long.get("/riverside/").status_code == 200
