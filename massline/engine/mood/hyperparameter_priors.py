"""Priors on how strong each movement is: sharp enough that no world is all noise, wide enough for blocks that differ."""

from collections.abc import Sequence

import numpy as np

from massline.engine.mood.array_types import Floats

SHARP = -1.5 * float(np.log(0.05))
"""Rate of the priors on standard deviations: P(sd > 2/3) = .05 (penalised complexity, Simpson et al. 2017)."""
SHARP_LEVEL = -float(np.log(0.05)) / 1.5
"""The same for what distinguishes single sections for good, P(sd > 1.5) = .05: blocks of one estate may be steps
apart, and a sharper prior would take that for noise.
"""
HALF_NORMAL = {"noise": 0.35, "source": 0.25, "drift": 0.51}
"""Scales of half-normal priors: P(sd > .7) = .05 for the noise of a reading, P(sd > 1/2) = .05 for sources and
P(sd > 1) = .05 for a section's own drift. Their tails fall as exp(-sd^2), so that no world is all noise or all bias.
"""
SHARP_WALK = -float(np.log(0.05)) / 3
"""The same for all that the common level moves over the span, a year at least: P(sd > 3) = .05."""
YEAR = 365.0


def hyperparameter_log_prior(
    names: Sequence[str], theta: Floats, *, usual_length: float, walk_rate: float
) -> tuple[float, Floats]:
    """Log prior density of the log hyper-parameters and its gradient.

    Half-normal on noise, sources and a section's own drift (`HALF_NORMAL`); exponential on the other standard
    deviations, P(sd > 2/3) = .05, for sections' levels P(sd > 1.5) = .05, and for the common level
    P(sd > 3) = .05 over the span or a year; log-normal on the length.
    """
    value, slope = 0.0, np.zeros(len(theta))
    for place, (name, x) in enumerate(zip(names, theta, strict=True)):
        if name == "length":
            value -= 0.5 * (x - np.log(usual_length)) ** 2
            slope[place] = -(x - np.log(usual_length))
        elif name in HALF_NORMAL:
            square = float((np.exp(x) / HALF_NORMAL[name]) ** 2)
            value += x - 0.5 * square
            slope[place] = 1 - square
        else:
            rate = {"drift_all": walk_rate, "level": SHARP_LEVEL}.get(name, SHARP)
            value += x - rate * np.exp(x)
            slope[place] = 1 - rate * np.exp(x)
    return value, slope
