"""How many came in on which day and by which way, in steps of so many that nobody's coming can be told from them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Count
from django.utils import timezone

from massline.core.disclosure_threshold import threshold
from massline.square.conversations.arrivals.models import DaySetAside
from massline.square.conversations.models import Conversation
from massline.square.conversations.trust_levels import Level, level_named

MANY_TIMES, MANY_STEPS = 3, 10


@dataclass(frozen=True)
class DayOfArrivals:
    """One day: of each way at least so many came, 0 where they were fewer than may be told of."""

    day: date
    people: tuple[int, ...]
    by_open_door: int
    is_burst: bool
    aside: DaySetAside | None


@dataclass(frozen=True)
class Arrivals:
    """The days on which enough people came in by one way, the newest first, and those ways."""

    least: int
    levels: tuple[Level, ...]
    days: tuple[DayOfArrivals, ...]


def count_arrivals(conversation: Conversation) -> Arrivals:
    """Count newcomers by day and way, each count rounded down to a multiple of the threshold.

    A day with fewer of every way is not listed. What was brought in from elsewhere came on no day.
    """
    least = threshold(conversation.organisation).k
    rows = (
        conversation.participants.exclude(level=Level.IMPORTED)
        .values_list("joined_on", "level")
        .annotate(n=Count("pk"))
    )
    told: dict[date, dict[Level, int]] = defaultdict(dict)
    for day, level, people in rows:
        if people >= least:
            told[day][level_named(level)] = people - people % least
    levels = tuple(level for level in Level if any(level in day for day in told.values()))
    aside = {one.day: one for one in conversation.days_aside.all()}
    open_door = {day: came.get(Level.OPEN, 0) for day, came in told.items()}
    return Arrivals(
        least,
        levels,
        tuple(
            DayOfArrivals(
                day,
                tuple(told[day].get(level, 0) for level in levels),
                open_door[day],
                is_arrival_burst(day, open_door, least, since=timezone.localdate(conversation.opens_at)),
                aside.get(day),
            )
            for day in sorted(told, reverse=True)
        ),
    )


def is_arrival_burst(day: date, open_door: Mapping[date, int], least: int, *, since: date) -> bool:
    """True if far more came through the open door than on the middle one of the other days listed.

    Where none is, the days since the conversation opened were quiet; the only day of a conversation is no burst.
    """
    others = [people for other, people in open_door.items() if other != day]
    if not others and since >= day:
        return False
    usual = median(others) if others else 0
    return open_door[day] >= max(MANY_STEPS * least, MANY_TIMES * usual)
