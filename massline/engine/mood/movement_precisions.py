"""The two kinds of movement as precisions over even knots on [0, 1]: a random walk, and one that drifts back."""

import numpy as np

from massline.engine.mood.array_types import Floats, Ints


def walk_precision(knots: int, total_sd: float) -> Floats:
    """Precision of a random walk whose whole way has this standard deviation (singular: no start)."""
    step = (knots - 1) / total_sd**2
    matrix = np.diag(np.full(knots, 2 * step)) - step * (np.eye(knots, k=1) + np.eye(knots, k=-1))
    matrix[0, 0] = matrix[-1, -1] = step
    return matrix


def reverting_precision(knots: int, sd: float, length: float) -> tuple[Floats, float]:
    """Precision of an Ornstein-Uhlenbeck process at even knots on [0, 1], and its log determinant."""
    keep = np.exp(-1 / ((knots - 1) * length))
    inner = 1 / (sd**2 * (1 - keep**2))
    matrix = np.diag(np.full(knots, inner * (1 + keep**2)))
    matrix -= inner * keep * (np.eye(knots, k=1) + np.eye(knots, k=-1))
    matrix[0, 0] = matrix[-1, -1] = inner
    return matrix, float(-2 * knots * np.log(sd) - (knots - 1) * np.log1p(-(keep**2)))


def position_between_knots(time: Floats, knots: int) -> tuple[Ints, Floats]:
    """The knot to the left of each time, and how far it is on the way to the next."""
    place = time * (knots - 1)
    left = np.clip(np.floor(place).astype(np.int64), 0, knots - 2)
    return left, place - left
