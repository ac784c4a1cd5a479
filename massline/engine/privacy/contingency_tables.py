"""Counts over several axes, the tables that are margins of them, and what leaves of those."""

from dataclasses import dataclass
from itertools import chain, combinations, product

import numpy as np
from numpy.typing import NDArray

Axes = tuple[str, ...]
Labels = tuple[str, ...]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Cube:
    """Counts of different people over all axes at once.

    Attributes
    ----------
    axes : names of the axes, e.g. ("section", "answer")
    labels : the labels along each axis
    counts : int64 of shape (len(labels[0]), len(labels[1]), ...), people per finest cell
    """

    axes: Axes
    labels: tuple[tuple[str, ...], ...]
    counts: Ints

    def __post_init__(self) -> None:
        shape = tuple(len(names) for names in self.labels)
        if len(self.axes) != len(shape) or self.counts.shape != shape:
            raise ValueError(f"counts of shape {self.counts.shape} do not fit labels of shape {shape}")
        if self.counts.dtype.kind not in "iu" or (self.counts < 0).any():
            raise ValueError("counts of people are whole numbers from 0")


@dataclass(frozen=True)
class Cell:
    """A number of a table: `table` names its axes, `at` its labels there, `period` when it is published."""

    table: Axes
    at: Labels
    period: int = 0


@dataclass(frozen=True)
class Release:
    """Published tables: each cell with its count, or None where it is hidden."""

    cells: dict[Cell, int | None]
    k: int

    def table(self, *axes: str) -> dict[Labels, int | None]:
        """A table by its labels."""
        return {cell.at: count for cell, count in self.cells.items() if cell.table == axes}

    @property
    def hidden(self) -> list[Cell]:
        return [cell for cell, count in self.cells.items() if count is None]


def add_margins(*axes: str) -> list[Axes]:
    """A table together with all its margins, down to the grand total.

    Examples
    --------
    >>> add_margins("section", "answer")
    [(), ('section',), ('answer',), ('section', 'answer')]
    """
    return list(chain.from_iterable(combinations(axes, n) for n in range(len(axes) + 1)))


def cell_labels(cube: Cube, table: Axes) -> list[Labels]:
    """The labels of every cell of a table."""
    unknown = set(table) - set(cube.axes)
    if unknown:
        raise ValueError(f"the counts have no axis {', '.join(sorted(unknown))}")
    return list(product(*(cube.labels[cube.axes.index(axis)] for axis in table)))


def atoms_of_cell(cube: Cube, cell: Cell, periods: int) -> Floats:
    """The atoms a cell adds up: its finest cells, in every period up to its own."""
    inside = np.ones(cube.counts.shape, bool)
    for axis, label in zip(cell.table, cell.at, strict=True):
        which = cube.axes.index(axis)
        along = np.array([name == label for name in cube.labels[which]])
        inside &= along.reshape([-1 if i == which else 1 for i in range(len(cube.axes))])
    return np.concatenate([inside.ravel() * float(period <= cell.period) for period in range(periods)])
