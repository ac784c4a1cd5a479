"""The quiet level of an issue on each day: a gamma posterior of its usual count, from a prior over issues.

The days -98 to -8 count, their highest twentieth cut down, so that a wave does not raise its own bar. A young
issue has fewer days and a shorter guard; the prior carries the rest, and the spread of the posterior says how
little is known.
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from massline.engine.pulse.counts import Floats, Ints
from massline.engine.pulse.negative_binomial import weekday_factors

GUARD = 7
PAST = 91
PRIOR_EVENTS, PRIOR_DAYS = 0.5, 1.0
"""The prior of a usual day: gamma with half an event in one day, which a handful of days outweighs."""
PRIOR_SIZE, PRIOR_SIZE_DAYS = 1.5, 20.0
SMALLEST_SIZE, LARGEST_SIZE = 0.3, 50.0


@dataclass(frozen=True, eq=False)
class QuietLevel:
    """The quiet level of each day: mean (T,) by weekday; size (T,) of its predictive negative binomial;
    days (T,), how many days it is learned from.
    """

    mean: Floats
    size: Floats
    days: Floats


def estimate_quiet_level(count: Floats, weekday: Ints, first: int = 0) -> QuietLevel:
    """Estimate the quiet level of the days from `first` on, each from days before it only; zeros before."""
    total = len(count)
    sums, variance, days = np.zeros(total), np.zeros(total), np.zeros(total)
    for day in range(first, min(total, PAST + GUARD)):
        past = count[: day - min(GUARD, day // 3)]
        days[day] = len(past)
        if len(past):
            sums[day], variance[day] = (float(value[0]) for value in _cut_down(past[None]))
    start = max(first, PAST + GUARD)
    if total > start:
        windows = sliding_window_view(count, PAST)[start - PAST - GUARD : total - PAST - GUARD]
        sums[start:], variance[start:] = _cut_down(windows)
        days[start:] = PAST
    events = PRIOR_EVENTS + sums
    mean = events / (PRIOR_DAYS + days)
    own = np.clip(mean**2 / np.maximum(variance - mean, 1e-3), SMALLEST_SIZE, LARGEST_SIZE)
    weight = days / (days + PRIOR_SIZE_DAYS)
    spread = np.exp(weight * np.log(own) + (1 - weight) * np.log(PRIOR_SIZE))
    return QuietLevel(mean * _weekdays(count, weekday, first), 1 / (1 / spread + 1 / events), days)


def _weekdays(count: Floats, weekday: Ints, first: int) -> Floats:
    """The factor of each day, learned afresh every fortnight from the days before."""
    factor = np.ones(len(count))
    for start in range(max(first, 14), len(count), 14):
        stretch = slice(start, min(start + 14, len(count)))
        factor[stretch] = weekday_factors(count[:start], weekday[:start])[weekday[stretch]]
    return factor


def _cut_down(past: Floats) -> tuple[Floats, Floats]:
    """Sum and variance of each row with its highest days cut down."""
    cut = np.minimum(past, np.quantile(past, 0.95, axis=1, keepdims=True) + 1)
    return cut.sum(axis=1), cut.var(axis=1)
