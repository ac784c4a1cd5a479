"""Nearest texts by angle, computed exactly in whole numbers."""

import numpy as np
import numpy.typing as npt

Grid = npt.NDArray[np.float32]
Neighbours = npt.NDArray[np.int32]

GRID = 4000
_ROWS_AT_ONCE = 512


def round_to_grid(vectors: npt.NDArray[np.floating], *, out: Grid | None = None) -> Grid:
    """Directions of vectors in whole steps of 1/4000; rows of zeros stay zeros. `out` may be `vectors` itself.

    Products of two such rows and all their partial sums are whole numbers below 2^24, which 32-bit floats hold
    exactly. So a matrix product gives the same bits whatever the threads, the blocking or the processor.
    """
    if out is None:
        out = np.empty(vectors.shape, np.float32)
    for start in range(0, len(vectors), _ROWS_AT_ONCE):
        block = vectors[start : start + _ROWS_AT_ONCE].astype(np.float64)
        length = np.linalg.norm(block, axis=1, keepdims=True)
        out[start : start + len(block)] = np.rint(block / np.where(length > 0, length, 1) * GRID)
    return out


def sum_by_label(
    grid: Grid, labels: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """The labels that occur, in order, and the sum of the rows of each: whole numbers, so exact in any order."""
    order = np.argsort(labels, kind="stable")
    found, starts = np.unique(labels[order], return_index=True)
    stops = np.append(starts[1:], len(order))
    sums = [grid[order[a:b]].sum(axis=0, dtype=np.float64) for a, b in zip(starts, stops, strict=True)]
    return found, np.array(sums).reshape(len(found), grid.shape[1])


def find_nearest(grid: Grid, k: int) -> tuple[Neighbours, npt.NDArray[np.float32]]:
    """The k nearest others of each row, in no order, and their products in steps of 1/GRID².

    Parameters
    ----------
    grid : (n, dim) from `round_to_grid`.
    k : at most n − 1.

    Returns
    -------
    Row numbers and products, both (n, k).
    """
    n = len(grid)
    found = np.empty((n, k), np.int32)
    near = np.empty((n, k), np.float32)
    for start in range(0, n, _ROWS_AT_ONCE):
        block = grid[start : start + _ROWS_AT_ONCE] @ grid.T
        rows = np.arange(len(block))
        block[rows, start + rows] = -np.inf
        best = np.argpartition(block, n - k, axis=1)[:, n - k :]
        found[start : start + len(block)] = best
        near[start : start + len(block)] = np.take_along_axis(block, best, axis=1)
    return found, near
