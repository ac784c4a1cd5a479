"""People who ask to be told about calls, and how a story tells them."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from massline.desk.act.announcements import jobs
from massline.desk.act.attendance import sign_up_opener
from massline.desk.act.events.models import Event
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Organisation
from massline.jobs.worker import do_all
from tests.conftest import DoorClient

CHEN, TEXT = "chen@post.example", "+49 170 1234567"


def ask(door: DoorClient, name: str, point: str, **more: Any) -> Any:
    page = door.get("/riverside/tell-me/")
    form_id = page.content.decode().split('name="form_id" value="')[1].split('"')[0]
    given = {"name": name, "contact": point, "wants": ["calls"], "form_id": form_id} | more
    return door.post("/riverside/tell-me/", given)


def collect(riverside: Organisation, vault: Vault) -> None:
    sign_up_opener.open_sign_ups(organisation=riverside, vault=vault, by=None)


def many(riverside: Organisation, vault: Vault, n: int) -> None:
    for number in range(n):
        ask(DoorClient("square"), f"Person {number}", f"+49170123{number:04}")
    collect(riverside, vault)


def entry_on(page: Any) -> int:
    return int(page.content.decode().split('name="entry" value="')[1].split('"')[0])


def address_of(event: Event) -> str:
    return f"/riverside/act/tell/event/{event.pk}/"


def send(door: DoorClient, event: Event, **given: Any) -> Any:
    return door.post(address_of(event), {"send": "1"} | given, follow=True)


def worker_tells() -> None:
    do_all("desk")
    jobs.continue_announcements()
    do_all("desk")


def noon(event: Event) -> datetime:
    zone = event.organisation.zone
    day = timezone.now().astimezone(zone) + timedelta(days=1)
    return day.replace(hour=12, minute=0, second=0, microsecond=0)
