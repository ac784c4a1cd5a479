"""Events as iCalendar files (RFC 5545): one UID for life, a SEQUENCE that rises with each change.

The bytes depend on the rows alone, so an event is the same file until it changes.
"""

import logging
from collections.abc import Iterable
from datetime import UTC, date

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vUri

from massline.core.invisible_characters import strip_control_characters, to_single_line
from massline.square.calls.localized_call import CallWording, call_wording_for, fact_lines, original_wording
from massline.square.calls.models import PublicEvent
from massline.square.organisations.models import PublicOrganisation
from massline.web.absolute_urls import public_url
from massline.web.language_choice import in_language

log = logging.getLogger("massline.calls")
YEARS_OF_RULES = 20  # clock changes further away are known to nobody, and each makes the file longer


def export_calendar(
    organisation: PublicOrganisation,
    events: Iterable[PublicEvent],
    *,
    name: str = "",
    language: str = "",
    link: str = "",
) -> bytes:
    """Write a calendar file. Cancelled events belong in it: people's calendars keep unchanged what a feed leaves out.

    `link` is where one joins online. It belongs in the files of those who have a place, and in no other.
    """
    book = Calendar()
    book.add("version", "2.0")
    book.add("prodid", "-//Massline//square//EN")
    if name := to_single_line(name):
        book.add("name", name)
        book.add("x-wr-calname", name)
        book.add("x-published-ttl", "PT1H")
    for event in events:
        try:
            entry = _entry(organisation, event, language, link)
            entry.to_ical()
        except (ValueError, OverflowError, AssertionError) as error:
            log.warning("Event %s cannot be written into a calendar and is left out: %s", event.uuid, error)
        else:
            book.add_component(entry)
    _add_zones(book)
    return bytes(book.to_ical())


def _add_zones(book: Calendar) -> None:
    """Add time zones with the clock changes of the years around, each on a line of its own.

    RFC 5545 allows several in one; vobject, and what is built on it, then reads summer as winter.
    """
    years = [item.start.year for item in book.events]
    if not years:
        return
    today = timezone.localdate().year
    first = date(max(min(years) - 1, today - YEARS_OF_RULES), 1, 1)
    last = date(min(max(years) + 2, today + YEARS_OF_RULES), 1, 1)
    book.add_missing_timezones(first_date=first, last_date=last)
    for zone in book.walk("VTIMEZONE"):
        for part in zone.subcomponents:
            several = part.pop("RDATE", None)
            for change in several.dts if several else []:
                part.add("rdate", change.dt)


def _entry(organisation: PublicOrganisation, event: PublicEvent, language: str = "", link: str = "") -> Event:
    zone = event.organisation.zone
    words = _words(event, language)
    item = Event()
    item.add("uid", str(event.uuid))
    item.add("sequence", event.sequence)
    item.add("dtstamp", event.changed_at.astimezone(UTC))
    item.add("last-modified", event.changed_at.astimezone(UTC))
    item.add("dtstart", event.starts_at.astimezone(zone))
    item.add("dtend", event.ends_at.astimezone(zone))
    item.add("summary", to_single_line(words.what if words else event.title))
    item.add("location", to_single_line(words.place if words else _where(event)))
    item.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    item.add("url", public_url(event.get_absolute_url()))
    if link:
        # RFC 7986, section 5.11: the value is said to be an address.
        item.add("conference", vUri(link), parameters={"VALUE": "URI", "FEATURE": "VIDEO"})
    paragraphs = (part for part in _description(organisation, event, words, link) if part)
    item.add("description", strip_control_characters("\n\n".join(paragraphs)))
    return item


def _words(event: PublicEvent, language: str) -> CallWording | None:
    """The words of the event's call, in this language if somebody wrote them; None for an event without a call."""
    call = getattr(event, "call", None)
    if call is None:
        return None
    call.event = event
    return call_wording_for(call, language) if language else original_wording(call)


def _description(
    organisation: PublicOrganisation, event: PublicEvent, words: CallWording | None = None, link: str = ""
) -> list[str]:
    """The paragraphs of an entry's description; what changed comes first."""
    return [
        words.what_changed if words else event.what_changed,
        words.why if words else event.about,
        *(fact_lines(words, words.language) if words else fact_lines(event.facts, organisation.language)),
        _joining_line(event, words.language if words else organisation.language, link),
        organisation.name,
        public_url(event.get_absolute_url()),
    ]


def _where(event: PublicEvent) -> str:
    with in_language(event.organisation.language):
        return event.where


def _joining_line(event: PublicEvent, language: str, link: str) -> str:
    """How to join online: the link for those who have it, for everybody else how it comes."""
    if not event.is_online or event.is_cancelled:
        return ""
    with in_language(language):
        return _("Join online: %(link)s") % {"link": link} if link else _("The link comes with your sign-up.")
