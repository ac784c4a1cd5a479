"""Search for leaps and odd readings: put in and taken out one at a time until none improves the evidence.

Terms are judged by their Bayes factors on the Gaussian scale, all that is shared taken into account (`leaps.py`). Every
section changes its best term in each pass, and everything is eliminated anew between passes.
"""

from dataclasses import dataclass, replace

import numpy as np

from massline.engine.mood.array_types import Floats, Ints
from massline.engine.mood.cumulative_logit import slope
from massline.engine.mood.laplace import Fit, factorise, fit, solve
from massline.engine.mood.leaps import (
    LEAP_VARIANCES,
    ODD_SHARE,
    ODD_VARIANCE,
    Leap,
    OddReading,
    Term,
    log_bayes_factor,
    log_leap_factor,
)
from massline.engine.mood.recent_readings import LeapPlaces, RecentReadings, recent_readings

PASSES = 6
LEAST_FACTOR = 1.0
"""Log Bayes factor a term needs: a possibility the readings do not speak for is not followed up."""
NEWTON = 8
FREE = 4.0
"""Variance of the normal that keeps a reading near its mode while its likelihood is expanded around the answers."""


@dataclass(frozen=True, eq=False)
class Found:
    """A fit with its leaps and odd readings.

    Attributes
    ----------
    odds
        Log odds of each term against a model without it.
    chance
        Probability per section of a leap in the weeks searched, weighed against none and against an odd reading: (S,).
    oddest
        Per section its reading that is likeliest to be odd, if that is likelier than not without a leap; else -1: (S,).
    """

    fit: Fit
    odds: dict[Term, float]
    chance: Floats
    oddest: Ints


def search(found: Fit, *, least: float = 0.0, tolerance: float = 1e-3) -> Found:
    """Start without terms at these strengths; put terms in and take them out until none gains `least`."""
    plain = found
    if any(found.problem.terms):
        plain = fit(found.problem.with_terms((), ()), found.theta, found.gaps, tolerance=tolerance)
    expanded = expand(plain)
    chance, oddest = _chances(expanded)
    tried = {expanded.problem.terms}
    places: dict[int, LeapPlaces] = {}
    for _ in range(PASSES):
        terms = _next(expanded, places, least)
        if terms in tried:
            break
        tried.add(terms)
        expanded = _eliminated(replace(expanded, problem=plain.problem.with_terms(*terms)))
    if not any(expanded.problem.terms):
        return Found(plain, {}, chance, oddest)
    odds = {term: gain for mine in recent_readings(expanded) for term, gain in _gains(expanded, mine).items()}
    if expanded.problem.terms == found.problem.terms:
        return Found(found, odds, chance, oddest)
    start = expanded.working - expanded.pull / expanded.slope.information
    best = fit(expanded.problem, found.theta, found.gaps, start=start, tolerance=tolerance)
    return Found(best, odds, chance, oddest)


def _chances(plain: Fit) -> tuple[Floats, Ints]:
    """Probability of a leap and the oddest reading per section, by models with one term each."""
    chance = np.zeros(plain.problem.sections)
    oddest = np.full(plain.problem.sections, -1)
    for mine in recent_readings(plain):
        places, odd = LeapPlaces.of(mine), _odd_gains(mine)
        leaps = _leap_gains(mine, places).ravel() if len(places.time) else np.zeros(0)
        total = np.logaddexp.reduce(np.concatenate([[0.0], leaps, odd]))
        chance[mine.section] = np.exp(np.logaddexp.reduce(leaps, initial=-np.inf) - total)
        if odd.max() > 0:
            oddest[mine.section] = mine.row[int(np.argmax(odd))]
    return chance, oddest


def _leap_gains(mine: RecentReadings, places: LeapPlaces) -> Floats:
    """Log posterior odds of a leap at every place with every variance: (L, V)."""
    pull, information = mine.score(places.marks)
    gains: Floats = (
        log_leap_factor(pull[:, None], information[:, None], LEAP_VARIANCES) + places.odds[:, None]
    )
    return gains


def _odd_gains(mine: RecentReadings) -> Floats:
    """Log posterior odds of every reading's being odd: (m,)."""
    gains: Floats = log_bayes_factor(mine.pull, mine.precision.diagonal(), ODD_VARIANCE) + np.log(ODD_SHARE)
    return gains


def log_prior_of(found: Fit) -> float:
    """Log prior odds of all terms of a fit against none."""
    if not any(found.problem.terms):
        return 0.0
    return sum(mine.log_odds(term) for mine in recent_readings(found) for term in _terms(found, mine))


def expand(found: Fit) -> Fit:
    """The same with every likelihood expanded around the answers, not around the smooth path.

    Only so is a model that leaps compared fairly with one that does not. A wide normal (`FREE`) around the present
    mode holds readings whose people all stood on the last step.
    """
    problem, eta = found.problem, found.eta.copy()
    cuts = found.cuts[problem.item]
    for _ in range(NEWTON):
        here = slope(eta, problem.counts, cuts)
        step = (here.gradient - (eta - found.eta) / FREE) / (here.information + 1 / FREE)
        eta += np.clip(step, -1.5, 1.5)
    here = slope(eta, problem.counts, cuts)
    return _eliminated(replace(found, slope=here, working=eta + here.gradient / here.information))


def _eliminated(found: Fit) -> Fit:
    factor = factorise(found.problem, found.theta, found.precision, found.slope.information)
    pull, shared = solve(found.problem, factor, found.working)
    return replace(found, factor=factor, pull=pull, shared=shared)


def _terms(found: Fit, mine: RecentReadings) -> list[Term]:
    leaps = [leap for leap in found.problem.leaps if leap.section == mine.section]
    return [*leaps, *(odd for odd in found.problem.odd if odd.row in mine.row)]


def _gains(found: Fit, mine: RecentReadings) -> dict[Term, float]:
    """Log odds of the section's own terms, each against a model without it; a leap's with its variance averaged."""
    gains: dict[Term, float] = {}
    for term in _terms(found, mine):
        pull, information = mine.score(mine.marks(term))
        without = max(1 - term.variance * float(information), 1e-9)
        pull, information = pull / without, information / without
        if isinstance(term, Leap):
            factors = log_leap_factor(pull, information, LEAP_VARIANCES)
            gains[term] = float(np.logaddexp.reduce(factors)) + mine.log_odds(term)
        else:
            gains[term] = float(log_bayes_factor(pull, information, term.variance)) + mine.log_odds(term)
    return gains


def _next(
    found: Fit, places: dict[int, LeapPlaces], least: float
) -> tuple[tuple[Leap, ...], tuple[OddReading, ...]]:
    """The best single change of every section: a term that gains too little goes first, then the best one comes."""
    terms: set[Term] = {*found.problem.leaps, *found.problem.odd}
    has_terms = bool(terms)
    for mine in recent_readings(found):
        gains = _gains(found, mine) if has_terms else {}
        worst = min(gains, key=lambda term: gains[term], default=None)
        if worst is not None and gains[worst] < least:
            terms.discard(worst)
            continue
        if mine.section not in places:
            places[mine.section] = LeapPlaces.of(mine)
        best = _best(mine, places[mine.section], gains, least)
        terms |= {best} if best is not None else set()
    leaps = tuple(sorted(term for term in terms if isinstance(term, Leap)))
    return leaps, tuple(sorted(term for term in terms if isinstance(term, OddReading)))


def _best(mine: RecentReadings, places: LeapPlaces, gains: dict[Term, float], least: float) -> Term | None:
    """The term that gains most, if more than `least`."""
    best: Term | None = None
    top = least
    if len(places.time):
        each = _leap_gains(mine, places)
        gain = np.logaddexp.reduce(each, axis=1)
        factor = gain - places.odds - np.log(len(LEAP_VARIANCES))
        gain = np.where(factor < LEAST_FACTOR, -np.inf, gain)
        for term in gains:
            if isinstance(term, Leap):
                gain[places.time == term.time] = -np.inf
        place = int(np.argmax(gain))
        if gain[place] > top:
            variance = float(LEAP_VARIANCES[int(np.argmax(each[place]))])
            best = Leap(mine.section, float(places.time[place]), variance, int(places.source[place]))
            top = float(gain[place])
    gain = _odd_gains(mine)
    gain = np.where(gain - np.log(ODD_SHARE) < LEAST_FACTOR, -np.inf, gain)
    place = int(np.argmax(gain))
    odd = OddReading(int(mine.row[place]), ODD_VARIANCE)
    return odd if gain[place] > top and odd not in gains else best
