"""Record items of feeds and tables as events, each event once with all articles about it."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone

from massline.desk.listen.watches.feed_items import FeedItem
from massline.desk.listen.watches.models import Article, Feed, Watch, WatchedEvent

# Headlines within a day of each other are about the same event if they share this part of their words.
LEAST_SIMILARITY = 0.6
LEAST_WORDS = 4
BATCH_SIZE = 1000
MOST_COMPARED = 200


@dataclass
class ItemCounts:
    """Numbers of items: new events, further articles about known events, known items, and unrelated ones;
    and a sentence for each row of a table that was left out."""

    events: int = 0
    told_again: int = 0
    known: int = 0
    elsewhere: int = 0
    left_out: list[str] = field(default_factory=list)

    def add(self, more: "ItemCounts") -> None:
        self.events += more.events
        self.told_again += more.told_again
        self.known += more.known
        self.elsewhere += more.elsewhere


def record_items(watch: Watch, items: list[FeedItem], *, feed: Feed | None = None) -> ItemCounts:
    """Save each new item as an article, and as an event unless it is about a known one.

    Items of a feed may describe the same event in other words. Rows of a table are always separate events.
    """
    counts = ItemCounts()
    with transaction.atomic(using="desk"):
        known = set(_known(watch, {item.key for item in items}))
        fresh: list[FeedItem] = []
        for item in items:
            if item.key in known:
                counts.known += 1
            elif feed is not None and not watch.concerns(item.title):
                counts.elsewhere += 1
            else:
                known.add(item.key)
                fresh.append(item)
        near = _NearbyEvents(watch, fresh) if feed is not None else None
        for start in range(0, len(fresh), BATCH_SIZE):
            _save(watch, fresh[start : start + BATCH_SIZE], feed, near, counts)
    return counts


def _known(watch: Watch, keys: set[str]) -> list[str]:
    keys_known: list[str] = []
    ordered = sorted(keys)
    for start in range(0, len(ordered), 500):
        part = ordered[start : start + 500]
        keys_known += Article.objects.filter(watch=watch, key__in=part).values_list("key", flat=True)
    return keys_known


def _save(
    watch: Watch, items: list[FeedItem], feed: Feed | None, near: "_NearbyEvents | None", counts: ItemCounts
) -> None:
    item_events: list[WatchedEvent] = []
    new: list[WatchedEvent] = []
    for item in items:
        event = near.find(item) if near else None
        if event is None:
            event = WatchedEvent(
                watch=watch,
                day=item.day,
                title=item.title,
                place=item.place,
                count=item.count,
                first_seen_at=_moment(item, feed),
            )
            new.append(event)
            if near:
                near.add(event)
        item_events.append(event)
    counts.events += len(new)
    counts.told_again += len(items) - len(new)
    WatchedEvent.objects.bulk_create(new)
    Article.objects.bulk_create(
        Article(
            watch=watch,
            event=event,
            feed=feed,
            key=item.key,
            url=item.url,
            title=item.title,
        )
        for item, event in zip(items, item_events, strict=True)
    )


def _moment(item: FeedItem, feed: Feed | None) -> datetime | None:
    """The moment we first knew of an item: now for news, the table's own date for a table, else None."""
    if item.first_seen is not None:
        return datetime.combine(item.first_seen, time(12), tzinfo=UTC)
    return timezone.now() if feed is not None or item.is_news else None


class _NearbyEvents:
    """Events of the same days and the days beside them, by the words of their headlines.

    A headline is compared with those alone that share one of its rarest words: two headlines that have
    LEAST_SIMILARITY of their words in common share at least one of the rarest words of both,
    if so many of them are kept that the others alone could not make up LEAST_SIMILARITY (prefix filtering, Chaudhuri et al. 2006). At most MOST_COMPARED are looked at.
    """

    def __init__(self, watch: Watch, items: list[FeedItem]) -> None:
        days = [item.day for item in items]
        around = (min(days) - timedelta(days=1), max(days) + timedelta(days=1)) if days else None
        events = WatchedEvent.objects.filter(watch=watch, day__range=around) if around else []
        known = list(events)
        titles = [*(event.title for event in known), *(item.title for item in items)]
        self.frequency = Counter(word for title in titles for word in _words(title))
        self.by_word: dict[tuple[date, str], list[tuple[frozenset[str], WatchedEvent]]] = {}
        for event in known:
            self.add(event)

    def add(self, event: WatchedEvent) -> None:
        words = _words(event.title)
        for word in self._rarest(words):
            self.by_word.setdefault((event.day, word), []).append((words, event))

    def find(self, item: FeedItem) -> WatchedEvent | None:
        words = _words(item.title)
        if len(words) < LEAST_WORDS:
            return None
        best: tuple[float, WatchedEvent] | None = None
        for other, event in islice(self._candidates(item.day, words), MOST_COMPARED):
            likeness = _alike(words, other)
            if likeness >= LEAST_SIMILARITY and (best is None or likeness > best[0]):
                best = likeness, event
        return best[1] if best else None

    def _candidates(self, day: date, words: frozenset[str]) -> Iterator[tuple[frozenset[str], WatchedEvent]]:
        seen: set[int] = set()
        for near in (day, day - timedelta(days=1), day + timedelta(days=1)):
            for word in self._rarest(words):
                for other, event in self.by_word.get((near, word), ()):
                    if id(event) not in seen:
                        seen.add(id(event))
                        yield other, event

    def _rarest(self, words: frozenset[str]) -> list[str]:
        count = len(words) - math.ceil(LEAST_SIMILARITY * len(words)) + 1
        return sorted(words, key=lambda word: (self.frequency[word], word))[:count]


def _words(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", title.casefold()))


def _alike(words: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard similarity of two sets of words."""
    return len(words & other) / len(words | other) if words | other else 0.0
