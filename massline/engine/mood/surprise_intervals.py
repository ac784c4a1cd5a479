"""Wider intervals for sections whose newest days were surprising.

Each day is held against what all other readings say of it. Where the last weeks surprised, the section's movement is
taken to be faster than usual: the posterior of a common scale with discounted evidence (West and Harrison 1997, 10.8).
"""

from dataclasses import dataclass

import numpy as np

from massline.engine.mood.array_types import Floats, Ints
from massline.engine.mood.laplace import ModeFit
from massline.engine.mood.recent_readings import RecentReadings, recent_readings

FREEDOM = 5.0
"""Readings' worth of trust in the usual scale."""
HALF_LIFE = 14.0
"""Days after which a surprise counts half."""
LARGE = 2.7
"""A day whose squared deviation is beyond this lies outside its own 90 % interval."""
MOST = 3.0


@dataclass(frozen=True, eq=False)
class IntervalWidening:
    """Per section a factor on the variance, and the time from which on it applies; both (S,)."""

    factor: Floats
    since: Floats

    @classmethod
    def none(cls, sections: int) -> "IntervalWidening":
        """Intervals stay as they are."""
        return cls(np.ones(sections), np.full(sections, np.inf))

    def at(self, section: Ints, time: Floats) -> Floats:
        """Factor at every question."""
        factor: Floats = np.where(time >= self.since[section], self.factor[section], 1.0)
        return factor


def estimate_surprise_widening(plain: ModeFit) -> IntervalWidening:
    """Widening by the surprises of a fit without leaps."""
    sections = plain.problem.sections
    factor, since = np.ones(sections), np.full(sections, np.inf)
    for mine in recent_readings(plain):
        age, square, time = _days(mine)
        large = square > LARGE
        if large.any():
            weight = 0.5 ** (age / HALF_LIFE)
            scale = (FREEDOM + (weight * square).sum()) / (FREEDOM + weight.sum())
            factor[mine.section] = np.clip(scale, 1.0, MOST)
            since[mine.section] = time[large].min()
    return IntervalWidening(factor, since)


def _days(mine: RecentReadings) -> tuple[Floats, Floats, Floats]:
    """Age in days, squared deviation and time of every recent day but the section's first."""
    time = np.unique(mine.time)[0 if np.isfinite(mine.before) else 1 :]
    pull, information = mine.score(mine.time == time[:, None])
    return (1 - time) * mine.days, pull**2 / information, time
