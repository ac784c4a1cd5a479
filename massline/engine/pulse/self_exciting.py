"""A negative-binomial self-exciting model: activity breeds activity, with a memory that fades geometrically.

count_t ~ NB(share_t [ weekday_t (base + sum_j strength_j E_j,t) + kept announced_t ], size), E_j,t+1 = keep_j
E_j,t + (1 - keep_j) unannounced_t / weekday_t, keep_j = 1 - 1 / memory_j. With one memory this is
NB-INGARCH(1,1) (Ferland et al. 2006), a discrete Hawkes process. `share_t` is the part of the day already
reported. Old days fade from the fit with a half-life; events that were announced excite nothing.
"""

from dataclasses import dataclass

import numpy as np
import scipy

from massline.engine.pulse.counts import Floats, Ints
from massline.engine.pulse.negative_binomial import log_likelihood, weekday_factors

KEPT = 0.8
"""Share of announced events taken to happen before an issue's own history says otherwise."""
WEEKDAY_EVENTS = 10.0
"""Events by which each day of the week is held to the average day."""
COMPLETE = 0.98
TRUSTED = 0.5


@dataclass(frozen=True, eq=False)
class DaysToFit:
    """The days a model is fitted to.

    count : (T,); weekday, announced : (T + 7,) with the days ahead; share : (T,) reported by now, 1 where
    complete. doubt : weight of the beta posterior of the last day's share in sightings; None where it is known.
    """

    count: Floats
    weekday: Ints
    announced: Floats
    share: Floats
    doubt: float | None = None

    @property
    def settled(self) -> int:
        """The number of days, from the first, that are as good as completely reported."""
        late = np.flatnonzero(self.share < COMPLETE)
        return int(late[0]) if len(late) else len(self.count)

    def last(self, days: int) -> "DaysToFit":
        """Return the same without all but the last days."""
        cut = max(len(self.count) - days, 0)
        return DaysToFit(
            self.count[cut:], self.weekday[cut:], self.announced[cut:], self.share[cut:], self.doubt
        )


@dataclass(frozen=True)
class FixedParameters:
    """Fixed parameters: memories in days, half-life of the past, and the ceiling of the branching ratio."""

    memories: tuple[float, ...]
    half_life: float = 120.0
    ceiling: float = 1.05
    train: int = 730


@dataclass(frozen=True, eq=False)
class SelfExcitingModel:
    """A fitted model; `state` is E on the first day not settled, `branching` the sum of strengths."""

    shape: FixedParameters
    days: DaysToFit
    factor: Floats
    base: float
    strength: Floats
    size: float
    kept: float
    state: Floats
    excitation: Floats

    @property
    def branching(self) -> float:
        """Share of activity explained by earlier activity; it lags, so it never says whether a wave grows."""
        return float(self.strength.sum())

    def mean(self) -> Floats:
        """Expected complete count of every fitted day, from the days before: (T,)."""
        size = len(self.days.count)
        level = self.factor[self.days.weekday[:size]] * (self.base + self.excitation @ self.strength)
        value: Floats = level + self.kept * self.days.announced[:size]
        return value

    def score(self, days: int = 365) -> float:
        """Log likelihood of the last days."""
        mean = self.days.share * self.mean()
        return float(log_likelihood(self.days.count[-days:], mean[-days:], self.size).sum())

    def excitation_on(self, day: int) -> Floats:
        """E on a day, from the days before: (J,)."""
        return self.excitation[day] if day < len(self.excitation) else self.state


def fit_self_exciting(days: DaysToFit, shape: FixedParameters) -> SelfExcitingModel:
    """Fit by penalised likelihood with analytic gradient (L-BFGS-B)."""
    days = days.last(shape.train)
    # A wave does not keep the weekdays of a handful of quiet events.
    factor = weekday_factors(days.count, days.weekday[: len(days.count)], hold=0.0, events=WEEKDAY_EVENTS)
    loss = _Loss(days, shape, factor)
    found = scipy.optimize.minimize(
        loss, loss.start(), jac=True, method="L-BFGS-B", bounds=loss.bounds(), options={"maxiter": 40}
    )
    memories = len(shape.memories)
    return SelfExcitingModel(
        shape=shape,
        days=days,
        factor=factor,
        base=float(np.exp(found.x[0])),
        strength=found.x[1 : 1 + memories],
        size=float(np.exp(found.x[1 + memories])),
        kept=float(found.x[-1]) if loss.called else KEPT,
        state=loss.excitation[days.settled],
        excitation=loss.excitation[:-1],
    )


def decay_counts(unannounced: Floats, memories: tuple[float, ...]) -> Floats:
    """E on every day and on the day after: (T + 1, J)."""
    out = np.zeros((len(unannounced) + 1, len(memories)))
    for j, memory in enumerate(memories):
        keep = 1 - 1 / memory
        out[1:, j] = scipy.signal.lfilter([1 - keep], [1, -keep], unannounced)
    return out


class _Loss:
    """Penalised negative log likelihood of (log base, strengths, log size[, kept]) and its gradient."""

    def __init__(self, days: DaysToFit, shape: FixedParameters, factor: Floats) -> None:
        size = len(days.count)
        self.shape, self.count, self.share = shape, days.count, days.share
        self.called = bool(days.announced[:size].any())
        self.announced = days.announced[:size]
        self.factor = factor[days.weekday[:size]]
        fresh = np.maximum(self.count - self.announced, 0) / (self.factor * np.maximum(self.share, TRUSTED))
        self.excitation = decay_counts(fresh, shape.memories)
        self.weight = 0.5 ** (np.arange(size)[::-1] / shape.half_life)
        self.weight[:14] = 0
        self.weight[self.share < TRUSTED] = 0
        total = max(float(self.weight.sum()), 1e-9)
        average = max(float((self.weight * fresh * self.factor).sum()) / total, 0.02)
        self.centre = float(np.log(0.3 * average + 0.02))

    def start(self) -> Floats:
        memories = len(self.shape.memories)
        strength = np.full(memories, 0.75 / memories)
        return np.concatenate([[self.centre], strength, [np.log(2.0)], [KEPT] * self.called])

    def bounds(self) -> list[tuple[float, float]]:
        inner = [(0.0, 1.2)] * len(self.shape.memories)
        return [(-7.0, 6.0), *inner, (float(np.log(0.1)), float(np.log(300))), *[(0.0, 2.0)] * self.called]

    def __call__(self, vector: Floats) -> tuple[float, Floats]:
        memories = len(self.shape.memories)
        base, strength, size = np.exp(vector[0]), vector[1 : 1 + memories], np.exp(vector[1 + memories])
        kept = vector[-1] if self.called else KEPT
        own = self.factor * (base + self.excitation[:-1] @ strength)
        mean = self.share * (own + kept * self.announced) + 1e-9
        fit = (self.weight * log_likelihood(self.count, mean, size)).sum()
        push = self.weight * (self.count / mean - (self.count + size) / (size + mean)) * self.share
        along = (
            scipy.special.digamma(self.count + size)
            - scipy.special.digamma(size)
            + np.log(size / (size + mean))
        )
        along += 1 - (size + self.count) / (size + mean)
        slope = np.concatenate(
            [
                [(push * self.factor).sum() * base],
                self.excitation[:-1].T @ (push * self.factor),
                [(self.weight * along).sum() * size],
                [(push * self.announced).sum()] * self.called,
            ]
        )
        penalty, bend = self._penalty(vector)
        return float(penalty - fit), bend - slope

    def _penalty(self, vector: Floats) -> tuple[float, Floats]:
        """Hold the branching ratio near .75 and below its ceiling; weakly hold base and size; hold `kept`
        near .8.
        """
        memories = len(self.shape.memories)
        strength = slice(1, 1 + memories)
        branching = float(vector[strength].sum())
        over = max(0.0, branching - self.shape.ceiling)
        low, spread = vector[0] - self.centre, vector[1 + memories] - np.log(2.0)
        value = 16 * (branching - 0.75) ** 2 + 500 * over**2 + 0.05 * low**2 + 0.02 * spread**2
        slope = np.zeros(len(vector))
        slope[0] = 0.1 * low
        slope[strength] = 32 * (branching - 0.75) + 1000 * over
        slope[1 + memories] = 0.04 * spread
        if self.called:
            away = (vector[-1] - KEPT) / 0.3
            value += 0.5 * away**2
            slope[-1] = away / 0.3
        return float(value), slope
