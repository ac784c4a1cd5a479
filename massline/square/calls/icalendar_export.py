"""Events as calendars read them (RFC 5545): one identity for life, a number that rises with each change.

The bytes depend on the rows alone, so the same event is the same file until it changes.
"""

from collections.abc import Iterable
from datetime import UTC, date

from icalendar import Calendar, Event

from massline.square.calls.localized import Words, best, fact_lines, original
from massline.square.calls.models import PublicEvent
from massline.square.organisations.models import PublicOrganisation
from massline.web.absolute_urls import public


def calendar(
    organisation: PublicOrganisation, events: Iterable[PublicEvent], *, name: str = "", language: str = ""
) -> bytes:
    """Write events, cancelled ones too: what is taken out of a feed stays in people's calendars unchanged."""
    book = Calendar()
    book.add("version", "2.0")
    book.add("prodid", "-//Massline//square//EN")
    book.add("method", "PUBLISH")
    if name:
        book.add("name", name)
        book.add("x-wr-calname", name)
        book.add("x-published-ttl", "PT1H")
    for event in events:
        book.add_component(entry(organisation, event, language))
    _add_zones(book)
    return bytes(book.to_ical())


def _add_zones(book: Calendar) -> None:
    """Say when clocks change in the years around, each change on a line of its own.

    RFC 5545 allows several in one; vobject, and what is built on it, then reads summer as winter.
    """
    years = [item.start.year for item in book.events]
    if not years:
        return
    first, last = date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1)
    book.add_missing_timezones(first_date=first, last_date=last)
    for zone in book.walk("VTIMEZONE"):
        for part in zone.subcomponents:
            several = part.pop("RDATE", None)
            for one in several.dts if several else []:
                part.add("rdate", one.dt)


def entry(organisation: PublicOrganisation, event: PublicEvent, language: str = "") -> Event:
    zone = event.organisation.zone
    words = _words(event, language)
    item = Event()
    item.add("uid", str(event.uuid))
    item.add("sequence", event.sequence)
    item.add("dtstamp", event.changed_at.astimezone(UTC))
    item.add("last-modified", event.changed_at.astimezone(UTC))
    item.add("dtstart", event.starts_at.astimezone(zone))
    item.add("dtend", event.ends_at.astimezone(zone))
    item.add("summary", words.what if words else event.title)
    item.add("location", words.place if words else event.place)
    item.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    item.add("url", public(event.get_absolute_url()))
    item.add("description", "\n\n".join(part for part in told(organisation, event, words) if part))
    return item


def _words(event: PublicEvent, language: str) -> Words | None:
    """The words of the event's call, in this language where somebody wrote them; None where no call leads to it."""
    call = getattr(event, "call", None)
    if call is None:
        return None
    call.event = event
    return best(call, language) if language else original(call)


def told(organisation: PublicOrganisation, event: PublicEvent, words: Words | None = None) -> list[str]:
    """What stands in the calendar below the facts: what changed first."""
    return [
        words.what_changed if words else event.what_changed,
        words.why if words else event.about,
        *(fact_lines(words, words.language) if words else fact_lines(event.facts, organisation.language)),
        organisation.name,
        public(event.get_absolute_url()),
    ]
