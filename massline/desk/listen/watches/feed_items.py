"""Parsing of feeds and tables into dated items."""

import calendar
import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import feedparser  # type: ignore[import-untyped]
from django.utils.translation import gettext as _

from massline.core.refusal import CodedError

TRACKING = re.compile(r"^(utm_|fbclid|gclid|mc_|ref$)")
# Column names in the tables of ACLED, the Crowd Counting Consortium and our own.
COLUMNS = {
    "day": ("day", "date", "event_date"),
    "key": ("event_id_cnty", "event_id", "data_id", "id"),
    "title": ("title", "claims_summary", "claims", "topic", "notes", "sub_event_type", "event_type", "issue"),
    "place": ("place", "locality", "location", "city", "admin1", "state"),
    "url": ("url", "source_url", "source_1", "source"),
    "count": ("count", "n_events"),
    "first_seen": ("first_seen_at", "timestamp"),
}
DAYS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d.%m.%Y")
MOST_ROWS = 200_000


class UnreadableItems(CodedError):
    """A feed or table that cannot be read; the message says why, and nothing was saved."""


@dataclass(frozen=True)
class Item:
    """An entry of a feed or row of a table; `key` recognises it when it comes again."""

    day: date
    title: str
    key: str
    url: str = ""
    place: str = ""
    count: int = 1
    first_seen: date | None = None
    is_news: bool = False


def parse_feed(body: bytes, *, today: date) -> list[Item]:
    """Parse RSS or Atom, also if it is not well-formed. Entries without a date get `today`.

    Raises
    ------
    UnreadableItems
        If the content is not a feed.
    """
    read = feedparser.parse(io.BytesIO(body), sanitize_html=True, resolve_relative_uris=True)
    if not read.entries and not read.get("version"):
        raise UnreadableItems("What came is no feed in RSS or Atom.")
    return [_entry(entry, today) for entry in read.entries if entry.get("title")]


def _entry(entry: feedparser.FeedParserDict, today: date) -> Item:
    published = entry.get("published_parsed") or entry.get("updated_parsed")
    day = datetime.fromtimestamp(calendar.timegm(published), UTC).date() if published else today
    url = strip_tracking(str(entry.get("link", "")))
    title = " ".join(unescape(re.sub(r"<[^>]+>", " ", str(entry["title"]))).split())[:300]
    return Item(min(day, today), title, item_key(str(entry.get("id") or url or title)), url)


def strip_tracking(url: str) -> str:
    """Remove tracking parameters, so that one article has one address; empty unless http or https."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"}:
        return ""
    kept = [(name, value) for name, value in parse_qsl(parts.query) if not TRACKING.match(name)]
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path, urlencode(kept), ""))[:500]


def parse_table(text: str) -> list[Item]:
    """Parse a CSV table with column names: our own, ACLED's, the Crowd Counting Consortium's or a similar one.

    Raises
    ------
    UnreadableItems
        If no column holds dates, or the date or count of a row cannot be read; the message names the row.
    """
    first = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    names = {(name or "").strip().casefold(): name for name in rows.fieldnames or []}
    columns = {
        field: next((names[name] for name in known if name in names), None)
        for field, known in COLUMNS.items()
    }
    if columns["day"] is None:
        raise UnreadableItems(
            _(
                "Nothing was taken: no column is called day, date or event_date. The first line names the columns."
            ),
            code="no-day-column",
        )
    return list(_rows(rows, columns))


def _rows(rows: "csv.DictReader[str]", columns: dict[str, str | None]) -> Iterator[Item]:
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS:
            raise UnreadableItems(
                _("Nothing was taken: more than 200,000 rows. Send the table in parts."), code="too-many-rows"
            )

        def cell(field: str, row: dict[str, str] = row) -> str:
            name = columns[field]
            return (row.get(name) or "").strip() if name else ""

        day = _day(cell("day"), number)
        count = _count(cell("count"), number)
        title = cell("title")[:300] or cell("place")[:300] or str(day)
        known = cell("key") or "|".join(str(value) for value in row.values())
        seen = cell("first_seen")[:10]
        first_seen = _day(seen, number) if re.match(r"\d{4}-\d\d-\d\d$", seen) else None
        url = strip_tracking(cell("url"))
        if count:
            yield Item(day, title, item_key(known), url, cell("place")[:120], count, first_seen)


def _day(text: str, number: int) -> date:
    for form in DAYS:
        try:
            return datetime.strptime(text[:40], form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    raise UnreadableItems(
        _(
            "Nothing was taken: row %(row)d has the day “%(day)s”. Write days like 2026-11-30 or 30 November 2026."
        )
        % {"row": number, "day": text[:40]},
        code="unreadable-day",
    )


def _count(text: str, number: int) -> int:
    try:
        count = int(float(text)) if text else 1
    except (ValueError, OverflowError):
        count = -1
    if not 0 <= count <= 1_000_000:
        raise UnreadableItems(
            _("Nothing was taken: row %(row)d has the count “%(count)s”. Write a whole number.")
            % {"row": number, "count": text[:40]},
            code="unreadable-count",
        )
    return count


def item_key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
