"""Small simulated series for the pulse tests."""

import numpy as np

from massline.engine.pulse.counts import Floats
from massline.engine.pulse.self_exciting import DaysToFit


def self_exciting(
    seed: int, days: int, *, base: float = 1.0, branching: float = 0.6, memory: float = 4.0
) -> Floats:
    """Draw a self-exciting series with a known branching ratio."""
    rng = np.random.default_rng(seed)
    keep, state = 1 - 1 / memory, base / (1 - branching)
    count = np.zeros(days)
    for day in range(days):
        mean = base + branching * state
        count[day] = rng.poisson(rng.gamma(4.0, mean / 4.0))
        state = keep * state + (1 - keep) * count[day]
    return count


def complete(count: Floats) -> DaysToFit:
    """Wrap a series in which all is reported and nothing announced."""
    size = len(count)
    return DaysToFit(count, np.arange(size + 7) % 7, np.zeros(size + 7), np.ones(size))
