"""Hyper-parameters of the strength of each movement: found by their marginal likelihood, then integrated, not
plugged in.

Predictions are followed along every axis of the posterior. The last day is left out of the learning and then
added at the strengths learned before it, so that a single night can neither turn a leap into noise nor rewrite
the past.
"""

from dataclasses import dataclass, replace

import numpy as np

from massline.engine.mood.evidence_modes import EvidenceMode, find_evidence_modes
from massline.engine.mood.laplace import ModeFit
from massline.engine.mood.leap_model_set import LeapModelSet, weigh_leap_models
from massline.engine.mood.model_problem import Problem
from massline.engine.mood.over_dispersion import discount_answers, intra_class_correlation
from massline.engine.mood.penalised_evidence import EvidenceSearch
from massline.engine.mood.posterior_axes import PosteriorAxis, find_axes
from massline.engine.mood.recent_readings import LOOK_BACK

LEAST_ROWS = 6
LEAST_PEOPLE = 20.0
NEAR = 0.1
"""How exactly fits along the axes are found when followed to other readings: the step left is taken on the way out."""
LEAST_SUMMIT = 0.02
"""Share of the posterior under which a lower summit is left out."""


@dataclass(frozen=True, eq=False)
class LearnedHyperparameters:
    """Hyper-parameters found by marginal likelihood, with the axes to integrate over.

    Attributes
    ----------
    best
        The likeliest fit.
    axes
        The axes around it; none where hyper-parameters are not integrated.
    fits
        How many fits that took.
    now
        At these strengths: fits with other leaps, the leaps' odds, and how much wider surprises make intervals.
    past
        The same without the readings after leaps that may have come on the last day, if there are any, and without
        axes of its own.
    spread
        Intra-class correlation of a ladder's steps, by which large readings are discounted.
    summit
        The best fit at the lower summit of the evidence and its share of the posterior, if it has one.
    """

    best: ModeFit
    axes: tuple[PosteriorAxis, ...]
    fits: int
    now: LeapModelSet
    past: "LearnedHyperparameters | None" = None
    spread: float = 0.0
    summit: tuple[ModeFit, float] | None = None

    @property
    def last_day(self) -> float:
        """Time of the last reading."""
        return float(self.best.problem.at.time.max())


def learn_hyperparameters(
    problem: Problem,
    *,
    start: ModeFit | None = None,
    integrate: bool = True,
    most: int = 60,
    leaps: bool = True,
) -> LearnedHyperparameters:
    """Find the hyper-parameters by L-BFGS on the penalised evidence; integrate over them unless told not
    to. `leaps` looks for leaps and odd readings too.
    """
    before = _past(problem) if leaps else problem
    search = EvidenceSearch(before)
    found = find_evidence_modes(search, search.start(start), most=most, leaps=leaps)
    spread = intra_class_correlation(search.fit_of(found[0].problem, found[0].vector))
    if spread:
        is_past = before is not problem
        problem = discount_answers(problem, spread)
        before = _past(problem) if is_past else problem
        search = EvidenceSearch(before)
        found = find_evidence_modes(search, found[0].vector, most=most, leaps=leaps)
    learned = _with_last_day(search, problem, before, found, integrate=integrate, leaps=leaps)
    return replace(learned, spread=spread)


def _with_last_day(
    search: EvidenceSearch,
    problem: Problem,
    before: Problem,
    found: list[EvidenceMode],
    *,
    integrate: bool,
    leaps: bool,
) -> LearnedHyperparameters:
    """The hyper-parameters learned from the readings before the last day, applied to all readings.

    The past of a section that may have leapt on the last day is told without the readings after its leap.
    """
    known = _learned(search, before, found, integrate=integrate, leaps=leaps)
    now = known if before is problem else _followed(search, known, found, problem, leaps=leaps)
    after = np.zeros(len(problem.counts), dtype=bool)
    for leap in now.now.leaps_since(now.last_day):
        after |= (problem.at.section == leap.section) & leap.is_before(problem.at.time, problem.at.source)
    if not after.any():
        return replace(now, fits=search.fits)
    past = _learned(search, problem.some(np.flatnonzero(~after)), found, integrate=False, leaps=leaps)
    return replace(now, past=past, fits=search.fits)


def _followed(
    search: EvidenceSearch,
    known: LearnedHyperparameters,
    found: list[EvidenceMode],
    problem: Problem,
    *,
    leaps: bool,
) -> LearnedHyperparameters:
    """Other readings at the strengths known, along the same axes."""
    now = _learned(search, problem, found, integrate=False, leaps=leaps)
    axes = []
    for axis in known.axes:
        down, up = (
            search.fit_of(
                now.best.problem,
                np.concatenate([fit.theta, fit.gaps]),
                start=now.best.eta,
                tolerance=NEAR,
            )
            for fit in (axis.down, axis.up)
        )
        axes.append(replace(axis, down=down, up=up))
    return replace(now, axes=tuple(axes))


def _learned(
    search: EvidenceSearch, problem: Problem, found: list[EvidenceMode], *, integrate: bool, leaps: bool
) -> LearnedHyperparameters:
    """All readings of a problem at the summits found, the highest integrated."""
    top = found[0]
    now = weigh_leap_models(problem, top.theta, top.gaps, leaps=leaps)
    axes = find_axes(search, top.vector, now.best) if integrate else ()
    lower = None
    if len(found) > 1:
        share = 1 / (1 + float(np.exp(top.height - found[1].height)))
        if share > LEAST_SUMMIT:
            lower = weigh_leap_models(problem, found[1].theta, found[1].gaps, leaps=leaps).best, share
    return LearnedHyperparameters(now.best, axes, search.fits, now, summit=lower)


def _past(problem: Problem) -> Problem:
    """The readings before the last day, where enough was heard in the weeks before it."""
    time = problem.at.time
    before = np.flatnonzero(time < time.max())
    if not LEAST_ROWS <= len(before) >= len(time) - len(before):
        return problem
    near = (time.max() - time[before].max()) * problem.field.span_days < LOOK_BACK
    return problem.some(before) if near and problem.counts[before].sum() >= LEAST_PEOPLE else problem
