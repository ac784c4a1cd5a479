"""An online meeting planned through the pages, its link, and where people read it."""

from typing import Any

from icalendar import Calendar

from massline.desk.act import jobs
from massline.desk.act.events.models import Event
from massline.desk.people.models import Account
from massline.square.calls.models import PublicEvent
from tests.conftest import at_desk
from tests.desk.act.mail_server import worker_looks as worker_looks_for_mail
from tests.open_forms import open_form

LINK = "https://video.example.org/riverside-7f3a91c2"
NEW_LINK = "https://video.example.org/riverside-0b55d8e4"
PLAN = {
    "kind": "mass_meeting",
    "title": "Mass meeting",
    "starts_at": "2030-10-08T19:00",
    "ends_at": "2030-10-08T21:00",
    "joining": "online",
    "link": LINK,
}


def plan(bea: Account, **more: str) -> Event:
    answer = at_desk(bea).post("/riverside/act/plan/", PLAN | more)
    assert answer.status_code == 302, answer.content.decode()
    event = Event.objects.order_by("starts_at").first()
    assert event is not None
    return event


def worker_looks() -> None:
    """One round of the worker: links for new sign-ups, and messages."""
    jobs.seal_links_for_new_sign_ups()
    worker_looks_for_mail()


def public_address(event: Event) -> str:
    return PublicEvent.objects.get(uuid=event.uuid).get_absolute_url()


def calendar_of(answer: Any) -> Any:
    (entry,) = Calendar.from_ical(answer.content).events
    return entry


def set_link(bea: Account, event: Event, link: str, **more: str) -> Any:
    address = f"/riverside/act/{event.pk}/link/"
    form = open_form(at_desk(bea).get(address).content.decode(), "link")
    return at_desk(bea).post(
        address, form | {"link": [link]} | {name: [value] for name, value in more.items()}
    )


def conference(letter: Any) -> str | None:
    (attached,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    entry = Calendar.from_ical(attached.get_content()).events[0]
    return str(entry["conference"]) if "conference" in entry else None
