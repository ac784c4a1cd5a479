"""What a feed or a table tells: one item a line, with the day it speaks of."""

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

TRACKING = re.compile(r"^(utm_|fbclid|gclid|mc_|ref$)")
# The names under which the tables of others (ACLED, the Crowd Counting Consortium, our own) keep the same things.
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


class Unreadable(ValueError):
    """A table that cannot be taken in; the message names the row and what is accepted. Nothing was kept."""


@dataclass(frozen=True)
class Item:
    """One thing that was told: what, on which day, where it can be read, and the key it is known by."""

    day: date
    title: str
    key: str
    url: str = ""
    place: str = ""
    count: int = 1
    first_seen: date | None = None
    is_news: bool = False


def of_feed(body: bytes, *, today: date) -> list[Item]:
    """Read RSS or Atom, also where it is not well-formed. An entry without a day happened when we saw it.

    Raises
    ------
    Unreadable
        Where no entry can be found and it is no feed at all.
    """
    read = feedparser.parse(io.BytesIO(body), sanitize_html=True, resolve_relative_uris=True)
    if not read.entries and not read.get("version"):
        raise Unreadable("What came is no feed in RSS or Atom.")
    return [_entry(entry, today) for entry in read.entries if entry.get("title")]


def _entry(entry: feedparser.FeedParserDict, today: date) -> Item:
    told = entry.get("published_parsed") or entry.get("updated_parsed")
    day = datetime.fromtimestamp(calendar.timegm(told), UTC).date() if told else today
    url = plain_address(str(entry.get("link", "")))
    title = " ".join(unescape(re.sub(r"<[^>]+>", " ", str(entry["title"]))).split())[:300]
    return Item(min(day, today), title, key_of(str(entry.get("id") or url or title)), url)


def plain_address(url: str) -> str:
    """Leave out what only follows readers around, so that one article has one address."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"}:
        return ""
    kept = [(name, value) for name, value in parse_qsl(parts.query) if not TRACKING.match(name)]
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path, urlencode(kept), ""))[:500]


def of_table(text: str) -> list[Item]:
    """Read a table with a line of names on top: our own, ACLED's, the Crowd Counting Consortium's or one like them.

    Raises
    ------
    Unreadable
        Where no column holds days, or a row's day or count cannot be read: the row is named.
    """
    first = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    names = {(name or "").strip().casefold(): name for name in rows.fieldnames or []}
    found = {
        what: next((names[one] for one in known if one in names), None) for what, known in COLUMNS.items()
    }
    if found["day"] is None:
        raise Unreadable(
            _(
                "Nothing was taken: no column is called day, date or event_date. The first line names the columns."
            )
        )
    return list(_rows(rows, found))


def _rows(rows: "csv.DictReader[str]", found: dict[str, str | None]) -> Iterator[Item]:
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS:
            raise Unreadable(_("Nothing was taken: more than 200,000 rows. Send the table in parts."))

        def cell(what: str, row: dict[str, str] = row) -> str:
            name = found[what]
            return (row.get(name) or "").strip() if name else ""

        day = _day(cell("day"), number)
        count = _count(cell("count"), number)
        title = cell("title")[:300] or cell("place")[:300] or str(day)
        known = cell("key") or "|".join(str(value) for value in row.values())
        seen = cell("first_seen")[:10]
        first_seen = _day(seen, number) if re.match(r"\d{4}-\d\d-\d\d$", seen) else None
        url = plain_address(cell("url"))
        if count:
            yield Item(day, title, key_of(known), url, cell("place")[:120], count, first_seen)


def _day(text: str, number: int) -> date:
    for form in DAYS:
        try:
            return datetime.strptime(text[:40], form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    raise Unreadable(
        _(
            "Nothing was taken: row %(row)d has the day “%(day)s”. Write days like 2026-11-30 or 30 November 2026."
        )
        % {"row": number, "day": text[:40]}
    )


def _count(text: str, number: int) -> int:
    try:
        count = int(float(text)) if text else 1
    except (ValueError, OverflowError):
        count = -1
    if not 0 <= count <= 1_000_000:
        raise Unreadable(
            _("Nothing was taken: row %(row)d has the count “%(count)s”. Write a whole number.")
            % {"row": number, "count": text[:40]}
        )
    return count


def key_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
