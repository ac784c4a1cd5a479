"""The field at one set of hyper-parameters: Newton to the mode, then Laplace's marginal likelihood."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import scipy

from massline.engine.mood.array_types import Floats
from massline.engine.mood.cumulative_logit import LikelihoodSlope, cuts_from, likelihood_slope
from massline.engine.mood.latent_field import FieldPrecision
from massline.engine.mood.model_problem import Problem
from massline.engine.mood.section_batches import section_covariance

GUESS_STEPS = 3


class PrecisionFactor(NamedTuple):
    """Sigma^-1 in pieces: per batch C^-1 and C^-1 A, then the Cholesky factor of H and all log
    determinants.
    """

    inverse: list[Floats]
    carried: list[Floats]
    cholesky: Floats
    logdet: float


@dataclass(frozen=True, eq=False)
class ModeFit:
    """The mode at one set of hyper-parameters.

    Attributes
    ----------
    theta, gaps
        Log hyper-parameters and log distances between cuts.
    eta : (N,)
        Mode at the readings, noise included.
    slope
        Likelihood and derivatives there.
    working : (N,)
        eta + gradient / information: the readings as if they were Gaussian.
    pull : (N,)
        Sigma^-1 working.
    shared : (D,)
        Posterior mean of the field.
    evidence
        Laplace's log marginal likelihood.
    """

    problem: Problem
    theta: Floats
    gaps: Floats
    eta: Floats
    slope: LikelihoodSlope
    working: Floats
    pull: Floats
    shared: Floats
    precision: FieldPrecision
    factor: PrecisionFactor
    evidence: float

    def value(self, name: str) -> float:
        """A hyper-parameter on its own scale."""
        return float(np.exp(self.theta[self.problem.field.names.index(name)]))

    @property
    def own(self) -> tuple[float, float, float]:
        """Level, drift and length of the sections' own movement."""
        return self.value("level"), self.value("drift"), self.value("length")

    @cached_property
    def cuts(self) -> Floats:
        """Cuts per item: (items, K - 1)."""
        return cuts_from(self.gaps, self.problem.steps)

    @cached_property
    def spread(self) -> Floats:
        """H^-1 with one more row and column of zeros for padding: (D + 1, D + 1)."""
        inverse, info = scipy.linalg.lapack.dpotri(self.factor.cholesky, lower=1)
        if info != 0:
            raise np.linalg.LinAlgError("the field's precision has no inverse")
        full = np.zeros((len(inverse) + 1, len(inverse) + 1))
        # the factor's upper triangle is clean, and so is the inverse's
        full[:-1, :-1] = inverse + inverse.T
        np.einsum("ii->i", full)[:-1] /= 2
        return full


def fit_mode(
    problem: Problem,
    theta: Floats,
    gaps: Floats,
    *,
    start: Floats | None = None,
    tolerance: float = 1e-4,
    most: int = 50,
) -> ModeFit:
    """Find the mode by Newton's method, steps capped at 3 logits.

    Raises
    ------
    numpy.linalg.LinAlgError
        Where the hyper-parameters make a covariance singular.
    """
    precision = problem.field.precision(theta)
    cuts = cuts_from(gaps, problem.steps)[problem.item]
    eta = _guess(problem, cuts) if start is None else start
    for _ in range(most):
        here = likelihood_slope(eta, problem.counts, cuts)
        working = eta + here.gradient / here.information
        factor = factorise(problem, theta, precision, here.information)
        pull, shared = solve_factored(problem, factor, working)
        step = working - pull / here.information - eta
        far = float(np.abs(step).max())
        if far < tolerance:
            break
        eta = eta + step * min(1.0, 3.0 / far)
    else:
        raise np.linalg.LinAlgError("no mode was reached")
    evidence = here.loglik.sum() - 0.5 * eta @ pull - 0.5 * (factor.logdet + np.log(here.information).sum())
    return ModeFit(problem, theta, gaps, eta, here, working, pull, shared, precision, factor, float(evidence))


def _guess(problem: Problem, cuts: Floats) -> Floats:
    """Every reading's own mode under a standard normal, by a few steps: nearer to the mode of all than 0."""
    eta = np.zeros(len(problem.counts))
    for _ in range(GUESS_STEPS):
        here = likelihood_slope(eta, problem.counts, cuts)
        eta = eta + np.clip((here.gradient - eta) / (here.information + 1), -1, 1)
    return eta


def factorise(
    problem: Problem, theta: Floats, precision: FieldPrecision, information: Floats
) -> PrecisionFactor:
    """Eliminate the sections, then factor what they leave on the shared field."""
    value = dict(zip(problem.field.names, np.exp(theta), strict=True))
    width = problem.field.width
    system = np.zeros((width + 1, width + 1))
    system[:-1, :-1] = precision.matrix
    noise = value["noise"] ** 2 * problem.noise_share + problem.odd_variance
    padded = np.append(1 / information + noise, 1.0)
    logdet = -precision.logdet
    inverse, carried = [], []
    for batch, leap_rows in zip(problem.batches, problem.leap_rows, strict=True):
        covariance = section_covariance(batch.gap, value["level"], value["drift"], value["length"])
        for place, after, leap in leap_rows:
            covariance[place] += leap.variance * np.outer(after, after)
        diagonal = np.arange(covariance.shape[1])
        covariance[:, diagonal, diagonal] += padded[batch.row]
        root = np.linalg.cholesky(covariance)
        logdet += 2 * np.log(root[:, diagonal, diagonal]).sum()
        mine = np.linalg.inv(covariance)
        mine = 0.5 * (mine + mine.transpose(0, 2, 1))
        through = mine @ batch.design
        batch.add_to(system, batch.design.transpose(0, 2, 1) @ through)
        inverse.append(mine)
        carried.append(through)
    root, info = scipy.linalg.lapack.dpotrf(system[:-1, :-1], lower=1, clean=1)
    if info != 0:
        raise np.linalg.LinAlgError("the field's precision is singular")
    return PrecisionFactor(inverse, carried, root, float(logdet + 2 * np.log(root.diagonal()).sum()))


def solve_factored(problem: Problem, factor: PrecisionFactor, right: Floats) -> tuple[Floats, Floats]:
    """Return Sigma^-1 right (N,) and H^-1 A' W right (D,)."""
    padded = np.append(right, 0.0)
    through = np.zeros(problem.field.width + 1)
    for batch, carried in zip(problem.batches, factor.carried, strict=True):
        part = np.einsum("bml,bm->bl", carried, padded[batch.row])
        through += np.bincount(batch.column.ravel(), part.ravel(), minlength=len(through))
    shared, _ = scipy.linalg.lapack.dpotrs(factor.cholesky, through[:-1], lower=1)
    full = np.append(shared, 0.0)
    answer = np.zeros(len(right) + 1)
    for batch, inverse, carried in zip(problem.batches, factor.inverse, factor.carried, strict=True):
        left = np.einsum("bmn,bn->bm", inverse, padded[batch.row])
        answer[batch.row] = left - np.einsum("bml,bl->bm", carried, full[batch.column])
    return answer[:-1], shared
