"""Axes of the hyper-parameters' posterior, found by its curvature and integrated over.

On each axis a two-piece normal takes its width from how fast the evidence falls either way (Martins et al. 2013).
"""

from dataclasses import dataclass

import numpy as np

from massline.engine.mood.array_types import Floats
from massline.engine.mood.laplace import ModeFit
from massline.engine.mood.penalised_evidence import EvidenceSearch

STEP = float(np.sqrt(2.0))
HESSIAN_NUDGE = 0.05


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


def find_axes(search: EvidenceSearch, top: Floats, best: ModeFit) -> tuple[PosteriorAxis, ...]:
    """Cut the posterior along the axes of its curvature, with a two-piece normal on each."""
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
    axes: tuple[PosteriorAxis, ...], centre: Floats, log_variance: Floats, ends: list[tuple[Floats, Floats]]
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
    for axis, (down, up) in zip(axes, ends, strict=True):
        rise = (up - down) / (2 * STEP)
        bend = (up + down - 2 * middle) / STEP**2
        total += rise * axis.mean + 0.5 * bend * axis.square
        extra += rise**2 * (axis.square - axis.mean**2)
    variance: Floats = (
        np.exp(np.clip(total[1] + 0.5 * extra[1], log_variance - 1, log_variance + 2)) + extra[0]
    )
    return total[0], variance
