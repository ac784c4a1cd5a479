"""Parsing of feeds into dated items."""

import calendar
import hashlib
import io
import logging
import re
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from xml.sax import SAXParseException

import feedparser  # type: ignore[import-untyped]
from django.utils import timezone
from django.utils.translation import gettext_noop

from massline.core.invisible_characters import to_single_line
from massline.core.refusal import CodedError

TRACKING = re.compile(r"^(utm_|fbclid|gclid|mc_|ref$)")
log = logging.getLogger("massline.listen")
NO_FEED = gettext_noop("What came is no feed in RSS or Atom.")
TOO_DEEP = gettext_noop("What came is nested far deeper than a feed.")
MOST_ENTRIES = 1_000
DEEPEST = 500
TAG = re.compile(rb"<(/?)[A-Za-z][^<>]*?(/?)>")
CDATA = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
ENTRY = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s>/]", re.IGNORECASE)
ELEMENT = re.compile(rb"<(/?)([A-Za-z]\w*)(?:\s[^<>]*)?>")
LEAVES = frozenset(
    b"title link guid id pubDate published updated author category summary description".split()
)
AROUND_LEAVES = LEAVES | {b"item", b"entry", b"channel"}


class UnreadableItems(CodedError):
    """A feed or table that cannot be read; the message says why, and nothing was saved."""


@dataclass(frozen=True)
class FeedItem:
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
class ReadFeed:
    """What a feed holds as far as it can be read, and whether it is XML without a fault."""

    items: list[FeedItem]
    is_well_formed: bool = True


def parse_feed(body: bytes, *, today: date, url: str = "") -> ReadFeed:
    """Parse RSS or Atom, also if it is not well-formed. Entries without a date get `today`.

    Links are resolved by the feed's own base, then by `url`, the address it came from.

    An entry that cannot be read is left out; the others are taken.

    Raises
    ------
    UnreadableItems
        If the content is not a feed.
    """
    if _is_too_deep(body):
        raise UnreadableItems(TOO_DEEP)
    body = _first_entries(body)
    read = _parse(body, url)
    is_well_formed = not isinstance(read.get("bozo_exception"), SAXParseException)
    if not is_well_formed:
        read = _parse(_close_texts(body), url)
    if not read.entries and not read.get("version"):
        raise UnreadableItems(NO_FEED)
    items = (_readable_entry(entry, today) for entry in read.entries[:MOST_ENTRIES] if entry.get("title"))
    return ReadFeed([item for item in items if item is not None], is_well_formed)


def _close_texts(body: bytes) -> bytes:
    """Close each text that is followed by the next element, or by its own beginning once more, instead of its end."""
    out: list[bytes] = []
    taken, leaf, begins = 0, b"", 0
    for tag in ELEMENT.finditer(body):
        ends, name = bool(tag[1]), tag[2]
        if name not in AROUND_LEAVES:
            continue
        is_its_end = name == leaf
        if leaf and not (ends and is_its_end) and body[begins : tag.start()].strip():
            out += [body[taken : tag.start()], b"</" + leaf + b">"]
            taken = tag.end() if is_its_end else tag.start()
        opens = name in LEAVES and not ends and not tag[0].endswith(b"/>") and taken != tag.end()
        leaf, begins = (name if opens else b""), tag.end()
    rest = body[begins:] if leaf else b""
    return b"".join([*out, body[taken:], b"</" + leaf + b">" if rest.strip() and b"<" not in rest else b""])


def _parse(body: bytes, url: str) -> feedparser.FeedParserDict:
    return feedparser.parse(
        io.BytesIO(body),
        sanitize_html=True,
        resolve_relative_uris=True,
        response_headers={"content-location": url} if url else None,
    )


def _readable_entry(entry: feedparser.FeedParserDict, today: date) -> FeedItem | None:
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


def _entry(entry: feedparser.FeedParserDict, today: date) -> FeedItem:
    published = entry.get("published_parsed") or dict.get(entry, "updated_parsed")
    day = (
        datetime.fromtimestamp(calendar.timegm(published), timezone.get_current_timezone()).date()
        if published
        else today
    )
    url = strip_tracking(str(entry.get("link", "")))
    title = " ".join(to_single_line(unescape(re.sub(r"<[^>]+>", " ", str(entry["title"])[:4000]))).split())[
        :300
    ]
    return FeedItem(min(day, today), title, item_key(str(entry.get("id") or url or title)), url)


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


def item_key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
