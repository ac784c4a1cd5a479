"""The analytic gradient of Laplace's marginal likelihood (Rasmussen and Williams 2006, algorithm 5.1, in
block form).
"""

from dataclasses import dataclass

import numpy as np

from massline.engine.mood.array_types import Floats
from massline.engine.mood.cumulative_logit import cuts_from, gap_count, likelihood_slope
from massline.engine.mood.laplace import ModeFit, solve_factored
from massline.engine.mood.latent_field import ANCHOR
from massline.engine.mood.movement_precisions import reverting_precision

NUDGE = 1e-5


@dataclass(frozen=True, eq=False)
class _Pulls:
    """The factors that multiply a change of the prior covariance.

    pull, answer (N + 1,): Sigma^-1 z and Sigma^-1 b, padded; shared, answered (D,): their share in the field;
    variance (N,): posterior variance at the readings; forcing (N,): b, how the evidence leans on the mode.
    """

    pull: Floats
    answer: Floats
    shared: Floats
    answered: Floats
    variance: Floats
    forcing: Floats
    blocks: list[Floats]


def evidence_gradient(fit: ModeFit) -> tuple[Floats, Floats]:
    """Return the derivatives of `fit.evidence` by log hyper-parameters and by log distances between cuts."""
    pulls = _pulls(fit)
    found = dict.fromkeys(fit.problem.field.names, 0.0)
    _sections(fit, pulls, found)
    _shared(fit, pulls, found)
    theta = np.array([found[name] for name in fit.problem.field.names])
    return theta, _cuts(fit, pulls)


def _pulls(fit: ModeFit) -> _Pulls:
    information = fit.slope.information
    diagonal = np.zeros(len(information) + 1)
    blocks = []
    batches = zip(fit.problem.batches, fit.factor.inverse, fit.factor.carried, strict=True)
    for batch, inverse, carried in batches:
        block = inverse.copy()
        for b, columns in enumerate(batch.column):
            block[b] -= carried[b] @ fit.spread[columns[:, None], columns] @ carried[b].T
        diagonal[batch.row] = block[:, np.arange(block.shape[1]), np.arange(block.shape[1])]
        blocks.append(block * (batch.real[:, :, None] & batch.real[:, None, :]))
    variance = 1 / information - diagonal[:-1] / information**2
    forcing = -0.5 * variance * fit.slope.information_slope / information
    answer, answered = solve_factored(fit.problem, fit.factor, forcing)
    padded = np.append(fit.pull, 0.0), np.append(answer, 0.0)
    return _Pulls(*padded, fit.shared, answered, variance, forcing, blocks)


def _sections(fit: ModeFit, pulls: _Pulls, found: dict[str, float]) -> None:
    level, drift, length = fit.own
    noise = fit.value("noise")
    for batch, block in zip(fit.problem.batches, pulls.blocks, strict=True):
        pull, answer = pulls.pull[batch.row], pulls.answer[batch.row]
        half = 0.5 * pull + answer
        moving = np.exp(-batch.gap / length)
        slowing = moving * np.where(np.isinf(batch.gap), 0.0, batch.gap) / length
        # one weight per pair of readings: what a small change of their covariance is worth
        worth = half[:, :, None] * pull[:, None, :] - 0.5 * block
        found["drift"] += 2 * drift**2 * float((worth * moving).sum())
        found["length"] += drift**2 * float((worth * slowing).sum())
        found["level"] += 2 * level**2 * float(worth.sum())
        share = np.append(fit.problem.noise_share, 0.0)[batch.row]
        found["noise"] += 2 * noise**2 * float(np.einsum("bmm,bm->", worth, share))


def _shared(fit: ModeFit, pulls: _Pulls, found: dict[str, float]) -> None:
    field, spread = fit.problem.field, fit.spread[:-1, :-1]
    half = 0.5 * pulls.shared + pulls.answered

    def scaled(part: slice, matrix: Floats, slope_of_logdet: float) -> float:
        lean = half[part] @ matrix @ pulls.shared[part]
        return float(-lean - 0.5 * ((spread[part, part] * matrix).sum() - slope_of_logdet))

    part = field.slices["common"]
    walk = fit.precision.matrix[part, part].copy()
    walk[0, 0] -= (
        fit.precision.matrix[part.start, part.start] + fit.precision.matrix[part.start, part.start + 1]
    )
    found["drift_all"] += scaled(part, -2 * walk, -2.0 * (field.common - 1))
    for k, group in enumerate(field.groups):
        part = field.slices[f"level_{k}"]
        found[f"level_{k}"] += scaled(
            part, -2 * fit.precision.matrix[part, part], -2.0 * (part.stop - part.start)
        )
        now, slower, logdet = _slowing(fit, k)
        start = field.slices[f"drift_{k}"].start
        for first in range(start, start + (int(group.max()) + 1) * field.drifting, field.drifting):
            part = slice(first, first + field.drifting)
            found[f"drift_{k}"] += scaled(part, -2 * now, -2.0 * field.drifting)
            found["length"] += scaled(part, slower, logdet)
    if field.sourced:
        part = field.slices["source"]
        sd, size = fit.value("source"), field.sources
        anchored = ANCHOR * sd**2 * float(field.mix @ field.mix)
        slope_of_logdet = -2.0 * size + 2 * anchored / (1 + anchored)
        found["source"] += scaled(part, -2 * np.eye(size) / sd**2, slope_of_logdet)


def _slowing(fit: ModeFit, k: int) -> tuple[Floats, Floats, float]:
    knots, sd, length = fit.problem.field.drifting, fit.value(f"drift_{k}"), fit.value("length")
    now, _ = reverting_precision(knots, sd, length)
    longer, more = reverting_precision(knots, sd, length * np.exp(NUDGE))
    shorter, less = reverting_precision(knots, sd, length * np.exp(-NUDGE))
    return now, (longer - shorter) / (2 * NUDGE), (more - less) / (2 * NUDGE)


def _cuts(fit: ModeFit, pulls: _Pulls) -> Floats:
    steps, item = fit.problem.steps, fit.problem.item
    found = np.zeros(gap_count(steps))
    if not len(found):
        return found
    # how the mode would answer a push at each reading, against what the evidence asks of it
    lean = pulls.forcing - pulls.answer[:-1] / fit.slope.information
    place = 0
    for code, ladder in enumerate(steps):
        rows = np.flatnonzero(item == code)
        for _ in range(max(len(ladder) - 2, 0)):
            nudge = np.zeros(len(found))
            nudge[place] = NUDGE
            up, down = (
                likelihood_slope(
                    fit.eta[rows],
                    fit.problem.counts[rows],
                    cuts_from(fit.gaps + way * nudge, steps)[item[rows]],
                )
                for way in (1, -1)
            )
            change = (up.loglik - down.loglik).sum()
            change += lean[rows] @ (up.gradient - down.gradient)
            change -= 0.5 * pulls.variance[rows] @ (up.information - down.information)
            found[place] = change / (2 * NUDGE)
            place += 1
    return found
