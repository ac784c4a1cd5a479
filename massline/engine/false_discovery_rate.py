"""Control of false discoveries among many tests (Benjamini and Hochberg, 1995)."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def select_discoveries(p_values: ArrayLike, *, rate: float = 0.1) -> NDArray[np.bool_]:
    """Return which findings hold when at most `rate` of them may be false (Benjamini and Hochberg 1995).

    Examples
    --------
    >>> select_discoveries([0.01, 0.02, 0.03, 0.5], rate=0.05).tolist()
    [True, True, True, False]
    """
    p = np.asarray(p_values, float)
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("p-values lie between 0 and 1")
    flat = p.ravel()
    order = np.argsort(flat, kind="stable")
    passed = flat[order] <= rate * np.arange(1, flat.size + 1) / max(flat.size, 1)
    found = np.zeros(flat.size, bool)
    if passed.any():
        found[order[: int(np.flatnonzero(passed)[-1]) + 1]] = True
    return found.reshape(p.shape)
