"""A change of time reaches every calendar, and a cancelled meeting does not silently vanish from it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import vobject
from icalendar import Calendar
from vobject.icalendar import registerTzid

from massline.square.calls.models import PublicEvent, PublishedCall
from tests.conftest import DoorClient


def events_in(door: DoorClient, address: str) -> dict[str, dict[str, str]]:
    answer = door.get(address)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    book = Calendar.from_ical(answer.content)
    read_as_others_do(answer.content.decode(), book)
    return {str(item["UID"]): {name: plain(item[name]) for name in item} for item in book.walk("VEVENT")}


def read_as_others_do(text: str, book: Calendar) -> None:
    """A second library finds the file valid, and the same identity, number, state and hour in every entry."""
    for zone in book.timezones:
        registerTzid(
            str(zone["TZID"]), None
        )  # or vobject takes the rules of an earlier file with a zone of this name
    other = vobject.readOne(text)
    entries = other.contents.get("vevent", [])
    if entries:  # to vobject a calendar with nothing in it is none
        other.validate(raiseException=True)
    theirs = {
        (one.uid.value, int(one.sequence.value), one.status.value, one.dtstart.value.astimezone(UTC))
        for one in entries
    }
    ours = {
        (str(one["UID"]), int(plain(one["SEQUENCE"])), str(one["STATUS"]), in_utc(one.start))
        for one in book.events
    }
    assert theirs == ours
    assert not [one.errors for one in book.walk() if one.errors]


def in_utc(moment: date) -> datetime:
    assert isinstance(moment, datetime), "an event has an hour"
    return moment.astimezone(UTC)


def plain(value: Any) -> str:
    written = value.to_ical()
    return written.decode() if isinstance(written, bytes) else str(written)


def test_an_event_is_a_file_with_its_zone(nobody: DoorClient, walk: PublishedCall) -> None:
    answer = nobody.get(walk.event.get_calendar_url())
    text = answer.content.decode()
    assert "BEGIN:VTIMEZONE" in text
    assert "TZID:Europe/Berlin" in text
    assert "METHOD" not in text, "a method asks for an organiser (RFC 5546)"
    assert "DTSTART;TZID=Europe/Berlin:" in text
    assert "\r\n" in text
    entry = events_in(nobody, walk.event.get_calendar_url())[str(walk.event.uuid)]
    assert entry["STATUS"] == "CONFIRMED"
    assert entry["LOCATION"] == "Harbour Square\\, by the clock"
    assert entry["URL"].endswith(walk.get_absolute_url())


def test_the_same_event_is_the_same_file_to_the_byte(nobody: DoorClient, walk: PublishedCall) -> None:
    first = nobody.get(walk.event.get_calendar_url()).content
    assert nobody.get(walk.event.get_calendar_url()).content == first


def test_a_change_keeps_the_identity_and_raises_the_sequence(nobody: DoorClient, walk: PublishedCall) -> None:
    before = events_in(nobody, "/riverside/events.ics")[str(walk.event.uuid)]
    PublicEvent.objects.filter(pk=walk.event.pk).update(
        starts_at=walk.event.starts_at + timedelta(hours=1),
        changed_at=walk.event.changed_at + timedelta(days=1),
        sequence=1,
        state="changed",
        what_changed="An hour later.",
    )
    after = events_in(nobody, "/riverside/events.ics")[str(walk.event.uuid)]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")
    assert before["DTSTAMP"] < after["DTSTAMP"]
    assert after["DTSTART"].endswith("T120000")
    assert after["DESCRIPTION"].startswith("An hour later.")


def test_a_cancelled_event_stays_in_the_feed_and_says_so(
    nobody: DoorClient, walk: PublishedCall, meeting: PublicEvent
) -> None:
    PublicEvent.objects.filter(pk=meeting.pk).update(state="cancelled", sequence=1)
    feed = events_in(nobody, "/riverside/events.ics")
    assert set(feed) == {str(walk.event.uuid), str(meeting.uuid)}
    assert feed[str(meeting.uuid)]["STATUS"] == "CANCELLED"


def test_an_empty_feed_and_a_missing_event(nobody: DoorClient, walk: PublishedCall) -> None:
    PublicEvent.objects.all().delete()
    assert events_in(nobody, "/riverside/events.ics") == {}
    assert nobody.get(f"/riverside/events/{walk.event.uuid}.ics").status_code == 404
    assert nobody.get("/nowhere/events.ics").status_code == 404
