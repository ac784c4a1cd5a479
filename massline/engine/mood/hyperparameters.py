"""Hyper-parameters of the strength of each movement: found by their marginal likelihood, then integrated, not
plugged in.

Around the best point the posterior is cut along the axes of its curvature; on each axis a two-piece normal
takes its width from how fast the evidence falls either way (Martins et al. 2013). What the model says is then
followed along every axis. The last day is left out of the learning and then added at the strengths learned
before it, so that one night can neither turn a leap into noise nor rewrite the past.
"""

from dataclasses import dataclass, replace

import numpy as np

from massline.engine.mood.array_types import Floats
from massline.engine.mood.evidence_summits import Summit, find_summits
from massline.engine.mood.laplace import ModeFit
from massline.engine.mood.leap_alternatives import Alternatives, find_alternatives
from massline.engine.mood.over_dispersion import discount_answers, intra_class_correlation
from massline.engine.mood.penalised_evidence import EvidenceSearch
from massline.engine.mood.problem import Problem
from massline.engine.mood.recent_readings import LOOK_BACK

STEP = float(np.sqrt(2.0))
HESSIAN_NUDGE = 0.05
LEAST_ROWS = 6
LEAST_PEOPLE = 20.0
NEAR = 0.1
"""How exactly fits along the axes are found when followed to other readings: the step left is taken on the way out."""
LEAST_SUMMIT = 0.02
"""Share of the posterior under which a lower summit is left out."""


@dataclass(frozen=True, eq=False)
class PosteriorAxis:
    """An axis of the hyper-parameters' posterior: fits either way, with the moments of the way along it.

    `mean` and `square` are the first two moments of a two-piece normal in units where the fits stand at -1
    and +1 STEP.
    """

    down: ModeFit
    up: ModeFit
    mean: float
    square: float


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
    now: Alternatives
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
    found = find_summits(search, search.start(start), most=most, leaps=leaps)
    spread = intra_class_correlation(search.fit_of(found[0].problem, found[0].vector))
    if spread:
        is_past = before is not problem
        problem = discount_answers(problem, spread)
        before = _past(problem) if is_past else problem
        search = EvidenceSearch(before)
        found = find_summits(search, found[0].vector, most=most, leaps=leaps)
    learned = _with_last_day(search, problem, before, found, integrate=integrate, leaps=leaps)
    return replace(learned, spread=spread)


def _with_last_day(
    search: EvidenceSearch,
    problem: Problem,
    before: Problem,
    found: list[Summit],
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
    found: list[Summit],
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
    search: EvidenceSearch, problem: Problem, found: list[Summit], *, integrate: bool, leaps: bool
) -> LearnedHyperparameters:
    """All readings of a problem at the summits found, the highest integrated."""
    top = found[0]
    now = find_alternatives(problem, top.theta, top.gaps, leaps=leaps)
    axes = _axes(search, top.vector, now.best) if integrate else ()
    lower = None
    if len(found) > 1:
        share = 1 / (1 + float(np.exp(top.height - found[1].height)))
        if share > LEAST_SUMMIT:
            lower = find_alternatives(problem, found[1].theta, found[1].gaps, leaps=leaps).best, share
    return LearnedHyperparameters(now.best, axes, search.fits, now, summit=lower)


def _past(problem: Problem) -> Problem:
    """The readings before the last day, where enough was heard in the weeks before it."""
    time = problem.at.time
    before = np.flatnonzero(time < time.max())
    if not LEAST_ROWS <= len(before) >= len(time) - len(before):
        return problem
    near = (time.max() - time[before].max()) * problem.field.span_days < LOOK_BACK
    return problem.some(before) if near and problem.counts[before].sum() >= LEAST_PEOPLE else problem


def _axes(search: EvidenceSearch, top: Floats, best: ModeFit) -> tuple[PosteriorAxis, ...]:
    search.problem, search.eta = best.problem, best.eta
    free = np.flatnonzero(search.free)
    height = best.evidence + search.log_prior(top)[0]
    values, directions = np.linalg.eigh(_curvature(search, top, free))
    axes = []
    for value, direction in zip(values, directions.T, strict=True):
        way = np.zeros(len(top))
        # a curvature below 1/4 is the nudge's noise: the priors alone bend more than that
        way[free] = direction * STEP / np.sqrt(max(float(value), 0.25))
        vectors = [_inside(search, top + sign * way) for sign in (-1, 1)]
        fits = [search.fit(vector, start=best.eta) for vector in vectors]
        drops = [
            height - there.evidence - search.log_prior(vector)[0]
            for there, vector in zip(fits, vectors, strict=True)
        ]
        # along a two-piece normal the evidence falls by STEP^2 / 2 = 1 at STEP of its own standard deviations
        left, right = (float(np.clip(1 / np.sqrt(max(drop, 0.1)), 0.5, 2.0)) for drop in drops)
        mean = np.sqrt(2 / np.pi) * (right - left)
        square = (right**3 + left**3) / (right + left)
        axes.append(PosteriorAxis(fits[0], fits[1], float(mean), float(square)))
    return tuple(axes)


def _inside(search: EvidenceSearch, vector: Floats) -> Floats:
    limits = np.array(search.problem.field.bounds())
    clipped = vector.copy()
    clipped[: search.names] = np.clip(vector[: search.names], limits[:, 0] - 1, limits[:, 1] + 1)
    return clipped


def _curvature(
    search: EvidenceSearch, vector: Floats, free: np.ndarray[tuple[int, ...], np.dtype[np.intp]]
) -> Floats:
    """Minus the Hessian over the free hyper-parameters, from differences of the analytic gradient."""
    _, here = search.slope(vector)
    rows = []
    for place in free:
        nudged = vector.copy()
        nudged[place] += HESSIAN_NUDGE
        _, there = search.slope(nudged)
        rows.append((here - there)[free] / HESSIAN_NUDGE)
    matrix = np.array(rows).reshape(len(free), len(free))
    symmetric: Floats = 0.5 * (matrix + matrix.T)
    return symmetric


def integrate_over_axes(
    learned: LearnedHyperparameters, centre: Floats, log_variance: Floats, ends: list[tuple[Floats, Floats]]
) -> tuple[Floats, Floats]:
    """Integrate means and variances over the axes.

    Parameters
    ----------
    centre, log_variance
        At the best fit, any shape.
    ends
        Per axis the stacked (mean, log variance), shape (2, ...), at its lower and upper fit.

    Returns
    -------
    mean, variance
        Of the mixture over hyper-parameters, by second differences along each axis.
    """
    middle = np.stack([centre, log_variance])
    total, extra = middle.copy(), np.zeros_like(middle)
    for axis, (down, up) in zip(learned.axes, ends, strict=True):
        rise = (up - down) / (2 * STEP)
        bend = (up + down - 2 * middle) / STEP**2
        total += rise * axis.mean + 0.5 * bend * axis.square
        extra += rise**2 * (axis.square - axis.mean**2)
    variance: Floats = (
        np.exp(np.clip(total[1] + 0.5 * extra[1], log_variance - 1, log_variance + 2)) + extra[0]
    )
    return total[0], variance
