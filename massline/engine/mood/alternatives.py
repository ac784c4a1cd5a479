"""All readings at known strengths: the likeliest leaps, and the fits with more, fewer or other ones beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from massline.engine.mood.array_types import Floats
from massline.engine.mood.laplace import Fit, Problem, fit
from massline.engine.mood.leap_search import Found
from massline.engine.mood.leap_search import search as search_leaps
from massline.engine.mood.leaps import LEAP_VARIANCES, ODD_VARIANCE, Leap, OddReading, Term, log_leap_factor
from massline.engine.mood.recent_readings import recent_readings
from massline.engine.mood.surprise import Widening, widening

UNSURE = 3.0
"""Log odds against a term from which it is excluded."""
SURE = 0.98
"""Probability of a leap from which it is taken as sure."""
LEAST_WEIGHT = 0.05
LOOSER = 10.0
"""How much less exactly the alternatives are fitted than the plain fit."""


@dataclass(frozen=True, eq=False)
class Alternatives:
    """Fits at the same strengths.

    Attributes
    ----------
    best
        With every term that is likelier than not.
    others
        Other fits, each with how much of every section's estimate comes from it: (S,).
    chance
        Probability per section that it leapt in the weeks searched: (S,).
    widening
        How much wider recent surprises make each section's intervals.
    """

    best: Fit
    others: tuple[tuple[Fit, Floats], ...]
    chance: Floats
    widening: Widening


def alternatives(
    problem: Problem, theta: Floats, gaps: Floats, *, leaps: bool = True, tolerance: float = 1e-3
) -> Alternatives:
    """Fit all readings, look for leaps, and weigh what is unsure."""
    plain = fit(problem, theta, gaps, tolerance=tolerance)
    if not leaps:
        return Alternatives(plain, (), np.zeros(problem.sections), Widening.none(problem.sections))
    wider = widening(plain)
    tolerance *= LOOSER
    possible = search_leaps(plain, least=-UNSURE, tolerance=tolerance)
    if not possible.odds:
        return Alternatives(plain, (), possible.chance, wider)
    likely = [term for term, odds in possible.odds.items() if odds > 0]
    best = possible.fit if len(likely) == len(possible.odds) else _with(plain, likely, tolerance)
    others = [
        *_more(plain, possible),
        *_fewer(plain, best, possible, tolerance),
        *_sizes(best, possible.chance, tolerance),
    ]
    return Alternatives(best, tuple(others), possible.chance, wider)


def _with(plain: Fit, terms: Iterable[Term], tolerance: float) -> Fit:
    leaps = tuple(sorted(term for term in terms if isinstance(term, Leap)))
    odd = tuple(sorted(term for term in terms if isinstance(term, OddReading)))
    if not leaps and not odd:
        return plain
    problem = plain.problem.with_terms(leaps, odd)
    return fit(problem, plain.theta, plain.gaps, start=plain.eta, tolerance=tolerance)


def _more(plain: Fit, possible: Found) -> list[tuple[Fit, Floats]]:
    """The fit with every possible term, where some are unlikely."""
    weight = np.zeros(plain.problem.sections)
    for term, log_odds in possible.odds.items():
        if log_odds <= 0:
            section = term.section if isinstance(term, Leap) else int(plain.problem.at.section[term.row])
            weight[section] = max(weight[section], 1 / (1 + np.exp(-log_odds)))
    likely = [term.section for term, odds in possible.odds.items() if isinstance(term, Leap) and odds > 0]
    weight[likely] = 0.0
    return [(possible.fit, weight)] if weight.any() else []


def _fewer(plain: Fit, best: Fit, possible: Found, tolerance: float) -> list[tuple[Fit, Floats]]:
    """A fit without the leaps that are unsure; a reading that would be odd without its leap is taken to be."""
    unsure = sorted({leap.section for leap in best.problem.leaps if possible.chance[leap.section] < SURE})
    if not unsure:
        return []
    kept = [leap for leap in best.problem.leaps if leap.section not in unsure]
    rows = [int(possible.oddest[section]) for section in unsure if possible.oddest[section] >= 0]
    odd = {*best.problem.odd, *(OddReading(row, ODD_VARIANCE) for row in rows)}
    weight = np.zeros(plain.problem.sections)
    weight[unsure] = 1 - possible.chance[unsure]
    return [(_with(plain, [*kept, *odd], tolerance), weight)]


def _sizes(best: Fit, chance: Floats, tolerance: float) -> list[tuple[Fit, Floats]]:
    """Fits with every leap at its second and third likeliest variance."""
    ranks = _ranked_variances(best)
    found = []
    for rank in range(1, len(LEAP_VARIANCES)):
        weight = np.zeros(best.problem.sections)
        for leap, order in ranks.items():
            weight[leap.section] = max(weight[leap.section], order[rank][1] * chance[leap.section])
        if weight.max(initial=0.0) < LEAST_WEIGHT:
            continue
        leaps = tuple(leap._replace(variance=order[rank][0]) for leap, order in ranks.items())
        problem = best.problem.with_terms(tuple(sorted(leaps)), best.problem.odd)
        found.append((fit(problem, best.theta, best.gaps, start=best.eta, tolerance=tolerance), weight))
    return found


def _ranked_variances(best: Fit) -> dict[Leap, list[tuple[float, float]]]:
    """Per leap its variances with their posterior shares, the one it has first and then the likeliest."""
    ranked = {}
    for mine in recent_readings(best) if best.problem.leaps else ():
        for leap in best.problem.leaps:
            if leap.section != mine.section:
                continue
            pull, information = mine.score(mine.marks(leap))
            without = max(1 - leap.variance * float(information), 1e-9)
            factors = log_leap_factor(pull / without, information / without, LEAP_VARIANCES)
            share = np.exp(factors - factors.max())
            share /= share.sum()
            pairs = zip(LEAP_VARIANCES.tolist(), share.tolist(), strict=True)
            ranked[leap] = sorted(pairs, key=lambda pair: (pair[0] != leap.variance, -pair[1]))
    return ranked
