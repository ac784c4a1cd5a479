"""Nearest texts among many thousands: the space is cut into cells, and only the cells around a text are searched."""

import numpy as np
import numpy.typing as npt

from massline.engine.themes.neighbours import Grid, Neighbours, round_to_grid, sum_by_label

_SAMPLE = 40_000
_ROUNDS = 6
_SEARCHED = 24
_TEXTS_A_CELL = 280
_ROWS_AT_ONCE = 4096


def find_nearest_in_cells(grid: Grid, k: int, *, seed: int) -> tuple[Neighbours, npt.NDArray[np.float32]]:
    """Like neighbours.nearest, searching the 24 cells nearest to each text's own (an inverted file index).

    The cells are means of a seeded sample, brought onto the grid, so the result is the same to the bit.
    """
    centres = _centres(grid, seed)
    cell_of = _nearest_centre(grid, centres)
    order = np.argsort(cell_of, kind="stable").astype(np.int32)
    starts = np.searchsorted(cell_of[order], np.arange(len(centres) + 1))
    between = centres @ centres.T
    found = np.empty((len(grid), k), np.int32)
    near = np.full((len(grid), k), -np.inf, np.float32)
    for cell in range(len(centres)):
        mine = order[starts[cell] : starts[cell + 1]]
        if len(mine):
            around = _enough(np.argsort(-between[cell], kind="stable"), starts, k)
            others = np.concatenate([order[starts[cell] : starts[cell + 1]] for cell in around])
            others.sort()
            found[mine], near[mine] = _search(grid, mine, others, k)
    return found, near


def _enough(cells: npt.NDArray[np.int64], starts: npt.NDArray[np.int64], k: int) -> npt.NDArray[np.int64]:
    """The first cells, as many as are searched anyway or as it takes to find k others."""
    held = np.cumsum(starts[cells + 1] - starts[cells])
    return cells[: max(_SEARCHED, int(np.searchsorted(held, k + 1)) + 1)]


def _search(
    grid: Grid, mine: Neighbours, others: Neighbours, k: int
) -> tuple[Neighbours, npt.NDArray[np.float32]]:
    products = grid[mine] @ grid[others].T
    products[np.arange(len(mine)), np.searchsorted(others, mine)] = -np.inf
    best = np.argpartition(products, len(others) - k, axis=1)[:, -k:]
    return others[best], np.take_along_axis(products, best, axis=1)


def _centres(grid: Grid, seed: int) -> Grid:
    rng = np.random.default_rng(seed)
    sample = grid[np.sort(rng.permutation(len(grid))[:_SAMPLE])]
    count = max(2, len(grid) // _TEXTS_A_CELL)
    centres = sample[np.sort(rng.permutation(len(sample))[: min(count, len(sample))])]
    for _ in range(_ROUNDS):
        cell_of = _nearest_centre(sample, centres)
        lived, moved = sum_by_label(sample, cell_of)
        centres[lived] = round_to_grid(moved)
    return centres


def _nearest_centre(grid: Grid, centres: Grid) -> npt.NDArray[np.int64]:
    out = np.empty(len(grid), np.int64)
    for start in range(0, len(grid), _ROWS_AT_ONCE):
        part = slice(start, start + _ROWS_AT_ONCE)
        out[part] = (grid[part] @ centres.T).argmax(axis=1)
    return out
