"""Search for leaps and odd readings: put in and taken out one at a time until none improves the evidence.

Terms are judged by their Bayes factors on the Gaussian scale, all that is shared taken into account (`leaps.py`). Every
section changes its best term in each pass, and everything is eliminated anew between passes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from massline.engine.mood.array_types import Floats, Ints
from massline.engine.mood.cumulative_logit import likelihood_slope
from massline.engine.mood.laplace import ModeFit, factorise, fit_mode, solve_factored
from massline.engine.mood.leap_bayes_factors import (
    LEAP_VARIANCES,
    ODD_SHARE,
    ODD_VARIANCE,
    Leap,
    OddReading,
    Term,
    log_bayes_factor,
    log_leap_factor,
)
from massline.engine.mood.model_problem import Problem
from massline.engine.mood.recent_readings import LeapPlaces, RecentReadings, recent_readings

PASSES = 6
LEAST_FACTOR = 1.0
"""Log Bayes factor a term needs: a possibility the readings do not speak for is not followed up."""
MARGIN = 2.0
"""How far below it a section may be to be looked at again when other sections' terms have changed."""
NEWTON = 8
FREE = 4.0
"""Variance of the normal that keeps a reading near its mode while its likelihood is expanded around the answers."""


@dataclass(frozen=True, eq=False)
class LeapFit:
    """A fit with its leaps and odd readings.

    Attributes
    ----------
    odds
        Log odds of each term against a model without it.
    chance
        Probability per section of a leap in the weeks searched, weighed against none and against an odd reading: (S,).
    likeliest
        Per section that could have leapt its likeliest leap, were it the only one, with its size in logits.
    oddest
        Per section its reading that is likeliest to be odd, if that is likelier than not without a leap; else -1: (S,).
    """

    fit: ModeFit
    odds: dict[Term, float]
    chance: Floats
    likeliest: dict[int, tuple[Leap, float]]
    oddest: Ints


def search_leaps(found: ModeFit, *, least: float = 0.0, tolerance: float = 1e-3) -> LeapFit:
    """Start without terms at these strengths; put terms in and take them out until none gains `least`."""
    plain = found
    if any(found.problem.terms):
        plain = fit_mode(found.problem.with_terms((), ()), found.theta, found.gaps, tolerance=tolerance)
    expanded = expand_around_answers(plain)
    candidates = [CandidateTerms.of(mine, LeapPlaces.of(mine)) for mine in recent_readings(expanded)]
    places = {these.mine.section: these.places for these in candidates}
    chance, likeliest, oddest = _chances(plain.problem.sections, candidates)
    among = frozenset(these.mine.section for these in candidates if these.could_gain)
    tried = {expanded.problem.terms}
    for _ in range(PASSES):
        terms = _next(expanded.problem, candidates, least)
        if terms in tried:
            break
        tried.add(terms)
        expanded = _eliminated(replace(expanded, problem=plain.problem.with_terms(*terms)))
        recent = recent_readings(expanded, among)
        candidates = [CandidateTerms.of(mine, places[mine.section]) for mine in recent]
    if not any(expanded.problem.terms):
        return LeapFit(plain, {}, chance, likeliest, oddest)
    odds = {term: gain for these in candidates for term, gain in _gains(expanded.problem, these.mine).items()}
    if expanded.problem.terms == found.problem.terms:
        return LeapFit(found, odds, chance, likeliest, oddest)
    start = expanded.working - expanded.pull / expanded.slope.information
    best = fit_mode(expanded.problem, found.theta, found.gaps, start=start, tolerance=tolerance)
    return LeapFit(best, odds, chance, likeliest, oddest)


class CandidateTerms(NamedTuple):
    """All terms a section could have, with their log posterior odds: leaps at L places with V variances, m readings.

    leaps : (L, V); odd : (m,).
    """

    mine: RecentReadings
    places: LeapPlaces
    leaps: Floats
    odd: Floats

    @classmethod
    def of(cls, mine: RecentReadings, places: LeapPlaces) -> "CandidateTerms":
        """Weigh every term, were it the only one that is new."""
        pull, information = mine.score(places.marks)
        factor = log_leap_factor(pull[:, None], information[:, None], LEAP_VARIANCES)
        odd = log_bayes_factor(mine.pull, mine.precision.diagonal(), ODD_VARIANCE) + np.log(ODD_SHARE)
        return cls(mine, places, factor + places.odds[:, None], odd)

    @property
    def could_gain(self) -> bool:
        """True if a term comes near what it needs, so that terms of other sections could bring it there."""
        factors = (self.leaps - self.places.odds[:, None]).max(initial=-np.inf)
        return bool(max(factors, self.odd.max() - np.log(ODD_SHARE)) > LEAST_FACTOR - MARGIN)

    @property
    def likeliest(self) -> tuple[Leap, float]:
        """The leap with the highest odds and its posterior mean."""
        place = int(np.argmax(np.logaddexp.reduce(self.leaps, axis=1)))
        leap = self.leap_at(place)
        pull, information = self.mine.score(self.places.marks[place])
        return leap, leap.variance * float(pull) / (1 + leap.variance * float(information))

    def leap_at(self, place: int) -> Leap:
        """The leap at one place with its likeliest variance."""
        variance = float(LEAP_VARIANCES[int(np.argmax(self.leaps[place]))])
        time, source = float(self.places.time[place]), int(self.places.source[place])
        return Leap(self.mine.section, time, variance, source)


def _chances(
    sections: int, candidates: Sequence[CandidateTerms]
) -> tuple[Floats, dict[int, tuple[Leap, float]], Ints]:
    """Probability of a leap, the likeliest leap and the oddest reading per section, by models with one term each."""
    chance, oddest = np.zeros(sections), np.full(sections, -1)
    likeliest = {}
    for these in candidates:
        section, leaps, odd = these.mine.section, these.leaps.ravel(), these.odd
        total = np.logaddexp.reduce(np.concatenate([[0.0], leaps, odd]))
        chance[section] = np.exp(np.logaddexp.reduce(leaps, initial=-np.inf) - total)
        if len(leaps):
            likeliest[section] = these.likeliest
        if odd.max() > 0:
            oddest[section] = these.mine.row[int(np.argmax(odd))]
    return chance, likeliest, oddest


def log_prior_odds(found: ModeFit) -> float:
    """Log prior odds of all terms of a fit against none."""
    if not any(found.problem.terms):
        return 0.0
    of_odd = found.problem.at.section[[odd.row for odd in found.problem.odd]]
    among = frozenset([*(leap.section for leap in found.problem.leaps), *of_odd.tolist()])
    return sum(
        mine.log_odds(term) for mine in recent_readings(found, among) for term in _terms(found.problem, mine)
    )


def expand_around_answers(found: ModeFit) -> ModeFit:
    """The same with every likelihood expanded around the answers, not around the smooth path.

    Only so is a model that leaps compared fairly with one that does not. A wide normal (`FREE`) around the present
    mode holds readings whose people all stood on the last step.
    """
    problem, eta = found.problem, found.eta.copy()
    cuts = found.cuts[problem.item]
    for _ in range(NEWTON):
        here = likelihood_slope(eta, problem.counts, cuts)
        step = (here.gradient - (eta - found.eta) / FREE) / (here.information + 1 / FREE)
        eta += np.clip(step, -1.5, 1.5)
    here = likelihood_slope(eta, problem.counts, cuts)
    return _eliminated(replace(found, slope=here, working=eta + here.gradient / here.information))


def _eliminated(found: ModeFit) -> ModeFit:
    factor = factorise(found.problem, found.theta, found.precision, found.slope.information)
    pull, shared = solve_factored(found.problem, factor, found.working)
    return replace(found, factor=factor, pull=pull, shared=shared)


def _terms(problem: Problem, mine: RecentReadings) -> list[Term]:
    leaps = [leap for leap in problem.leaps if leap.section == mine.section]
    return [*leaps, *(odd for odd in problem.odd if odd.row in mine.row)]


def _gains(problem: Problem, mine: RecentReadings) -> dict[Term, float]:
    """Log odds of the section's own terms, each against a model without it; a leap's with its variance averaged."""
    gains: dict[Term, float] = {}
    for term in _terms(problem, mine):
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
    problem: Problem, candidates: Sequence[CandidateTerms], least: float
) -> tuple[tuple[Leap, ...], tuple[OddReading, ...]]:
    """The best single change of every section: a term that gains too little goes first, then the best one comes."""
    terms: set[Term] = {*problem.leaps, *problem.odd}
    has_terms = bool(terms)
    for these in candidates:
        gains = _gains(problem, these.mine) if has_terms else {}
        worst = min(gains, key=lambda term: gains[term], default=None)
        if worst is not None and gains[worst] < least:
            terms.discard(worst)
            continue
        best = _best(these, gains, least)
        terms |= {best} if best is not None else set()
    leaps = tuple(sorted(term for term in terms if isinstance(term, Leap)))
    return leaps, tuple(sorted(term for term in terms if isinstance(term, OddReading)))


def _best(these: CandidateTerms, gains: dict[Term, float], least: float) -> Term | None:
    """The term that gains most, if more than `least`."""
    best: Term | None = None
    top, places = least, these.places
    if len(places.time):
        gain = np.logaddexp.reduce(these.leaps, axis=1)
        factor = gain - places.odds - np.log(len(LEAP_VARIANCES))
        gain = np.where(factor < LEAST_FACTOR, -np.inf, gain)
        for term in gains:
            if isinstance(term, Leap):
                gain[places.time == term.time] = -np.inf
        place = int(np.argmax(gain))
        if gain[place] > top:
            best, top = these.leap_at(place), float(gain[place])
    gain = np.where(these.odd - np.log(ODD_SHARE) < LEAST_FACTOR, -np.inf, these.odd)
    place = int(np.argmax(gain))
    odd = OddReading(int(these.mine.row[place]), ODD_VARIANCE)
    return odd if gain[place] > top and odd not in gains else best
