"""What a watched address may hold besides RSS and Atom: a JSON Feed, a calendar, or a page that names its feed."""

import json
import logging
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from html.parser import HTMLParser
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from icalendar import Calendar

from massline.core.plain_text import one_line
from massline.desk.listen.watches.feed_items import (
    MOST_ENTRIES,
    Item,
    UnreadableItems,
    item_key,
    strip_tracking,
)

# Repeated events are looked for so far back and ahead.
BACK, AHEAD = timedelta(days=365), timedelta(days=365)
LONGEST_AGO = timedelta(days=365 * 20)
MOST_REPEATED = 400
FEED_KINDS = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "text/calendar"}
)
_HEAD = 200_000
log = logging.getLogger("massline.listen")


def is_json_feed(body: bytes) -> bool:
    return body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{" and b"jsonfeed.org" in body[:1000]


def is_calendar(body: bytes) -> bool:
    return body.lstrip(b"\xef\xbb\xbf \r\n\t")[:15].upper() == b"BEGIN:VCALENDAR"


def read_json_feed(body: bytes, *, url: str, zone: tzinfo, today: date) -> list[Item]:
    """Items of a JSON Feed (jsonfeed.org, version 1 and 1.1). Raises UnreadableItems."""
    try:
        entries = json.loads(body)["items"]
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise UnreadableItems("What came is a JSON feed that cannot be read.") from problem
    listed = entries if isinstance(entries, list) else []
    read = (_json_item(entry, url, zone, today) for entry in listed[:MOST_ENTRIES] if isinstance(entry, dict))
    return [item for item in read if item is not None]


def _json_item(entry: dict[str, Any], url: str, zone: tzinfo, today: date) -> Item | None:
    title = one_line(str(entry.get("title") or entry.get("content_text") or ""))[:300].strip()
    if not title:
        return None
    try:
        told = datetime.fromisoformat(str(entry.get("date_published") or entry.get("date_modified") or ""))
        day = told.astimezone(zone).date() if told.tzinfo else told.date()
    except (ValueError, OverflowError):
        day = today
    address = strip_tracking(urljoin(url, str(entry.get("url") or "")))
    return Item(min(day, today), title, item_key(str(entry.get("id") or address or title)), address)


def read_calendar(body: bytes, *, zone: tzinfo, today: date) -> list[Item]:
    """Events of a calendar, repeated ones on each of their days; those that were called off are left out.

    Raises UnreadableItems where it is no calendar. An event that cannot be read is left out, the others are taken.
    """
    try:
        calendars = Calendar.from_ical(body, multiple=True)
    except (ValueError, IndexError, KeyError) as problem:
        raise UnreadableItems("What came is a calendar that cannot be read.") from problem
    events: list[Any] = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    moved = {
        (str(event.get("UID")), _day(event["RECURRENCE-ID"].dt, zone))
        for event in events
        if "RECURRENCE-ID" in event
    }
    items: list[Item] = []
    for event in islice(events, MOST_ENTRIES):
        try:
            items += _calendar_items(event, moved, zone, today)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as problem:
            log.info("An event of a calendar cannot be read: %s", type(problem).__name__)
    return items


def _calendar_items(event: Any, moved: set[tuple[str, date]], zone: tzinfo, today: date) -> Iterator[Item]:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    uid, title = str(event.get("UID", "")), one_line(str(event.get("SUMMARY", ""))).strip()[:300]
    place, url = one_line(str(event.get("LOCATION", "")))[:120], strip_tracking(str(event.get("URL", "")))
    for day in _days(event, zone, today):
        if "RECURRENCE-ID" not in event and (uid, day) in moved:
            continue
        yield Item(day, title or str(day), item_key(f"{uid or title}|{day}"), url, place)


def _days(event: Any, zone: tzinfo, today: date) -> Iterator[date]:
    """The days an event begins on, within a year of today where it repeats."""
    start = event["DTSTART"].dt
    rule = event.get("RRULE")
    if (
        rule is None
        or isinstance(rule, list)
        or not _is_usual(rule)
        or _day(start, zone) < today - LONGEST_AGO
    ):
        yield _day(start, zone)
        return
    left_out = event.get("EXDATE")
    listed = left_out if isinstance(left_out, list) else [left_out] if left_out else []
    excluded = {_day(entry.dt, zone) for dates in listed for entry in dates.dts}
    naive = start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time())
    text = rule.to_ical().decode()
    repeats = rrulestr(_without_zone(text), dtstart=naive)
    first, last = (datetime.combine(day, time()) for day in (today - BACK, today + AHEAD))
    for moment in islice(repeats.xafter(first, inc=True), MOST_REPEATED):
        if moment > last:
            return
        day = (
            _day(moment.replace(tzinfo=start.tzinfo), zone) if isinstance(start, datetime) else moment.date()
        )
        if day not in excluded:
            yield day


def _is_usual(rule: Any) -> bool:
    """True for rules that have days in every few years: of others a calendar could keep us looking for a day for hours."""
    parts: dict[str, Any] = {str(name).upper(): value for name, value in rule.items()}
    days_of_months = [int(day) for day in parts.get("BYMONTHDAY", [])]
    if str(parts.get("FREQ", [""])[0]).upper() not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        return False
    if set(parts) - {
        "FREQ",
        "INTERVAL",
        "COUNT",
        "UNTIL",
        "WKST",
        "BYDAY",
        "BYMONTH",
        "BYMONTHDAY",
        "BYSETPOS",
    }:
        return False
    if days_of_months and (
        "BYSETPOS" in parts or ("BYMONTH" in parts and max(map(abs, days_of_months)) > 28)
    ):
        return False
    return all(abs(int(place)) <= 4 for place in parts.get("BYSETPOS", []))


def _without_zone(rule: str) -> str:
    """A rule whose end is told without a zone, as its beginning is here; the day may be wrong by one at most."""
    parts = (part.removesuffix("Z") if part.startswith("UNTIL=") else part for part in rule.split(";"))
    return ";".join(parts)


def _day(moment: date | datetime, zone: tzinfo) -> date:
    if not isinstance(moment, datetime):
        return moment
    return moment.astimezone(zone).date() if moment.tzinfo else moment.date()


class _LinkFinder(HTMLParser):
    """Collects the addresses of feeds that a page names in its head."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        is_other = "alternate" in given.get("rel", "").lower().split()
        kind = given.get("type", "").partition(";")[0].strip().lower()
        if tag == "link" and is_other and kind in FEED_KINDS and given.get("href"):
            self.found.append(given["href"])


def find_feed(body: bytes, url: str) -> str:
    """The address of the first feed that a page names; empty where it is no page or names none."""
    if b"<html" not in body[:5_000].lower() and b"<link" not in body[:5_000].lower():
        return ""
    finder = _LinkFinder()
    finder.feed(body[:_HEAD].decode("utf-8", "replace"))
    addresses = (urljoin(url, href) for href in finder.found)
    return next(
        (one for one in addresses if urlsplit(one).scheme in {"http", "https"} and len(one) <= 500), ""
    )
