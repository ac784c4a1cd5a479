"""What a watched address may hold besides RSS and Atom: a JSON Feed, or a page that names its feed."""

import json
from datetime import date, datetime, tzinfo
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from massline.core.invisible_characters import to_single_line
from massline.desk.listen.watches import feed_troubles
from massline.desk.listen.watches.feed_items import (
    MOST_ENTRIES,
    FeedItem,
    item_key,
    strip_tracking,
    unreadable_feed,
)

FEED_KINDS = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "text/calendar"}
)
_HEAD = 200_000


def is_json_feed(body: bytes) -> bool:
    return body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{" and b"jsonfeed.org" in body[:1000]


def read_json_feed(body: bytes, *, url: str, zone: tzinfo, today: date) -> list[FeedItem]:
    """Items of a JSON Feed (jsonfeed.org, version 1 and 1.1). Raises UnreadableItems."""
    try:
        entries = json.loads(body)["items"]
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise unreadable_feed(feed_troubles.UNREADABLE_JSON) from problem
    listed = entries if isinstance(entries, list) else []
    read = (_json_item(entry, url, zone, today) for entry in listed[:MOST_ENTRIES] if isinstance(entry, dict))
    return [item for item in read if item is not None]


def _json_item(entry: dict[str, Any], url: str, zone: tzinfo, today: date) -> FeedItem | None:
    title = _text(entry, "title", "content_text")[:300].strip()
    if not title:
        return None
    try:
        told = datetime.fromisoformat(_text(entry, "date_published", "date_modified"))
        day = told.astimezone(zone).date() if told.tzinfo else told.date()
    except (ValueError, OverflowError):
        day = today
    address = strip_tracking(_resolve(url, _text(entry, "url")))
    return FeedItem(min(day, today), title, item_key(_text(entry, "id") or address or title), address)


def _text(entry: dict[str, Any], *names: str) -> str:
    """The first of these that is filled; JSON can hold halves of letters, which no database keeps."""
    return to_single_line(str(next(filter(None, map(entry.get, names)), "")))


def _resolve(base: str, link: str) -> str:
    """The full address of a link; empty where it is no address."""
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


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


def find_named_feed_address(body: bytes, url: str) -> str:
    """The address of the first feed that a page names; empty where it is no page or names none."""
    if b"<html" not in body[:5_000].lower() and b"<link" not in body[:5_000].lower():
        return ""
    finder = _LinkFinder()
    finder.feed(body[:_HEAD].decode("utf-8", "replace"))
    addresses = (_resolve(url, href) for href in finder.found)
    return next(
        (one for one in addresses if urlsplit(one).scheme in {"http", "https"} and len(one) <= 500), ""
    )
