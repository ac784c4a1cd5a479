"""Each section's newest day as it was heard, plainly counted, to be shown beside every estimate."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from massline.engine.mood.array_types import Floats
from massline.engine.mood.display_scale import Z90, Scale
from massline.engine.mood.readings import MoodReadings

DAYS = 7
HEARD_ENOUGH = 5
"""People heard on the newest day from which it can contradict the estimate."""


@dataclass(frozen=True)
class NewestDayHeard:
    """A section's newest day as it was heard.

    Attributes
    ----------
    counts
        People by step.
    mean, low, high
        Plain mean with its own 90 % interval, a group's report counting as fewer people.
    is_at_odds
        Five or more were heard, and neither does the estimate's interval hold the plain mean nor the plain
        interval the estimate.
    """

    day: date
    people: float
    counts: tuple[float, ...]
    mean: float
    low: float
    high: float
    is_at_odds: bool


def newest_days(
    readings: MoodReadings, last: date, scale: Scale, item: int, now: tuple[Floats, Floats, Floats]
) -> tuple[NewestDayHeard | None, ...]:
    """The newest day of every section in the week up to `last`; None where nobody was heard.

    `now` is the estimate of that day: mean and both ends of its interval, each (S,).
    """
    recent = (readings.item == item) & (readings.day > last.toordinal() - DAYS)
    found: list[NewestDayHeard | None] = []
    for section, (mean, low, high) in enumerate(zip(*now, strict=True)):
        mine = recent & (readings.section == section)
        found.append(_newest(readings, mine, scale, (mean, low, high)) if mine.any() else None)
    return tuple(found)


def _newest(
    readings: MoodReadings, mine: np.ndarray, scale: Scale, now: tuple[float, float, float]
) -> NewestDayHeard:
    day = int(readings.day[mine].max())
    rows = np.flatnonzero(mine & (readings.day == day))
    counts = readings.counts[rows, : len(scale.values)].sum(axis=0)
    mean = float(counts @ scale.values / counts.sum())
    worth = float((readings.counts[rows].sum(axis=1) * readings.worth[rows]).sum())
    share = (counts / counts.sum() * worth + 1 / len(counts)) / (worth + 1)
    variance = share @ scale.values**2 - (share @ scale.values) ** 2
    reach = Z90 * float(np.sqrt(variance / (worth + 1)))
    low, high = max(mean - reach, float(scale.values[0])), min(mean + reach, float(scale.values[-1]))
    is_off = not low <= now[0] <= high and not now[1] <= mean <= now[2]
    people = float(counts.sum())
    return NewestDayHeard(
        day=date.fromordinal(day),
        people=people,
        counts=tuple(counts.tolist()),
        mean=mean,
        low=low,
        high=high,
        is_at_odds=people >= HEARD_ENOUGH and is_off,
    )
