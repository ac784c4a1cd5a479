"""All readings at known strengths: the likeliest leaps, and the fits with more, fewer or other ones beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from massline.engine.mood.array_types import Floats
from massline.engine.mood.laplace import ModeFit, fit_mode
from massline.engine.mood.leap_bayes_factors import ODD_VARIANCE, Leap, OddReading, Term
from massline.engine.mood.leap_search import LeapFit, search_leaps
from massline.engine.mood.leap_sizes import LeapSizes, weigh_alternative_sizes
from massline.engine.mood.model_problem import Problem
from massline.engine.mood.surprise_intervals import IntervalWidening, estimate_surprise_widening

UNSURE = 3.0
"""Log odds against a term from which it is excluded."""
SURE = 0.98
"""Probability of a leap from which it is taken as sure."""
POSSIBLE = 0.1
"""Probability of a leap of the last day from which it leaves the past alone."""
LOOSER = 10.0
"""How much less exactly the likeliest leaps are fitted than the plain fit."""
NEAR = 0.3
"""How exactly the fits beside the best are found: what is told from them takes the step left, whose square is lost."""


@dataclass(frozen=True, eq=False)
class LeapModelSet:
    """Fits at the same strengths.

    Attributes
    ----------
    best
        With every term that is likelier than not.
    others
        Other fits, each with how much of every section's estimate comes from it: (S,).
    sizes
        The leaps of the best at their other variances, if any matters.
    chance
        Probability per section that it leapt in the weeks searched: (S,).
    likeliest
        Per section that could have leapt its likeliest leap, were it the only one, with its size in logits.
    widening
        How much wider recent surprises make each section's intervals.
    """

    best: ModeFit
    others: tuple[tuple[ModeFit, Floats], ...]
    sizes: LeapSizes | None
    chance: Floats
    likeliest: dict[int, tuple[Leap, float]]
    widening: IntervalWidening

    def leaps_since(self, time: float) -> tuple[Leap, ...]:
        """Leaps that may have come at this time or later."""
        possible = [leap for leap, _size in self.likeliest.values() if self.chance[leap.section] >= POSSIBLE]
        known = {leap.section for leap in self.best.problem.leaps}
        leaps = [*self.best.problem.leaps, *(leap for leap in possible if leap.section not in known)]
        return tuple(leap for leap in leaps if leap.time >= time)


def weigh_leap_models(
    problem: Problem, theta: Floats, gaps: Floats, *, leaps: bool = True, tolerance: float = 1e-3
) -> LeapModelSet:
    """Fit all readings, look for leaps, and weigh what is unsure."""
    plain = fit_mode(problem, theta, gaps, tolerance=tolerance)
    if not leaps:
        return LeapModelSet(
            plain, (), None, np.zeros(problem.sections), {}, IntervalWidening.none(problem.sections)
        )
    wider = estimate_surprise_widening(plain)
    tolerance *= LOOSER
    possible = search_leaps(plain, least=-UNSURE, tolerance=tolerance)
    if not possible.odds:
        return LeapModelSet(plain, (), None, possible.chance, possible.likeliest, wider)
    likely = [term for term, odds in possible.odds.items() if odds > 0]
    best = possible.fit if len(likely) == len(possible.odds) else _with(possible.fit, likely, tolerance)
    others = [
        *_more(plain, possible),
        *_fewer(best, possible),
    ]
    sizes = weigh_alternative_sizes(best, possible.chance)
    return LeapModelSet(best, tuple(others), sizes, possible.chance, possible.likeliest, wider)


def _with(near: ModeFit, terms: Iterable[Term], tolerance: float) -> ModeFit:
    """Fit with these terms, starting from a fit with others."""
    leaps = tuple(sorted(term for term in terms if isinstance(term, Leap)))
    odd = tuple(sorted(term for term in terms if isinstance(term, OddReading)))
    problem = near.problem.with_terms(leaps, odd)
    return fit_mode(problem, near.theta, near.gaps, start=near.eta, tolerance=tolerance)


def _more(plain: ModeFit, possible: LeapFit) -> list[tuple[ModeFit, Floats]]:
    """The fit with every possible term, where some are unlikely."""
    weight = np.zeros(plain.problem.sections)
    for term, log_odds in possible.odds.items():
        if log_odds <= 0:
            section = term.section if isinstance(term, Leap) else int(plain.problem.at.section[term.row])
            weight[section] = max(weight[section], 1 / (1 + np.exp(-log_odds)))
    likely = [term.section for term, odds in possible.odds.items() if isinstance(term, Leap) and odds > 0]
    weight[likely] = 0.0
    return [(possible.fit, weight)] if weight.any() else []


def _fewer(best: ModeFit, possible: LeapFit) -> list[tuple[ModeFit, Floats]]:
    """A fit without the leaps that are unsure; a reading that would be odd without its leap is taken to be."""
    unsure = sorted({leap.section for leap in best.problem.leaps if possible.chance[leap.section] < SURE})
    if not unsure:
        return []
    kept = [leap for leap in best.problem.leaps if leap.section not in unsure]
    rows = [int(possible.oddest[section]) for section in unsure if possible.oddest[section] >= 0]
    odd = {*best.problem.odd, *(OddReading(row, ODD_VARIANCE) for row in rows)}
    weight = np.zeros(best.problem.sections)
    weight[unsure] = 1 - possible.chance[unsure]
    return [(_with(best, [*kept, *odd], NEAR), weight)]
