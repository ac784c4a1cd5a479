"""How strong each movement is: hyper-parameters found by their marginal likelihood, then integrated, not
plugged in.

Around the best point the posterior is cut along the axes of its curvature; on each axis a two-piece normal
takes its width from how fast the evidence falls either way (Martins et al. 2013). What the model says is then
followed along every axis.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from massline.engine.mood.array_types import Floats
from massline.engine.mood.cumulative_logit import first_gaps
from massline.engine.mood.gradient import gradient
from massline.engine.mood.laplace import Fit, Problem, fit

GAP_SD = 1.0
LOOSE = 1e-3
STEP = float(np.sqrt(2.0))
HESSIAN_NUDGE = 0.05


@dataclass(frozen=True, eq=False)
class Axis:
    """One axis of the hyper-parameters' posterior: fits either way, with the moments of the way along it.

    `mean` and `square` are the first two moments of a two-piece normal in units where the fits stand at -1
    and +1 STEP.
    """

    down: Fit
    up: Fit
    mean: float
    square: float


@dataclass(frozen=True, eq=False)
class Learned:
    """The best fit, the axes around it, and how many fits that took."""

    best: Fit
    axes: tuple[Axis, ...]
    fits: int


class _Search:
    """The evidence plus priors as a function of one vector, remembering the last mode to start from."""

    def __init__(self, problem: Problem, start: Fit | None) -> None:
        self.problem = problem
        self.names = len(problem.field.names)
        self.first_gaps = first_gaps(problem.counts, problem.item, problem.steps)
        self.eta = None if start is None else start.eta
        self.free = np.array([name not in problem.field.fixed for name in problem.field.names])
        self.fits = 0

    def fit(self, vector: Floats, tolerance: float = LOOSE) -> Fit:
        self.fits += 1
        found = fit(
            self.problem, vector[: self.names], vector[self.names :], start=self.eta, tolerance=tolerance
        )
        self.eta = found.eta
        return found

    def log_prior(self, vector: Floats) -> tuple[float, Floats]:
        value, slope = self.problem.field.log_prior(vector[: self.names])
        gaps = (vector[self.names :] - self.first_gaps) / GAP_SD
        return value - 0.5 * float(gaps @ gaps), np.concatenate([slope, -gaps / GAP_SD])

    def slope(self, vector: Floats) -> tuple[float, Floats]:
        found = self.fit(vector)
        value, slope = self.log_prior(vector)
        theta, gaps = gradient(found)
        whole = np.concatenate([theta, gaps]) + slope
        whole[: self.names] *= self.free
        return found.evidence + value, whole

    def loss(self, vector: Floats) -> tuple[float, Floats]:
        try:
            value, slope = self.slope(vector)
        except np.linalg.LinAlgError:
            # a step into nonsense: tell the line search to come back, and forget the mode it led to
            self.eta = None
            return 1e10, np.zeros(len(vector))
        return -value, -slope


def learn(problem: Problem, *, start: Fit | None = None, integrate: bool = True, most: int = 60) -> Learned:
    """Find the hyper-parameters by L-BFGS on the penalised evidence; integrate over them unless told not
    to.
    """
    search = _Search(problem, None)
    theta = problem.field.start() if start is None else start.theta
    gaps = search.first_gaps if start is None or len(start.gaps) != len(search.first_gaps) else start.gaps
    bounds = problem.field.bounds() + [(-4.0, 3.0)] * len(gaps)
    found = minimize(
        search.loss,
        np.concatenate([theta, gaps]),
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"maxiter": most, "ftol": 1e-7, "gtol": 1e-3, "maxfun": 2 * most},
    )
    best = search.fit(found.x, tolerance=1e-5)
    axes = _axes(search, found.x, best) if integrate else ()
    return Learned(best, axes, search.fits)


def _axes(search: _Search, vector: Floats, best: Fit) -> tuple[Axis, ...]:
    free = np.flatnonzero(search.free)
    top = best.evidence + search.log_prior(vector)[0]
    curvature = _curvature(search, vector, free)
    values, directions = np.linalg.eigh(curvature)
    axes = []
    for value, direction in zip(values, directions.T, strict=True):
        way = np.zeros(len(vector))
        # a curvature below 1/4 is the nudge's noise: the priors alone bend more than that
        way[free] = direction * STEP / np.sqrt(max(float(value), 0.25))
        fits = []
        for sign in (-1, 1):
            search.eta = best.eta
            fits.append(search.fit(_inside(search, vector + sign * way)))
        drops = [top - f.evidence - search.log_prior(np.concatenate([f.theta, f.gaps]))[0] for f in fits]
        # along a two-piece normal the evidence falls by STEP^2 / 2 = 1 at STEP of its own standard deviations
        left, right = (float(np.clip(1 / np.sqrt(max(drop, 0.1)), 0.5, 2.0)) for drop in drops)
        mean = np.sqrt(2 / np.pi) * (right - left)
        square = (right**3 + left**3) / (right + left)
        axes.append(Axis(fits[0], fits[1], float(mean), float(square)))
    return tuple(axes)


def _inside(search: _Search, vector: Floats) -> Floats:
    limits = np.array(search.problem.field.bounds())
    clipped = vector.copy()
    clipped[: search.names] = np.clip(vector[: search.names], limits[:, 0] - 1, limits[:, 1] + 1)
    return clipped


def _curvature(
    search: _Search, vector: Floats, free: np.ndarray[tuple[int, ...], np.dtype[np.intp]]
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


def spread_over(
    learned: Learned, centre: Floats, log_variance: Floats, ends: list[tuple[Floats, Floats]]
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
