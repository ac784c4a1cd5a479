"""Parsing of feeds and tables into dated items."""

import calendar
import csv
import hashlib
import io
import logging
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import feedparser  # type: ignore[import-untyped]
from django.utils.translation import gettext as _

from massline.core.plain_text import one_line
from massline.core.refusal import CodedError
from massline.core.table_limits import TooManyColumns, TooManyRows, counted_lines

TRACKING = re.compile(r"^(utm_|fbclid|gclid|mc_|ref$)")
# Column names in the tables of ACLED, the Crowd Counting Consortium and our own.
log = logging.getLogger("massline.listen")
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
MOST_ROWS, MOST_COLUMNS = 200_000, 2_000
MOST_ENTRIES = 1_000
DEEPEST = 500
TAG = re.compile(rb"<(/?)[A-Za-z][^<>]*?(/?)>")
CDATA = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
ENTRY = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s>/]", re.IGNORECASE)


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


@dataclass(frozen=True)
class TableItems:
    """Items of a table, and a sentence for each row that was left out."""

    items: list[Item]
    left_out: list[UnreadableItems]


def parse_feed(body: bytes, *, today: date) -> list[Item]:
    """Parse RSS or Atom, also if it is not well-formed. Entries without a date get `today`.

    An entry that cannot be read is left out; the others are taken.

    Raises
    ------
    UnreadableItems
        If the content is not a feed.
    """
    if _is_too_deep(body):
        raise UnreadableItems("What came is nested far deeper than a feed.")
    read = feedparser.parse(io.BytesIO(_first_entries(body)), sanitize_html=True, resolve_relative_uris=True)
    if not read.entries and not read.get("version"):
        raise UnreadableItems("What came is no feed in RSS or Atom.")
    items = (_readable_entry(entry, today) for entry in read.entries[:MOST_ENTRIES] if entry.get("title"))
    return [item for item in items if item is not None]


def _readable_entry(entry: feedparser.FeedParserDict, today: date) -> Item | None:
    try:
        return _entry(entry, today)
    except (ValueError, OverflowError, OSError, TypeError, AttributeError) as problem:
        log.info("An entry of a feed cannot be read: %s", type(problem).__name__)
        return None


def _first_entries(body: bytes) -> bytes:
    """The feed up to its MOST_ENTRIES newest entries; feeds begin with the newest."""
    entries = ENTRY.finditer(body)
    beyond = next(islice(entries, MOST_ENTRIES, None), None)
    return body if beyond is None else body[: beyond.start()]


def _is_too_deep(body: bytes) -> bool:
    """True if elements are nested deeper than DEEPEST. Texts inside CDATA are left out, as they may be broken HTML."""
    depth = deepest = 0
    for tag in TAG.finditer(CDATA.sub(b"", body)):
        if tag[1]:
            depth = max(depth - 1, 0)
        elif not tag[2]:
            depth += 1
            deepest = max(deepest, depth)
            if deepest > DEEPEST:
                return True
    return False


def _entry(entry: feedparser.FeedParserDict, today: date) -> Item:
    published = entry.get("published_parsed") or dict.get(entry, "updated_parsed")
    day = datetime.fromtimestamp(calendar.timegm(published), UTC).date() if published else today
    url = strip_tracking(str(entry.get("link", "")))
    title = " ".join(one_line(unescape(re.sub(r"<[^>]+>", " ", str(entry["title"])[:4000]))).split())[:300]
    return Item(min(day, today), title, item_key(str(entry.get("id") or url or title)), url)


def strip_tracking(url: str) -> str:
    """Remove tracking parameters, so that one article has one address; empty unless http or https."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"}:
        return ""
    kept = [(name, value) for name, value in parse_qsl(parts.query) if not TRACKING.match(name)]
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path, urlencode(kept), ""))[:500]


def parse_table(text: str) -> TableItems:
    """Parse a CSV table with column names: our own, ACLED's, the Crowd Counting Consortium's or a similar one.

    Raises
    ------
    UnreadableItems
        If no column holds dates, or no row can be read. A row that cannot be read is left out and named.
    """
    first = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    lines = counted_lines(
        text.lstrip("\ufeff"), delimiter=delimiter, most_lines=4 * MOST_ROWS, most_columns=MOST_COLUMNS
    )
    rows = csv.DictReader(lines, delimiter=delimiter)
    too_many = _("Nothing was taken: more than 200,000 rows. Send the table in parts.")
    try:
        return _rows(rows, _columns(rows))
    except TooManyRows as problem:
        raise UnreadableItems(too_many, code="too-many-rows") from problem
    except TooManyColumns as problem:
        raise UnreadableItems(
            _("Nothing was taken: more than %(n)d columns.") % {"n": MOST_COLUMNS}
        ) from problem
    except csv.Error as problem:
        raise UnreadableItems(
            _("Nothing was taken: this is no table. Save it as CSV and send it again.")
        ) from problem


def _columns(rows: "csv.DictReader[str]") -> dict[str, str | None]:
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
    return columns


def _rows(rows: "csv.DictReader[str]", columns: dict[str, str | None]) -> TableItems:
    table = TableItems([], [])
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS:
            raise TooManyRows(str(MOST_ROWS))
        try:
            item = _row(row, columns, number)
        except UnreadableItems as problem:
            table.left_out.append(problem)
        else:
            table.items.extend([item] if item.count else [])
    if table.left_out and not table.items:
        first = table.left_out[0]
        raise UnreadableItems(_("Nothing was taken: %(why)s") % {"why": first}, code=first.code)
    return table


def _row(row: dict[str, str], columns: dict[str, str | None], number: int) -> Item:
    def cell(field: str) -> str:
        name = columns[field]
        return one_line(row.get(name) or "").strip() if name else ""

    day = _day(cell("day"), number)
    count = _count(cell("count"), number)
    title = cell("title")[:300] or cell("place")[:300] or str(day)
    known = cell("key") or "|".join(str(value) for value in row.values())
    seen = cell("first_seen")[:10]
    first_seen = _day(seen, number) if re.match(r"\d{4}-\d\d-\d\d$", seen) else None
    return Item(
        day, title, item_key(known), strip_tracking(cell("url")), cell("place")[:120], count, first_seen
    )


def _day(text: str, number: int) -> date:
    for form in DAYS:
        try:
            return datetime.strptime(text[:40], form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    raise UnreadableItems(
        _("row %(row)d has the day “%(day)s”. Write days like 2026-11-30 or 30 November 2026.")
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
            _("row %(row)d has the count “%(count)s”. Write a whole number.")
            % {"row": number, "count": text[:40]},
            code="unreadable-count",
        )
    return count


def item_key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
