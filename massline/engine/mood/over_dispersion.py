"""Over-dispersion of a ladder's shape: large samples differ by more than chance in single steps, not only in level.

Noise moves the level of a reading; what it leaves of Pearson's statistic measures how much the shares of the steps
vary between readings (Williams 1982). With intra-class correlation rho, n answers are worth n / (1 + (n - 1) rho).
"""

from dataclasses import replace

import numpy as np
import scipy

from massline.engine.mood.array_types import Floats
from massline.engine.mood.cumulative_logit import step_chances
from massline.engine.mood.laplace import ModeFit
from massline.engine.mood.model_problem import Problem

LEAST_EXPECTED = 1.0
LEAST_PEOPLE = 20.0
LEAST_ROWS = 10
MOST = 0.05


def intra_class_correlation(fit: ModeFit) -> float:
    """Intra-class correlation of the steps given the level of each reading: 0 where there is no sign of any.

    Readings of 20 people and more on ladders of three steps and more are used, if there are ten.
    """
    people = fit.problem.counts.sum(axis=1)
    excess, room, rows = 0.0, 0.0, 0
    for row in np.flatnonzero(people >= LEAST_PEOPLE):
        item = fit.problem.item[row]
        steps = len(fit.problem.steps[item])
        expected = people[row] * step_chances(fit.eta[row : row + 1], fit.cuts[item][None])[0, :steps]
        seen = expected >= LEAST_EXPECTED
        freedom = int(seen.sum()) - 2
        if steps < 3 or freedom < 1:
            continue
        square = ((fit.problem.counts[row, :steps] - expected) ** 2 / expected)[seen].sum()
        square -= fit.slope.gradient[row] ** 2 / fit.slope.information[row]
        excess += square - freedom
        room += freedom * (people[row] - 1)
        rows += 1
    return float(np.clip(excess / room, 0.0, MOST)) if rows >= LEAST_ROWS else 0.0


def discount_answers(problem: Problem, spread: float) -> Problem:
    """The same with every reading's answers worth what over-dispersion leaves of them."""
    if not spread:
        return problem
    people = problem.counts.sum(axis=1, keepdims=True)
    return replace(problem, counts=problem.counts / (1 + np.maximum(people - 1, 0) * spread))


def log_share_density(counts: Floats, shares: Floats, spread: float) -> Floats:
    """Log Dirichlet-multinomial density without its multinomial constant, over the last axis."""
    total = (1 - spread) / spread
    people = counts.sum(axis=-1)
    each = scipy.special.gammaln(counts + total * shares) - scipy.special.gammaln(total * shares)
    density: Floats = scipy.special.gammaln(total) - scipy.special.gammaln(people + total) + each.sum(axis=-1)
    return density
