"""The alarm: a negative-binomial CUSUM against each issue's own quiet (Hoehle and Paul 2008).

S_t = max(0, S_t-1 + log NB(count; 2.5 baseline) - log NB(count; baseline)); alarm where S exceeds a height
that real quiet years rarely reach. The baseline is the winsorised mean of days t-98 to t-8 by weekday, so a
wave does not raise its own bar.
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from massline.engine.pulse.counts import Floats, Ints
from massline.engine.pulse.negbin import log_likelihood, weekday_factors

RISE = 2.5
GUARD = 7
PAST = 91
LEAST_DAYS = 40
CAP = 40.0
MERGE = 14
HEIGHT = 6.0
"""About 1.4 false alarms per issue and year on the quiet years of nine real series (bench/pulse.py)."""


@dataclass(frozen=True, eq=False)
class Cusum:
    """The CUSUM of every day.

    height : (T,) S; NaN before 40 days of history. baseline : (T,) expected count. size : (T,) of the
    baseline's spread.
    """

    height: Floats
    baseline: Floats
    size: Floats

    def since(self, threshold: float) -> int | None:
        """Day on which the present alarm began; None if it has been quiet for a fortnight."""
        days = np.flatnonzero(self.height >= threshold)
        if not len(days) or len(self.height) - 1 - days[-1] > MERGE:
            return None
        return alarm_starts(days)[-1]

    def smallest_visible(self, threshold: float, within: int = 7) -> float:
        """Events a day that would, on average, raise an alarm within this many days, starting from quiet."""
        low, size = float(self.baseline[-1]), float(self.size[-1])
        high = RISE * low
        slope = np.log(high / (size + high)) - np.log(low / (size + low))
        start = size * (np.log(size / (size + high)) - np.log(size / (size + low)))
        return float((threshold / within - start) / slope)


def alarm_starts(days: Ints) -> list[int]:
    """First days of alarms, alarms less than a fortnight apart being one."""
    return [int(day) for place, day in enumerate(days) if place == 0 or day - days[place - 1] > MERGE]


def run_cusum(count: Floats, weekday: Ints, announced: Floats, share: Floats) -> Cusum:
    """Run the CUSUM over a whole series; what was announced is expected, so it alarms nobody. All (T,)."""
    baseline, size = _baseline(count, weekday)
    expected = share * (baseline + announced)
    raised = share * (RISE * baseline + announced)
    step = log_likelihood(count, raised, size) - log_likelihood(count, expected, size)
    height = np.full(len(count), np.nan)
    level = 0.0
    for day in range(LEAST_DAYS, len(count)):
        level = min(max(0.0, level + float(step[day])), CAP)
        height[day] = level
    return Cusum(height, baseline, size)


def _baseline(count: Floats, weekday: Ints) -> tuple[Floats, Floats]:
    days = len(count)
    mean, variance = np.full(days, 0.03), np.full(days, 0.03)
    for day in range(LEAST_DAYS, min(days, PAST + GUARD)):
        quiet = count[: day - GUARD]
        mean[day], variance[day] = (float(value[0]) for value in _calm(quiet[None]))
    if days > PAST + GUARD:
        past = sliding_window_view(count, PAST)[: days - PAST - GUARD]
        mean[PAST + GUARD :], variance[PAST + GUARD :] = _calm(past)
    size = np.clip(mean**2 / np.maximum(variance - mean, 1e-3), 0.3, 50)
    factor = np.ones(days)
    for start in range(LEAST_DAYS, days, 14):
        stretch = slice(start, min(start + 14, days))
        factor[stretch] = weekday_factors(count[:start], weekday[:start])[weekday[stretch]]
    return mean * factor, size


def _calm(past: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of each row with its highest days cut down."""
    cut = np.minimum(past, np.quantile(past, 0.95, axis=1, keepdims=True) + 1)
    mean = np.maximum((cut.sum(axis=1) + 0.5) / (past.shape[1] + 1), 0.03)
    return mean, cut.var(axis=1)
