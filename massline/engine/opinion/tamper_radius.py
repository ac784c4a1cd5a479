"""Tamper radius of counts: the fewest coordinated added participants who would overturn a finding.

Exact. Every finding here only weakens as the worst votes are added, so the smallest number is found by doubling and
bisection on the engine's own formulas, for many statements at once. Throughout, `agree` and `seen` are counts, `bar` is
the share a finding needs, and L(a, n) the lower end of the 95 % Jeffreys interval. Nothing here knows a person.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from massline.engine.jeffreys_intervals import jeffreys_bound, jeffreys_mean, jeffreys_variance
from massline.engine.opinion.statement_results import LEAST_SEEN

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NEVER = -1
MOST = 1 << 20
QUANTILE = 0.025
Z_95 = 1.96
AT_ONCE = 256


def smallest_overturning_number(overturned: Callable[[Ints], Bools], size: int, most: int = MOST) -> Ints:
    """The smallest number that overturns each of `size` findings, `NEVER` where not even `most` do.

    `overturned` says for one number a finding whether it is enough, and once enough stays enough.
    """
    low, high = np.full(size, -1, np.int64), np.zeros(size, np.int64)
    while not (done := overturned(high) | (high >= most)).all():
        low, high = np.where(done, low, high), np.where(done, high, np.minimum(2 * high + 1, most))
    found = overturned(high)
    while (wide := found & (high - low > 1)).any():
        middle = np.where(wide, (low + high) // 2, high)
        enough = overturned(middle)
        low, high = np.where(wide & ~enough, middle, low), np.where(wide & enough, middle, high)
    return np.where(found, high, NEVER)


def flat_counts(*counts: ArrayLike) -> tuple[Ints, ...]:
    """Counts as flat integer arrays of one length."""
    return tuple(np.atleast_1d(np.asarray(count, np.int64)) for count in counts)


def share_falls(agree: ArrayLike, seen: ArrayLike, bar: float) -> Ints:
    """Opponents until a / (n + x) < b."""
    a, n = flat_counts(agree, seen)
    return smallest_overturning_number(lambda x: a < bar * np.maximum(n + x, 1), len(a))


def share_rises(agree: ArrayLike, seen: ArrayLike, bar: float) -> Ints:
    """Supporters until (a + x) / (n + x) >= b."""
    a, n = flat_counts(agree, seen)
    return smallest_overturning_number(lambda x: (n + x > 0) & (a + x >= bar * (n + x)), len(a))


def bound_falls(agree: ArrayLike, seen: ArrayLike, bar: float) -> Ints:
    """Opponents until a share is no longer surely above the bar: L(a, n + x) < b."""
    a, n = flat_counts(agree, seen)
    return smallest_overturning_number(lambda x: jeffreys_lower_bound(a, n + x) < bar, len(a))


def bound_rises(agree: ArrayLike, seen: ArrayLike, bar: float) -> Ints:
    """Supporters until a share is surely above the bar: L(a + x, n + x) >= b."""
    a, n = flat_counts(agree, seen)
    return smallest_overturning_number(lambda x: jeffreys_lower_bound(a + x, n + x) >= bar, len(a))


def bridging_falls(agree: Ints, seen: Ints, bar: float) -> Ints:
    """Opponents until agreement is surely above the bar in some group no more, (M,); counts are (k, M).

    One group below the bar is enough, so the cheapest group counts.
    """
    groups, size = seen.shape
    each = bound_falls(agree.ravel(), seen.ravel(), bar).reshape(groups, size)
    return np.asarray(each.min(axis=0), np.int64)


def bridging_rises(agree: Ints, seen: Ints, bar: float) -> Ints:
    """Supporters until agreement is surely above the bar in every group, (M,): each group needs its own."""
    groups, size = seen.shape
    each = bound_rises(agree.ravel(), seen.ravel(), bar).reshape(groups, size)
    return np.asarray(each.sum(axis=0), np.int64)


def breadth_falls(parts: Sequence[tuple[int, int]], bar: float) -> int:
    """Opponents until the least favourable section or group of a demand is surely above the bar no more.

    Parts with fewer than five answers decide nothing, so waking one may be the cheapest way: it takes as many people as
    it lacks. `parts` are agreements and answers; without one of five answers all of them together decide.
    """
    if not any(seen >= LEAST_SEEN for _, seen in parts):
        raise ValueError("no section or group has five answers")
    agree, seen = flat_counts([a for a, _ in parts], [n for _, n in parts])
    return int(np.maximum(LEAST_SEEN - seen, bound_falls(agree, seen, bar)).min())


def consensus_falls(agree: ArrayLike, disagree: ArrayLike, seen: ArrayLike, bar: float) -> int:
    """Opponents until the geometric mean over groups of P(agree) (1 - P(disagree)) is below the bar.

    An opponent in group g leaves a + 1/2 and n - d + 1/2 as they are and adds one to n + 1: the logarithm falls by
    (2 / k) log((n + 2) / (n + 1)), most where fewest answered. So x opponents do most when poured on the smallest
    groups first.
    """
    a, d, n = flat_counts(agree, disagree, seen)
    fixed = float(np.log((a + 0.5) * (n - d + 0.5)).mean())

    def below(x: Ints) -> Bools:
        level = np.log(pour_units(n + 1, int(x[0]))).mean()
        return np.array([np.exp(fixed - 2 * level) < bar])

    return int(smallest_overturning_number(below, 1)[0])


def pour_units(levels: ArrayLike, units: int) -> Floats:
    """Pour whole units, each on the lowest level."""
    raised = np.sort(np.asarray(levels, float))
    for lowest in range(1, len(raised)):
        room = int(raised[lowest] - raised[0]) * lowest
        if units <= room:
            break
        units -= room
        raised[:lowest] = raised[lowest]
    else:
        lowest = len(raised)
    raised[:lowest] += units // lowest
    raised[: units % lowest] += 1
    return raised


def agreement_gap_bound(agree: ArrayLike, seen: ArrayLike) -> Floats:
    """Lower bound of the gap between the most and the least agreeing group; groups come first."""
    mean, variance = jeffreys_mean(agree, seen), jeffreys_variance(agree, seen)
    top, bottom = mean.argmax(axis=0)[None], mean.argmin(axis=0)[None]
    high, low = (np.take_along_axis(mean, at, 0)[0] for at in (top, bottom))
    doubt = np.take_along_axis(variance, top, 0)[0] + np.take_along_axis(variance, bottom, 0)[0]
    return np.asarray(high - low - Z_95 * np.sqrt(doubt))


def divisive_falls(agree: ArrayLike, seen: ArrayLike, bar: float, most: int = 4000) -> int:
    """Participants until two groups are no longer surely apart by the bar, the groups staying as they are.

    Of x added, some oppose within the agreeing group and the others support within the other: every split is tried.
    """
    a, n = flat_counts(agree, seen)
    return int(divisions_fall(a[:, None], n[:, None], bar, most)[0])


def divisions_fall(agree: Ints, seen: Ints, bar: float, most: int = 4000) -> Ints:
    """The same for many statements at once; counts are (2, M)."""
    if len(agree) != 2:
        raise ValueError(f"the number is exact for two groups, got {len(agree)}")
    top = np.asarray(jeffreys_mean(agree, seen).argmax(axis=0))[None]
    order = np.concatenate([top, 1 - top])
    a, n = np.take_along_axis(agree, order, 0), np.take_along_axis(seen, order, 0)
    known: dict[int, bool] = {}

    def closed(x: Ints) -> Bools:
        asked = x * len(x) + np.arange(len(x))
        new = [at for at, key in enumerate(asked.tolist()) if key not in known]
        for start in range(0, len(new), AT_ONCE):
            some = np.array(new[start : start + AT_ONCE], np.int64)
            answers = some_split_closes(a[:, some], n[:, some], x[some], bar)
            known.update(zip(asked[some].tolist(), answers.tolist(), strict=True))
        return np.array([known[key] for key in asked.tolist()], bool)

    return smallest_overturning_number(closed, agree.shape[1], most)


def some_split_closes(a: Ints, n: Ints, x: Ints, bar: float) -> Bools:
    """True where some split of x participants closes the gap of the first group over the second; counts are (2, M)."""
    splits = x + 1
    which = np.repeat(np.arange(len(x)), splits)
    first = np.cumsum(splits) - splits
    support = np.arange(len(which)) - first[which]
    hits = np.stack([a[0, which], a[1, which] + support])
    votes = np.stack([n[0, which] + x[which] - support, n[1, which] + support])
    return np.asarray(np.logical_or.reduceat(agreement_gap_bound(hits, votes) < bar, first))


def split_falls(agree: int, disagree: int, seen: int, bar: float) -> int:
    """Participants until 4 P(agree) P(disagree) is below the bar: the cheapest of agreement, disagreement, passes."""

    def score(a: Ints, d: Ints, n: Ints) -> Floats:
        return np.asarray(np.minimum(4 * (a + 0.5) * (d + 0.5) / (n + 1.0) ** 2, 1.0), np.float64)

    if score(*flat_counts(agree, disagree, seen))[0] < bar:
        return 0
    found = []
    for more in ((1, 0), (0, 1), (0, 0)):
        own = agree if more[0] else disagree
        # Added to one side the product may rise first; beyond its top it only falls.
        top = max(0, seen - 2 * own) if any(more) else 0

        def below(x: Ints, more: tuple[int, int] = more, top: int = top) -> Bools:
            added = top + x
            return score(agree + more[0] * added, disagree + more[1] * added, seen + added) < bar

        found.append(top + int(smallest_overturning_number(below, 1)[0]))
    return min(found)


def jeffreys_lower_bound(agree: Ints, seen: Ints) -> Floats:
    """Lower end of the 95 % Jeffreys interval."""
    return jeffreys_bound(agree, seen, QUANTILE)
