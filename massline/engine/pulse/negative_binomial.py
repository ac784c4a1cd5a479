"""The negative binomial in the form used throughout: mean and size, variance = mean + mean^2 / size."""

import numpy as np
import scipy

from massline.engine.pulse.counts import Floats, Ints

LEAST_MEAN = 1e-9
SIZES: Floats = np.exp(np.linspace(np.log(0.15), np.log(300), 24))


def log_likelihood(count: Floats, mean: Floats, size: Floats | float) -> Floats:
    """Log probability of each count."""
    mean = np.maximum(mean, LEAST_MEAN)
    total = (
        scipy.special.gammaln(count + size) - scipy.special.gammaln(size) - scipy.special.gammaln(count + 1)
    )
    value: Floats = total + size * np.log(size / (size + mean)) + count * np.log(mean / (size + mean))
    return value


def fit_size(count: Floats, mean: Floats, *, prior: tuple[float, float] | None = None) -> float:
    """Return the most likely size on a grid; `prior` is (centre, weight) of a squared penalty on its log."""
    values = log_likelihood(count, mean, SIZES[:, None]).sum(axis=1)
    if prior is not None:
        values = values - prior[1] * (np.log(SIZES) - np.log(prior[0])) ** 2
    return float(SIZES[int(np.argmax(values))])


def draw_counts(rng: np.random.Generator, mean: Floats, size: Floats | float) -> Floats:
    """Draw one count per mean, as a Poisson count with a gamma rate."""
    drawn: Floats = rng.poisson(rng.gamma(size, np.maximum(mean, LEAST_MEAN) / size)).astype(float)
    return drawn


def draw_unreported(
    rng: np.random.Generator, mean: Floats, size: Floats | float, seen: float, share: Floats | float
) -> Floats:
    """Draw what is still to be reported of a day, given what was.

    With a gamma rate the day's rate given `seen` of it, each event reported by now with chance `share`, is
    gamma again.
    """
    rate = rng.gamma(size + seen, 1 / (size / np.maximum(mean, LEAST_MEAN) + share))
    unseen: Floats = rng.poisson((1 - share) * rate).astype(float)
    return unseen


def weekday_factors(
    count: Floats, weekday: Ints, *, last: int = 182, hold: float = 2.0, events: float = 0.0
) -> Floats:
    """Factors of the days of the week against the average day, mean 1: (7,).

    Counts are cut at their 98th percentile plus one, so that one big Saturday does not set the week, and each
    day is held to 1 by `hold` average days and by so many `events`: where few came, no day has shown itself yet.
    """
    recent, days = count[-last:], weekday[-last:]
    cut = np.minimum(recent, np.quantile(recent, 0.98) + 1)
    average = cut.mean() + 1e-9
    held = hold * average + events
    total = np.bincount(days, cut, minlength=7) + held
    factors = total / (np.bincount(days, minlength=7) * average + held)
    level: Floats = factors / factors.mean()
    return level
