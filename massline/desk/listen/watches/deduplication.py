"""Counting an event once, however many tell of it, and keeping who told of it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from massline.desk.listen.watches.feed_items import Item
from massline.desk.listen.watches.models import Article, Feed, Watch, WatchedEvent

# Two headlines within a day of each other tell of one event where they share this part of their words.
ALIKE = 0.6
LEAST_WORDS = 4
A_PART = 1000


@dataclass
class Counted:
    """What became of the items: new events, further tellings of known ones, known before, another matter."""

    events: int = 0
    told_again: int = 0
    known: int = 0
    elsewhere: int = 0


def take_in(watch: Watch, items: list[Item], *, feed: Feed | None = None) -> Counted:
    """Keep each item as an article, and as an event of its own unless it tells of one that is known.

    What a feed tells may be the same event in other words; a row of a table is an event, as whoever made it said.
    """
    counted = Counted()
    with transaction.atomic(using="desk"):
        known = set(_known(watch, {item.key for item in items}))
        fresh: list[Item] = []
        for item in items:
            if item.key in known:
                counted.known += 1
            elif feed is not None and not watch.concerns(item.title):
                counted.elsewhere += 1
            else:
                known.add(item.key)
                fresh.append(item)
        near = _Near(watch, fresh) if feed is not None else None
        for start in range(0, len(fresh), A_PART):
            _keep(watch, fresh[start : start + A_PART], feed, near, counted)
    return counted


def _known(watch: Watch, keys: set[str]) -> list[str]:
    found: list[str] = []
    ordered = sorted(keys)
    for start in range(0, len(ordered), 500):
        part = ordered[start : start + 500]
        found += Article.objects.filter(watch=watch, key__in=part).values_list("key", flat=True)
    return found


def _keep(watch: Watch, items: list[Item], feed: Feed | None, near: "_Near | None", counted: Counted) -> None:
    told_by: list[WatchedEvent] = []
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
        told_by.append(event)
    counted.events += len(new)
    counted.told_again += len(items) - len(new)
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
        for item, event in zip(items, told_by, strict=True)
    )


def _moment(item: Item, feed: Feed | None) -> datetime | None:
    """Say when we first knew: now for news, as the table says for a table, else nobody knows."""
    if item.first_seen is not None:
        return datetime.combine(item.first_seen, time(12), tzinfo=UTC)
    return timezone.now() if feed is not None or item.is_news else None


class _Near:
    """Events of the days around, by the words of their headlines."""

    def __init__(self, watch: Watch, items: list[Item]) -> None:
        days = [item.day for item in items]
        around = (min(days) - timedelta(days=1), max(days) + timedelta(days=1)) if days else None
        events = WatchedEvent.objects.filter(watch=watch, day__range=around) if around else []
        self.by_day: dict[object, list[tuple[frozenset[str], WatchedEvent]]] = {}
        for event in events:
            self.add(event)

    def add(self, event: WatchedEvent) -> None:
        self.by_day.setdefault(event.day, []).append((_words(event.title), event))

    def find(self, item: Item) -> WatchedEvent | None:
        words = _words(item.title)
        if len(words) < LEAST_WORDS:
            return None
        days = (item.day + timedelta(days=n) for n in (0, -1, 1))
        candidates = [
            (_alike(words, other), event) for day in days for other, event in self.by_day.get(day, [])
        ]
        best = max(candidates, key=lambda one: one[0], default=None)
        return best[1] if best and best[0] >= ALIKE else None


def _words(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", title.casefold()))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard's share of words in common."""
    return len(one & other) / len(one | other) if one | other else 0.0
