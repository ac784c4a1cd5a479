"""Posterior means, variances and intervals of shares by Jeffreys' prior."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def jeffreys_mean(successes: ArrayLike, trials: ArrayLike) -> Floats:
    """Posterior mean of a share under Jeffreys' prior Beta(1/2, 1/2): (s + 1/2) / (n + 1)."""
    hits, total = validated_counts(successes, trials)
    return np.asarray((hits + 0.5) / (total + 1.0))


def jeffreys_variance(successes: ArrayLike, trials: ArrayLike) -> Floats:
    """Posterior variance of a share under Jeffreys' prior."""
    hits, total = validated_counts(successes, trials)
    mean = (hits + 0.5) / (total + 1.0)
    return np.asarray(mean * (1 - mean) / (total + 2.0))


def jeffreys_interval(
    successes: ArrayLike, trials: ArrayLike, *, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Equal-tailed interval of a share under Jeffreys' prior (Brown, Cai and DasGupta 2001).

    The lower end is 0 when nothing succeeded and the upper end 1 when everything did, as that paper
    recommends. Counts may be fractional (effective counts of weighted votes).

    Examples
    --------
    >>> low, high = jeffreys_interval(5, 10)
    >>> round(float(low), 4), round(float(high), 4)
    (0.2235, 0.7765)
    """
    if not 0 < level < 1:
        raise ValueError(f"level must be between 0 and 1, got {level}")
    return jeffreys_bound(successes, trials, (1 - level) / 2), jeffreys_bound(
        successes, trials, (1 + level) / 2
    )


def jeffreys_bound(successes: ArrayLike, trials: ArrayLike, quantile: float) -> Floats:
    """A quantile of the posterior, with the ends set to 0 and 1 where nothing or everything succeeded."""
    from scipy.special import betaincinv

    hits, total = validated_counts(successes, trials)
    bound = np.asarray(betaincinv(hits + 0.5, total - hits + 0.5, quantile), float)
    if quantile < 0.5:
        return np.where(hits <= 0, 0.0, bound)
    return np.where(hits >= total, 1.0, bound)


def validated_counts(successes: ArrayLike, trials: ArrayLike) -> tuple[Floats, Floats]:
    """Counts as floats, with 0 <= successes <= trials."""
    hits, total = np.broadcast_arrays(np.asarray(successes, float), np.asarray(trials, float))
    if not (np.isfinite(hits) & np.isfinite(total)).all() or (hits < 0).any() or (hits > total + 1e-9).any():
        raise ValueError("counts must be finite with 0 <= successes <= trials")
    return hits, np.maximum(total, hits)
