"""Other sizes of the leaps of a fit, told from it without fitting anew.

With one leap's size J given, what is said of a section's level at a question is m + g J. A slab of another variance
changes J's posterior mean and variance, and these change the answer by g and g^2 times as much.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from massline.engine.mood.array_types import Floats
from massline.engine.mood.laplace import ModeFit, solve_factored
from massline.engine.mood.leap_bayes_factors import LEAP_VARIANCES, Leap, log_leap_factor
from massline.engine.mood.recent_readings import RecentReadings, recent_readings
from massline.engine.mood.single_fit_prediction import PredictionPlaces

LEAST_WEIGHT = 0.05


@dataclass(frozen=True, eq=False)
class OtherLeapSize:
    """A variance in the place of the one a leap has, per section: its weight and what it does to the leap; all (S,)."""

    weight: Floats
    shift: Floats
    extra_variance: Floats


@dataclass(frozen=True, eq=False)
class LeapSizes:
    """The largest leap of every section at its other variances.

    Attributes
    ----------
    marks
        The fit, its readings replaced by 1 after each leap and 0 elsewhere.
    time
        When each section leapt, infinite where it did not: (S,).
    grown
        1 + v I without the leap: (S,).
    sizes
        The other variances, the likelier one first.
    """

    marks: ModeFit
    time: Floats
    grown: Floats
    sizes: tuple[OtherLeapSize, ...]

    def answers(
        self, questions: PredictionPlaces, mean: Floats, variance: Floats
    ) -> Iterator[tuple[Floats, ...]]:
        """Weight, mean and variance at every question for each other size, from those of the leaps as they are."""
        section = questions.at.section
        marked, _ = questions.answer(self.marks)
        is_after = questions.at.time >= self.time[section]
        gain = np.where(np.isfinite(self.time[section]), (is_after - marked) * self.grown[section], 0.0)
        for size in self.sizes:
            moved = mean + gain * size.shift[section]
            wider = np.maximum(variance + gain**2 * size.extra_variance[section], 1e-3 * variance)
            yield size.weight[section], moved, wider


def weigh_alternative_sizes(best: ModeFit, chance: Floats) -> LeapSizes | None:
    """Weigh the other variances of the leaps of a fit; None if there is no leap or none of them matters."""
    among = frozenset(leap.section for leap in best.problem.leaps)
    sections, others = best.problem.sections, len(LEAP_VARIANCES) - 1
    weight, shift, extra = (np.zeros((others, sections)) for _ in range(3))
    time, grown, after = np.full(sections, np.inf), np.ones(sections), np.zeros(len(best.working))
    for mine in recent_readings(best, among) if among else ():
        leap = _largest(best, mine)
        marks = mine.marks(leap)
        pull, information = (float(part) for part in mine.score(marks))
        without = max(1 - leap.variance * information, 1e-9)
        pull, information = pull / without, information / without
        time[mine.section], grown[mine.section] = leap.time, 1 + leap.variance * information
        after[mine.row[marks]] = 1.0
        ranked = _ranked(leap, pull, information)
        for rank, (variance, share) in enumerate(ranked[1:]):
            weight[rank, mine.section] = share * chance[mine.section]
            now, then = (v / (1 + v * information) for v in (leap.variance, variance))
            shift[rank, mine.section] = (then - now) * pull
            extra[rank, mine.section] = then - now
    sizes = tuple(
        OtherLeapSize(*parts)
        for parts in zip(weight, shift, extra, strict=True)
        if parts[0].max() >= LEAST_WEIGHT
    )
    return LeapSizes(_marked(best, after), time, grown, sizes) if sizes else None


def _largest(best: ModeFit, mine: RecentReadings) -> Leap:
    leaps = [leap for leap in best.problem.leaps if leap.section == mine.section]
    return max(leaps, key=lambda leap: abs(leap.variance * float(mine.score(mine.marks(leap))[0])))


def _ranked(leap: Leap, pull: float, information: float) -> list[tuple[float, float]]:
    """All variances with their posterior shares: the one it has first, then the likeliest."""
    factors = log_leap_factor(np.array(pull), np.array(information), LEAP_VARIANCES)
    share = np.exp(factors - factors.max())
    pairs = zip(LEAP_VARIANCES.tolist(), (share / share.sum()).tolist(), strict=True)
    return sorted(pairs, key=lambda pair: (pair[0] != leap.variance, -pair[1]))


def _marked(best: ModeFit, after: Floats) -> ModeFit:
    pull, shared = solve_factored(best.problem, best.factor, after)
    marked = replace(best, working=after, pull=pull, shared=shared)
    marked.__dict__["spread"] = best.spread
    return marked
