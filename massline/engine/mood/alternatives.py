"""All readings at known strengths: the likeliest leaps, and the fits with more, fewer or other ones beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from massline.engine.mood.array_types import Floats
from massline.engine.mood.laplace import Fit, Problem, fit
from massline.engine.mood.leap_search import recent_readings
from massline.engine.mood.leap_search import search as search_leaps
from massline.engine.mood.leaps import LEAP_VARIANCES, Leap, OddReading, Term, log_bayes_factor
from massline.engine.mood.surprise import Widening, widening

UNSURE = 3.0
"""Log odds within which a term is neither sure nor excluded."""
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
    others = [*_uncertain(plain, possible.fit, possible.odds, tolerance), *_sizes(best, tolerance)]
    return Alternatives(best, tuple(others), possible.chance, wider)


def _with(plain: Fit, terms: Iterable[Term], tolerance: float) -> Fit:
    leaps = tuple(sorted(term for term in terms if isinstance(term, Leap)))
    odd = tuple(sorted(term for term in terms if isinstance(term, OddReading)))
    if not leaps and not odd:
        return plain
    problem = plain.problem.with_terms(leaps, odd)
    return fit(problem, plain.theta, plain.gaps, start=plain.eta, tolerance=tolerance)


def _uncertain(
    plain: Fit, possible: Fit, odds: dict[Term, float], tolerance: float
) -> list[tuple[Fit, Floats]]:
    """One fit with every possible term and one with the sure ones only."""
    more, fewer = np.zeros(plain.problem.sections), np.zeros(plain.problem.sections)
    for term, log_odds in odds.items():
        section = term.section if isinstance(term, Leap) else int(plain.problem.at.section[term.row])
        chance = 1 / (1 + np.exp(-log_odds))
        if 0 < log_odds <= UNSURE:
            fewer[section] = max(fewer[section], 1 - chance)
        elif log_odds <= 0:
            more[section] = max(more[section], chance)
    found = []
    if more.any():
        found.append((possible, more))
    if fewer.any():
        sure = [term for term, log_odds in odds.items() if log_odds > UNSURE]
        found.append((_with(plain, sure, tolerance), np.where(more > 0, 0.0, fewer)))
    return found


def _sizes(best: Fit, tolerance: float) -> list[tuple[Fit, Floats]]:
    """Fits with every leap at its second and third likeliest variance."""
    ranks = _ranked_variances(best)
    found = []
    for rank in range(1, len(LEAP_VARIANCES)):
        weight = np.zeros(best.problem.sections)
        for leap, order in ranks.items():
            weight[leap.section] = max(weight[leap.section], order[rank][1])
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
            factors = log_bayes_factor(pull / without, information / without, LEAP_VARIANCES)
            share = np.exp(factors - factors.max())
            share /= share.sum()
            pairs = zip(LEAP_VARIANCES.tolist(), share.tolist(), strict=True)
            ranked[leap] = sorted(pairs, key=lambda pair: (pair[0] != leap.variance, -pair[1]))
    return ranked
