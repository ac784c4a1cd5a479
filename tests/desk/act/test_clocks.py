"""Hours as they are written and read: nights past midnight, clocks that change, zones and the years of days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone, translation

from massline.core.date_formats import format_day, format_hour, format_short_day
from massline.desk.act.attendance.contact_retention import shorten_retention_where_reason_ended
from massline.desk.act.events.models import Event
from massline.desk.contacts import next_steps
from massline.desk.people.models import Account, Contact, NextStep, Organisation
from massline.jobs.worker import do_all
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.models import Envelope
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import DoorClient, at_desk, unlocked
from tests.desk.act.sign_up_crowd import say_yes
from tests.desk.contacts.list_pages import bring
from tests.open_forms import open_form
from tests.parts import field_errors, shows

AUTUMN = datetime(2026, 10, 1, 12, tzinfo=UTC)
PLAN = "/riverside/act/plan/"
MEETING = {"title": "Night watch", "kind": "mass_meeting", "place": "Harbour Hall"}


def plan(account: Account, starts: str, ends: str, **more: str) -> object:
    given = MEETING | {"starts_at": starts, "ends_at": ends} | more
    return at_desk(account).post(PLAN, given)


def test_an_hour_that_comes_twice_is_asked_back_in_words(riverside: Organisation, bea: Account) -> None:
    with time_machine.travel(AUTUMN, tick=False):
        asked = plan(bea, "2026-10-25T02:30", "2026-10-25T05:00")
        assert field_errors(asked, "starts_at") == ["doubled-hour"]
        assert 'name="starts_at_which"' in asked.content.decode()  # type: ignore[attr-defined]
        plan(bea, "2026-10-25T02:30", "2026-10-25T05:00", starts_at_which="second")
        event = Event.objects.get()
        assert event.starts_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
        page = at_desk(bea).get(f"/riverside/act/{event.pk}/change/").content.decode()
        assert '<option value="second" selected>' in page
        Event.objects.all().delete()
        plan(bea, "2026-10-25T02:30", "2026-10-25T05:00", starts_at_which="first")
        assert Event.objects.get().starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_hour_that_does_not_come_is_refused(riverside: Organisation, bea: Account) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False):
        answer = plan(bea, "2026-03-29T02:30", "2026-03-29T05:00")
        assert field_errors(answer, "starts_at") == ["skipped-hour"]


def test_a_night_past_midnight_is_asked_about_with_the_day_it_would_end(
    riverside: Organisation, bea: Account, nobody: DoorClient
) -> None:
    with time_machine.travel(AUTUMN, tick=False):
        assert field_errors(plan(bea, "2026-10-10T22:00", "2026-10-10T01:00"), "ends_at") == ["past-midnight"]
        assert field_errors(plan(bea, "2026-10-10T10:00", "2026-10-09T10:00"), "ends_at") == ["ends-before"]
        plan(bea, "2026-10-10T22:00", "2026-10-11T01:00")
        page = nobody.get(PublicEvent.objects.get().get_absolute_url()).content.decode()
        assert "11 October" in page


@pytest.mark.parametrize(
    ("language", "zone", "written"),
    [
        ("en", "Europe/Berlin", "18:30"),
        ("en", "America/New_York", "6:30 p.m."),
        ("es", "America/New_York", "18:30"),
        ("ar", "Europe/Berlin", "6:30 م"),
    ],
)
def test_hours_are_counted_as_readers_count_them(language: str, zone: str, written: str) -> None:
    moment = datetime(2026, 12, 5, 18, 30, tzinfo=ZoneInfo(zone))
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        assert format_hour(moment) == written


def test_a_day_names_its_year_where_it_is_another_one() -> None:
    with time_machine.travel(AUTUMN, tick=False), translation.override("en"):
        assert (format_day(date(2026, 12, 5)), format_day(date(2028, 2, 5))) == (
            "5 December",
            "5 February 2028",
        )
        assert (format_short_day(date(2026, 12, 5)), format_short_day(date(2028, 2, 5))) == (
            "5 Dec",
            "5 Feb 2028",
        )


def test_the_public_page_names_the_zone(event: Event, nobody: DoorClient) -> None:
    assert shows(nobody.get(PublicEvent.objects.get(uuid=event.uuid).get_absolute_url()), "zone", "Berlin")


def test_a_zone_that_nobody_knows_takes_no_page(event: Event, nobody: DoorClient, bea: Account) -> None:
    Organisation.objects.update(timezone="Mars/Olympus")
    PublicOrganisation.objects.update(timezone="Mars/Olympus")
    for page in ("/", "/riverside/", "/riverside/events.ics", "/riverside/news.atom", "/riverside/next/"):
        assert nobody.get(page, follow=True).status_code == 200
    for page in ("", "act/", f"act/{event.pk}/", "people/", "guard/"):
        assert at_desk(bea).get(f"/riverside/{page}").status_code == 200


def test_a_step_on_the_day_that_was_proposed_stands_in_your_week(
    event: Event, riverside: Organisation, amal: Account
) -> None:
    door = unlocked(amal, riverside)
    door.post(
        f"/riverside/act/{event.pk}/door/", {"name": "Rosa", "point": "rosa@post.example", "consent": "on"}
    )
    contact = Contact.objects.get()
    form = door.get(f"/riverside/act/contacts/{contact.pk}/next-step/").context["form"]
    given = {"what": "Bring one neighbour", "due_on": form.initial["due_on"].isoformat(), "owner": amal.pk}
    door.post(f"/riverside/act/contacts/{contact.pk}/next-step/", given)
    assert "Bring one neighbour" in door.get("/riverside/people/monday/").content.decode()


def test_who_cancels_is_kept_no_longer_than_somebody_without_a_reason(
    riverside: Organisation, bea: Account, amal: Account, nobody: DoorClient, today: date
) -> None:
    far = today + timedelta(days=120)
    plan(bea, f"{far}T18:00", f"{far}T20:00")
    event = Event.objects.get()
    link = say_yes(nobody, event, "Rosa", "rosa@post.example")
    door = unlocked(amal, riverside)
    door.post(f"/riverside/act/{event.pk}/collect/")
    kept = Contact.objects.get().keep_until
    shorten_retention_where_reason_ended()
    assert Contact.objects.get().keep_until == kept > far
    nobody.post(f"/manage/{link}/cancel/")
    door.post(f"/riverside/act/{event.pk}/collect/")
    shorten_retention_where_reason_ended()
    assert Contact.objects.get().keep_until == today + timedelta(days=14)
    chosen = today + timedelta(days=90)
    Contact.objects.update(keep_until=chosen)
    shorten_retention_where_reason_ended()
    assert Contact.objects.get().keep_until == chosen, "a day that somebody chose stays"


def test_a_list_keeps_the_day_that_was_chosen_for_it(
    riverside: Organisation, amal: Account, today: date
) -> None:
    until = today + timedelta(days=200)
    bring(unlocked(amal, riverside), f"name,email,consent,keep until\nRosa,rosa@post.example,yes,{until}\n")
    shorten_retention_where_reason_ended()
    assert Contact.objects.get().keep_until == until


def test_who_comes_to_an_event_that_moved_earlier_is_kept_no_longer_than_that(
    riverside: Organisation, bea: Account, amal: Account, nobody: DoorClient, today: date
) -> None:
    far, near = today + timedelta(days=120), today + timedelta(days=20)
    plan(bea, f"{far}T18:00", f"{far}T20:00")
    event = Event.objects.get()
    say_yes(nobody, event, "Rosa", "rosa@post.example")
    say_yes(nobody, event, "Idris", "idris@post.example")
    unlocked(amal, riverside).post(f"/riverside/act/{event.pk}/collect/")
    chosen = Contact.objects.latest("pk")
    Contact.objects.filter(pk=chosen.pk).update(keep_until=today + timedelta(days=200))
    page = at_desk(bea).get(f"/riverside/act/{event.pk}/change/").content.decode()
    form = open_form(page, "starts_at")
    at_desk(bea).post(
        f"/riverside/act/{event.pk}/change/",
        form | {"starts_at": [f"{near}T18:00"], "ends_at": [f"{near}T20:00"]},
    )
    do_all("desk")
    assert Contact.objects.earliest("pk").keep_until == near + timedelta(days=14)
    assert Contact.objects.latest("pk").keep_until == today + timedelta(days=200)
    assert {row.expires_on for row in Envelope.objects.all()} == {near + timedelta(days=14)}


def test_a_step_that_is_done_early_or_replaced_keeps_nobody_to_its_day(
    event: Event, riverside: Organisation, amal: Account, today: date
) -> None:
    door = unlocked(amal, riverside)
    Event.objects.update(
        starts_at=event.starts_at - timedelta(days=30), ends_at=event.ends_at - timedelta(days=30)
    )
    form = {"name": "Rosa", "point": "rosa@post.example", "consent": "on"}
    door.post(f"/riverside/act/{event.pk}/door/", form)
    contact = Contact.objects.get()
    far = today + timedelta(days=100)
    next_steps.agree_next_step(contact=contact, what="Summer camp", due_on=far, owner=amal, by=amal)
    assert Contact.objects.get().keep_until == far + timedelta(days=14)
    shorten_retention_where_reason_ended()
    assert Contact.objects.get().keep_until == far + timedelta(days=14)
    door.post(f"/riverside/act/steps/{NextStep.objects.get().pk}/done/")
    shorten_retention_where_reason_ended()
    assert Contact.objects.get().keep_until == today + timedelta(days=14)
