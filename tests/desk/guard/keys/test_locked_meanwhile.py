"""What is typed while contacts have locked themselves comes back after the passphrase, and is kept with one press."""

import html
import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

from django.utils import timezone
from time_machine import travel

from massline.desk.act.attendance.models import Attendance
from massline.desk.act.events.models import Event
from massline.desk.guard.accounts.unsent_forms import FIELD
from massline.desk.guard.keys.passphrase_limit import PASSPHRASE_ACCOUNT
from massline.desk.people.models import Account, NextStep, Organisation
from tests.conftest import PASSPHRASE, DoorClient, at_desk, unlocked
from tests.parts import shows

UNLOCK = "/riverside/guard/unlock/"


def waiting(page: Any) -> tuple[str, dict[str, str]]:
    """The address and fields of the form that waits in a page."""
    (text,) = set(re.findall(rf'name="{FIELD}" value="([^"]*)"', page.content.decode()))
    path, fields = json.loads(html.unescape(text))
    return path, dict(fields)


def unlock_again(door: DoorClient, page: Any, passphrase: str = PASSPHRASE) -> Any:
    path, fields = waiting(page)
    return door.post(UNLOCK, {"passphrase": passphrase, FIELD: json.dumps([path, list(fields.items())])})


def test_a_walk_in_typed_while_contacts_lock_is_kept(
    event: Event, riverside: Organisation, amal: Account
) -> None:
    """Case O1, with a mistyped passphrase on the way."""
    door = unlocked(amal, riverside)
    address = f"/riverside/act/{event.pk}/door/"
    typed = {"name": "Rosa Lind", "point": "+49 30 23125009", "consent": "on"}
    assert door.get(address).status_code == 200
    with travel(timezone.now() + timedelta(minutes=16)):
        asked = door.post(address, typed)
        assert shows(asked, "text-waits-unlock")
        assert waiting(asked) == (address, typed)
        wrong = unlock_again(door, asked, "not this one")
        assert waiting(wrong) == (address, typed), "a slip of the fingers loses nothing"
        back = unlock_again(door, wrong)
        assert shows(back, "text-unsent")
        assert shows(back, "close-names")
        assert typed["name"] in back.content.decode()
        assert not Attendance.objects.filter(event=event).exists()
        assert door.post(address, typed).status_code == 302
    assert Attendance.objects.filter(event=event).count() == 1


def test_so_is_what_other_pages_of_people_take(event: Event, riverside: Organisation, amal: Account) -> None:
    door = unlocked(amal, riverside)
    door.post(
        f"/riverside/act/{event.pk}/door/", {"name": "Rosa", "point": "rosa@example.org", "consent": "on"}
    )
    contact = Attendance.objects.get().contact_id
    locked = at_desk(amal)
    forms = {
        f"/riverside/act/contacts/{contact}/next-step/": {"what": "Bring the lamp", "owner": str(amal.pk)},
        f"/riverside/people/{contact}/correct/": {"name": "Rosa Lind", "point": "rosa@example.org"},
        f"/riverside/act/tell/event/{event.pk}/": {"words": "Bring a lamp."},
    }
    for address, typed in forms.items():
        assert waiting(locked.post(address, typed)) == (address, typed), address
    assert not NextStep.objects.exists()


def test_whoever_must_wait_keeps_it_too(event: Event, riverside: Organisation, amal: Account) -> None:
    locked = at_desk(amal)
    address, typed = f"/riverside/act/{event.pk}/door/", {"name": "Rosa", "point": ""}
    asked = locked.post(address, typed)
    for _ in range(8):
        PASSPHRASE_ACCOUNT.take(str(amal.pk))
    wait = unlock_again(locked, asked)
    assert wait.status_code == 429
    assert waiting(wait) == (address, typed)
    assert f'action="{UNLOCK}"' in wait.content.decode()
    again = locked.post(UNLOCK, {FIELD: json.dumps([address, list(typed.items())])})
    assert waiting(again) == (address, typed)


def test_a_press_without_words_is_asked_for_again(
    event: Event, riverside: Organisation, amal: Account
) -> None:
    """What is not written but pressed is seen again first: two people to merge, somebody to delete, a search."""
    door = unlocked(amal, riverside)
    for name in ("Rosa", "Rosa Lind"):
        point = f"{name.replace(' ', '.').lower()}@example.org"
        door.post(f"/riverside/act/{event.pk}/door/", {"name": name, "point": point, "consent": "on"})
    rosa, lind = Attendance.objects.order_by("pk")
    locked = at_desk(amal)
    pressed = {
        f"/riverside/people/{rosa.contact_id}/merge/": {"other": str(lind.contact_id)},
        f"/riverside/people/{rosa.contact_id}/delete/": {"sure": "1"},
        f"/riverside/act/{event.pk}/door/find/": {"words": "Rosa"},
        f"/riverside/act/{event.pk}/door/{rosa.pk}/": {"presence": "missed"},
        f"/riverside/act/{event.pk}/collect/": {"opened": "3"},
        "/riverside/people/take-out/": {"shape": "csv"},
        f"/riverside/act/contacts/{rosa.contact_id}/next-step/": {"none_wanted": "1"},
    }
    for address, fields in pressed.items():
        answer = locked.post(address, fields)
        assert answer.status_code == 302, address
        assert answer.headers["Location"].startswith(UNLOCK), address
        if "other" in fields:
            assert unquote(answer.headers["Location"]).endswith(f"{address}?with={lind.contact_id}")
