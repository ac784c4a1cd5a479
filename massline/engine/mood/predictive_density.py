"""Log density of answers whose level is normal, by Gauss–Hermite nodes at each row's own mode.

Nodes laid out over the prior miss the likelihood where many were asked: 50,000 answers know their level to within
a hundredth of a logit. So the nodes are centred on the mode of the integrand and spread by its curvature (Liu and
Pierce 1994), which is exact for normal integrands and close for all log-concave ones.
"""

import numpy as np
import scipy

from massline.engine.mood.array_types import Floats
from massline.engine.mood.cumulative_logit import likelihood_slope, log_step_chances
from massline.engine.mood.over_dispersion import log_share_density

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(21)
_LOG_WEIGHTS = np.log(_WEIGHTS) + _NODES**2 / 2
MOST_STEPS = 100
LONGEST_STEP = 3.0


def log_density(
    counts: Floats, cuts: Floats, mean: Floats, variance: Floats, *, spread: float = 0.0
) -> Floats:
    """Log probability of the counts of each row, its level integrated out.

    Parameters
    ----------
    counts : (N, K)
        Answers per step.
    cuts : (N, K - 1)
        Cuts of each row's item; zero for two answers.
    mean, variance : (N,)
        Of the level in logits, all noise included.
    spread
        Over-dispersion of the ladder's shape (`over_dispersion.py`).

    Returns
    -------
    (N,)
        Multinomial constant included.

    Examples
    --------
    >>> import numpy as np
    >>> even = log_density(np.array([[0.0, 1.0]]), np.zeros((1, 1)), np.zeros(1), np.ones(1))
    >>> round(float(np.exp(even[0])), 6)
    0.5
    """
    people = counts.sum(axis=1, keepdims=True)
    mode, information = _mode(counts / (1 + np.maximum(people - 1, 0) * spread), cuts, mean, variance)
    width = 1 / np.sqrt(information + 1 / variance)
    eta = mode[:, None] + width[:, None] * _NODES
    logs = log_step_chances(eta, cuts[:, None, :])
    if spread:
        inside = log_share_density(counts[:, None, :], np.exp(logs), spread)
    else:
        inside = (counts[:, None, :] * logs).sum(axis=-1)
    inside += _LOG_WEIGHTS - 0.5 * (eta - mean[:, None]) ** 2 / variance[:, None]
    top = inside.max(axis=1)
    total = top + np.log(np.exp(inside - top[:, None]).sum(axis=1))
    ways = scipy.special.gammaln(counts.sum(axis=1) + 1) - scipy.special.gammaln(counts + 1).sum(axis=1)
    density: Floats = ways + total + np.log(width) - 0.5 * np.log(2 * np.pi * variance)
    return density


def mixed_log_density(
    counts: Floats, cuts: Floats, mean: Floats, variance: Floats, *, share: float, extra: float
) -> Floats:
    """Log probability where a share of the readings is odd: their level has so much more variance."""
    usual = log_density(counts, cuts, mean, variance)
    odd = log_density(counts, cuts, mean, variance + extra)
    mixed: Floats = np.logaddexp(np.log1p(-share) + usual, np.log(share) + odd)
    return mixed


def _mode(counts: Floats, cuts: Floats, mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """Mode of each row's integrand and the likelihood's information there, by Newton with halved steps."""
    eta, length = mean.copy(), np.ones(len(mean))
    here = likelihood_slope(eta, counts, cuts)
    height = here.loglik
    for _ in range(MOST_STEPS):
        step = (here.gradient - (eta - mean) / variance) / (here.information + 1 / variance)
        if np.abs(step).max(initial=0.0) < 1e-9:
            break
        tried = eta + length * np.clip(step, -LONGEST_STEP, LONGEST_STEP)
        there = likelihood_slope(tried, counts, cuts)
        reached = there.loglik - 0.5 * (tried - mean) ** 2 / variance
        better = reached >= height - 1e-12 * np.abs(height)
        eta, height = np.where(better, tried, eta), np.where(better, reached, height)
        length = np.where(better, np.minimum(2 * length, 1.0), length / 2)
        here = likelihood_slope(eta, counts, cuts)
    return eta, here.information
