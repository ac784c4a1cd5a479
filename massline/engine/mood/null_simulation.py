"""Worlds in which nothing breaks: same people asked on the same days, drawn from the fitted model."""

import numpy as np

from massline.engine.mood.array_types import Floats
from massline.engine.mood.cumulative_logit import step_chances
from massline.engine.mood.laplace import ModeFit, fit_mode
from massline.engine.mood.leap_bayes_factors import ODD_SHARE, ODD_VARIANCE
from massline.engine.mood.model_problem import Problem
from massline.engine.mood.section_batches import section_covariance


def draw_quiet_world(found: ModeFit, rng: np.random.Generator) -> Problem:
    """Draw readings where every section only moves as the fitted model says sections move."""
    problem = found.problem
    eta = _shared(found, rng) + _own(found, rng)
    eta += rng.normal(0, found.value("noise") * np.sqrt(problem.noise_share))
    eta += rng.normal(0, ODD_VARIANCE**0.5, len(eta)) * (rng.random(len(eta)) < ODD_SHARE)
    share = step_chances(eta, found.cuts[problem.item])
    share /= share.sum(axis=1, keepdims=True)
    people = np.maximum(np.round(problem.counts.sum(axis=1)), 1).astype(np.int64)
    counts = rng.multinomial(people, share).astype(float)
    return Problem(problem.field, problem.at, counts, problem.steps, problem.sections, problem.reports)


def refit_world(found: ModeFit, problem: Problem) -> ModeFit:
    """Fit a drawn world with the hyper-parameters it was drawn from."""
    return fit_mode(problem, found.theta, found.gaps, tolerance=1e-2)


def _shared(found: ModeFit, rng: np.random.Generator) -> Floats:
    """Draw the field from its prior, but starting from where the common level and the items really stand."""
    field = found.problem.field
    value = {name: found.value(name) for name in field.names}
    drawn = np.zeros(field.width)
    common = field.slices["common"]
    steps = rng.normal(0, value["drift_all"] / np.sqrt(field.common - 1), field.common - 1)
    drawn[common] = found.shared[common].mean() + np.concatenate([[0.0], np.cumsum(steps)])
    keep = np.exp(-1 / ((field.drifting - 1) * value["length"]))
    for k, group in enumerate(field.groups):
        size = int(group.max()) + 1
        drawn[field.slices[f"level_{k}"]] = rng.normal(0, value[f"level_{k}"], size)
        wave = rng.normal(0, value[f"drift_{k}"], (size, field.drifting))
        for knot in range(1, field.drifting):
            wave[:, knot] = keep * wave[:, knot - 1] + np.sqrt(1 - keep**2) * wave[:, knot]
        drawn[field.slices[f"drift_{k}"]] = wave.ravel()
    if "item" in field.slices:
        drawn[field.slices["item"]] = found.shared[field.slices["item"]]
    if field.sourced:
        bias = rng.normal(0, value["source"], field.sources)
        drawn[field.slices["source"]] = bias - field.mix @ bias
    columns, weights = field.entries(found.problem.at)
    level: Floats = (weights * drawn[columns]).sum(axis=1)
    return level


def _own(found: ModeFit, rng: np.random.Generator) -> Floats:
    """Draw every section's own level at its readings."""
    own = np.zeros(len(found.problem.counts) + 1)
    for batch in found.problem.batches:
        covariance = section_covariance(batch.gap, *found.own)
        diagonal = np.arange(covariance.shape[1])
        covariance[:, diagonal, diagonal] += np.where(batch.real, 1e-8, 1.0)
        root = np.linalg.cholesky(covariance)
        own[batch.row] = np.einsum("bmn,bn->bm", root, rng.normal(size=batch.row.shape))
    return own[:-1]
