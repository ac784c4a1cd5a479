"""Calendars as feeds: their events as dated items, repeated ones on each of their days."""

import logging
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice
from time import monotonic
from typing import Any

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from icalendar import Calendar

from massline.core.invisible_characters import to_single_line
from massline.desk.listen.watches import feed_troubles
from massline.desk.listen.watches.feed_items import (
    MOST_ENTRIES,
    FeedItem,
    UnreadableItems,
    item_key,
    strip_tracking,
    unreadable_feed,
)

# Repeated events are looked for so far back and ahead.
BACK, AHEAD = timedelta(days=365), timedelta(days=365)
MOST_BYTES, MOST_LINES, DEEPEST = 4 * 1024 * 1024, 60_000, 20
LONGEST_AGO = timedelta(days=365 * 20)
MOST_REPEATED = 400
# Seconds that a calendar's repeated events may take; after that they stand on their first day.
REPEATS_SECONDS = 2.0
_EVENT = re.compile(rb"^[ \t]*BEGIN:VEVENT[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_PART_OF_CALENDAR = re.compile(rb"^[ \t]*(BEGIN|END):", re.IGNORECASE | re.MULTILINE)
_PARTS = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"}
)
_SHORTEST = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ORDINAL = re.compile(r"[+-]?\d+")
log = logging.getLogger("massline.listen")


def is_calendar(body: bytes) -> bool:
    return body.lstrip(b"\xef\xbb\xbf \r\n\t")[:15].upper() == b"BEGIN:VCALENDAR"


def read_calendar(body: bytes, *, zone: tzinfo, today: date) -> list[FeedItem]:
    """Events of a calendar, repeated ones on each of their days; those that were called off are left out.

    Of a long calendar the first MOST_ENTRIES events are read. Raises UnreadableItems where it is no calendar, or more
    than can be read at once. An event that cannot be read is left out, the others are taken.
    """
    try:
        calendars = Calendar.from_ical(_first_events(body), multiple=True)
    except UnreadableItems:
        raise
    except Exception as problem:  # a parser may fail in its own ways
        raise unreadable_feed(feed_troubles.UNREADABLE_CALENDAR) from problem
    events: list[Any] = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    moved = set(_moved_days(events, zone))
    items: list[FeedItem] = []
    until = monotonic() + REPEATS_SECONDS
    for event in islice(events, MOST_ENTRIES):
        try:
            items += _calendar_items(event, moved, zone, today, repeats=monotonic() < until)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as problem:
            log.info("An event of a calendar cannot be read: %s", type(problem).__name__)
    return items


def count_calendar_events(body: bytes) -> int:
    """Count the events of a calendar without reading them."""
    return sum(1 for _event in _EVENT.finditer(body))


def _first_events(body: bytes) -> bytes:
    """The calendar up to its MOST_ENTRIES first events. Bytes, lines and nesting are counted before anything is built."""
    beyond = next(islice(_EVENT.finditer(body), MOST_ENTRIES, None), None)
    kept = body if beyond is None else body[: beyond.start()] + b"END:VCALENDAR\r\n"
    if len(kept) > MOST_BYTES or kept.count(b"\n") > MOST_LINES or _is_nested_deeply(kept):
        raise unreadable_feed(feed_troubles.CALENDAR_TOO_LARGE)
    return kept


def _is_nested_deeply(body: bytes) -> bool:
    depth = 0
    for part in _PART_OF_CALENDAR.finditer(body):
        depth = depth + 1 if part[1].upper() == b"BEGIN" else max(depth - 1, 0)
        if depth > DEEPEST:
            return True
    return False


def _moved_days(events: list[Any], zone: tzinfo) -> Iterator[tuple[str, date]]:
    """Which day of which repeated event has an event of its own; one that cannot be read is passed over."""
    for event in events:
        if "RECURRENCE-ID" not in event:
            continue
        try:
            yield str(event.get("UID")), _day(event["RECURRENCE-ID"].dt, zone)
        except (ValueError, TypeError, AttributeError, OverflowError) as problem:
            log.info("A moved event of a calendar cannot be read: %s", type(problem).__name__)


def _calendar_items(
    event: Any, moved: set[tuple[str, date]], zone: tzinfo, today: date, *, repeats: bool
) -> Iterator[FeedItem]:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    uid, title = str(event.get("UID", "")), to_single_line(str(event.get("SUMMARY", ""))).strip()[:300]
    place, url = (
        to_single_line(str(event.get("LOCATION", "")))[:120],
        strip_tracking(str(event.get("URL", ""))),
    )
    for day in _days(event, zone, today, repeats=repeats):
        if "RECURRENCE-ID" not in event and (uid, day) in moved:
            continue
        yield FeedItem(day, title or str(day), item_key(f"{uid or title}|{day}"), url, place)


def _days(event: Any, zone: tzinfo, today: date, *, repeats: bool) -> Iterator[date]:
    """The days an event begins on, within a year of today where it repeats; without `repeats` its first day."""
    start = event["DTSTART"].dt
    rule = event.get("RRULE")
    if (
        rule is None
        or not repeats
        or isinstance(rule, list)
        or not _is_usual(rule, start.day)
        or _day(start, zone) < today - LONGEST_AGO
    ):
        yield _day(start, zone)
        return
    left_out = event.get("EXDATE")
    listed = left_out if isinstance(left_out, list) else [left_out] if left_out else []
    excluded = {_day(entry.dt, zone) for dates in listed for entry in dates.dts}
    naive = start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time())
    text = rule.to_ical().decode()
    repeated = rrulestr(_without_zone(text), dtstart=naive)
    first, last = (datetime.combine(day, time()) for day in (today - BACK, today + AHEAD))
    for moment in islice(repeated.xafter(first, inc=True), MOST_REPEATED):
        if moment > last:
            return
        day = (
            _day(moment.replace(tzinfo=start.tzinfo), zone) if isinstance(start, datetime) else moment.date()
        )
        if day not in excluded:
            yield day


def _is_usual(rule: Any, first_day: int) -> bool:
    """True for rules that have a day in every few decades.

    A rule without any is walked through to the year 9999, and one with an interval of 0 for ever. `first_day` is the
    day of the month it begins on.
    """
    parts: dict[str, list[Any]] = {
        str(name).upper(): value if isinstance(value, list) else [value] for name, value in rule.items()
    }
    if set(parts) - _PARTS:
        return False
    if any(not 1 <= int(month) <= 12 for month in parts.get("BYMONTH", [])):
        return False
    every = min((int(step) for step in parts.get("INTERVAL", [])), default=1)
    frequency = str(parts.get("FREQ", [""])[0]).upper()
    if every < 1 or frequency not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        return False
    if every > 1 and (
        (frequency == "DAILY" and parts.keys() & {"BYDAY", "BYMONTH", "BYMONTHDAY"})
        or (frequency == "MONTHLY" and "BYMONTH" in parts)
    ):
        return False
    if frequency in {"MONTHLY", "YEARLY"} and not parts.keys() & {"BYDAY", "BYMONTHDAY"}:
        parts["BYMONTHDAY"] = [first_day] if "BYMONTH" in parts else []
    return _has_usual_days(parts, frequency, every)


def _has_usual_days(parts: dict[str, list[Any]], frequency: str, every: int) -> bool:
    """True where a month that a rule names has each year a day that it names, and all it asks for can be met together."""
    days = [abs(int(day)) for day in parts.get("BYMONTHDAY", [])]
    found = [_ORDINAL.match(str(day)) for day in parts.get("BYDAY", [])]
    ordinals = [abs(int(ordinal[0])) for ordinal in found if ordinal]
    if ordinals and not all(found):  # dateutil looks for days that are both
        return False
    if any(not 1 <= day <= 31 for day in days) or any(not 1 <= ordinal <= 5 for ordinal in ordinals):
        return False
    if days and (
        ordinals
        or frequency == "WEEKLY"
        or min(days) > max(_SHORTEST[int(month)] for month in parts.get("BYMONTH", [1]))
        or (max(days) > 28 and frequency == "MONTHLY" and every > 1)
    ):
        return False
    if "BYSETPOS" in parts:
        is_of_weekdays = "BYDAY" in parts and not ordinals and not days
        places = [abs(int(place)) for place in parts["BYSETPOS"]]
        return frequency in {"MONTHLY", "YEARLY"} and is_of_weekdays and max(places) <= 4
    return every == 1 or 5 not in ordinals


def _without_zone(rule: str) -> str:
    """A rule whose end is told without a zone, as its beginning is here; the day may be wrong by one at most."""
    parts = (part.removesuffix("Z") if part.startswith("UNTIL=") else part for part in rule.split(";"))
    return ";".join(parts)


def _day(moment: date | datetime, zone: tzinfo) -> date:
    if not isinstance(moment, datetime):
        return moment
    return moment.astimezone(zone).date() if moment.tzinfo else moment.date()
