"""Nearest texts by angle, exact in whole numbers, and the graph of the neighbours that two texts share."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

Vectors = npt.NDArray[np.float32]
Grid = npt.NDArray[np.float32]
Neighbours = npt.NDArray[np.int64]

GRID = 4000
EXACT_UP_TO = 20_000
_ROWS_AT_ONCE = 1024


def on_grid(vectors: npt.NDArray[np.floating]) -> Grid:
    """Unit vectors in whole steps of 1/4000.

    Products of two such vectors and all their partial sums are whole numbers below 2^24, which 32-bit floats hold
    exactly. So the matrix product gives the same bits whatever the threads, the blocking or the processor.
    """
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(np.rint(vectors / np.where(length > 0, length, 1) * GRID), dtype=np.float32)


def nearest(grid: Grid, k: int) -> tuple[Neighbours, Vectors]:
    """The k nearest others of each row and their similarity in steps of 1/GRID²."""
    n = len(grid)
    k = min(k, n - 1)
    found = np.empty((n, k), np.int64)
    near = np.empty((n, k), np.float32)
    for start in range(0, n, _ROWS_AT_ONCE):
        block = grid[start : start + _ROWS_AT_ONCE] @ grid.T
        rows = np.arange(len(block))
        block[rows, start + rows] = -np.inf
        best = np.argpartition(-block, k - 1, axis=1)[:, :k]
        found[start : start + len(block)] = best
        near[start : start + len(block)] = np.take_along_axis(block, best, axis=1)
    return found, near
