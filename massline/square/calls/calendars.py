"""Events as calendars read them (RFC 5545): one identity for life, a number that rises with each change.

The bytes depend on the rows alone, so the same event is the same file until it changes.
"""

from collections.abc import Iterable
from datetime import UTC

from icalendar import Calendar, Event

from massline.square.calls.models import PublicEvent
from massline.square.organisations.models import PublicOrganisation
from massline.web.addresses import public


def calendar(organisation: PublicOrganisation, events: Iterable[PublicEvent], *, name: str = "") -> bytes:
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
        book.add_component(entry(organisation, event))
    book.add_missing_timezones()
    return bytes(book.to_ical())


def entry(organisation: PublicOrganisation, event: PublicEvent) -> Event:
    zone = event.organisation.zone
    item = Event()
    item.add("uid", str(event.uuid))
    item.add("sequence", event.sequence)
    item.add("dtstamp", event.changed_at.astimezone(UTC))
    item.add("last-modified", event.changed_at.astimezone(UTC))
    item.add("dtstart", event.starts_at.astimezone(zone))
    item.add("dtend", event.ends_at.astimezone(zone))
    item.add("summary", event.title)
    item.add("location", event.place)
    item.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    item.add("url", public(event.get_absolute_url()))
    item.add("description", "\n\n".join(part for part in told(organisation, event) if part))
    return item


def told(organisation: PublicOrganisation, event: PublicEvent) -> list[str]:
    """What stands in the calendar below the facts: what changed first."""
    return [
        event.what_changed,
        event.about,
        event.access,
        organisation.name,
        public(event.get_absolute_url()),
    ]
