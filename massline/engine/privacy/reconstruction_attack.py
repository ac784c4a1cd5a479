"""Somebody who solves for hidden numbers: all that is shown, as sums, and how closely they pin each number down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf

import numpy as np

from massline.engine.privacy.contingency_tables import (
    Axes,
    Cell,
    Cube,
    Floats,
    Ints,
    Release,
    atoms_of_cell,
    cell_labels,
)


@dataclass(frozen=True)
class Bounds:
    """Bounds that an attacker can derive for a hidden number."""

    cell: Cell
    low: float
    high: float
    since: int | None = None  # the earlier period, when the number is a change between two dates

    @property
    def width(self) -> float:
        return self.high - self.low


@dataclass(frozen=True, eq=False)
class SensitiveNumber:
    """A number to be kept: a small cell, or a small change of a cell since an earlier period."""

    cell: Cell
    atoms: Floats
    since: int | None = None


@dataclass(eq=False)
class PublishedSums:
    """The published numbers as sums of atoms: people of one finest cell who were first counted in one period.

    `possible` keeps what the atoms may be for all an attacker knows, found on the way: as cells are only ever
    hidden, never shown again, what was possible once stays so.
    """

    cells: list[Cell]
    rows: Floats  # (cells, atoms), 1 where the atom is in the cell
    people: Ints  # (atoms,)
    shown: set[Cell]
    place: dict[Cell, int] = field(default_factory=dict)
    possible: list[Floats] = field(default_factory=list)

    @classmethod
    def build(
        cls, cubes: Sequence[Cube], releases: Sequence[Release], tables: Sequence[Axes]
    ) -> "PublishedSums":
        first = cubes[0]
        if any(c.axes != first.axes or c.labels != first.labels for c in cubes):
            raise ValueError("tables published over time keep their axes and labels")
        steps = [cubes[0].counts, *(b.counts - a.counts for a, b in pairwise(cubes))]
        if any((step < 0).any() for step in steps):
            raise ValueError("people counted earlier are missing now; publish the correction as a new series")
        cells, rows, shown = [], [], set()
        for period in range(len(cubes)):
            if period < len(releases):
                listed = [replace(c, period=period) for c in releases[period].cells]
                shown |= {
                    replace(c, period=period) for c, n in releases[period].cells.items() if n is not None
                }
            else:
                listed = [Cell(t, at, period) for t in dict.fromkeys(tables) for at in cell_labels(first, t)]
                shown |= set(listed)
            cells += listed
            rows += [atoms_of_cell(first, cell, len(cubes)) for cell in listed]
        matrix = np.array(rows, np.float64).reshape(len(cells), -1)
        # Atoms that no cell tells apart count as one: the attacker cannot tell them apart either.
        merged, which = np.unique(matrix, axis=1, return_inverse=True)
        people = np.zeros(merged.shape[1], np.int64)
        np.add.at(people, which.ravel(), np.concatenate([step.ravel() for step in steps]))
        return cls(cells, merged, people, shown, {cell: i for i, cell in enumerate(cells)})

    def count(self, cell: Cell) -> int:
        return int(self.rows[self.place[cell]] @ self.people)

    def sensitive(self, k: int) -> Iterator[SensitiveNumber]:
        """Small cells first, then small changes of one cell between any two periods."""
        for cell in self.cells:
            if 0 < self.count(cell) < k:
                yield SensitiveNumber(cell, self.rows[self.place[cell]])
        for cell in self.cells:
            for before in range(cell.period):
                past = self.place.get(replace(cell, period=before))
                if past is None:
                    continue
                change = self.rows[self.place[cell]] - self.rows[past]
                if 0 < int(change @ self.people) < k:
                    yield SensitiveNumber(cell, change, before)

    def keeps(self, number: SensitiveNumber, k: int) -> bool:
        """True if it is known already that a number could be k people fewer or more, without solving for it."""
        if not self.possible:
            return False
        values = np.array([float(number.atoms @ atoms) for atoms in self.possible])
        return round(float(values.max() - values.min()), 6) >= k

    def attack(self, number: SensitiveNumber) -> tuple[Bounds, Floats]:
        """Bounds an attacker can derive for a number, and how much each cell helped in that (cells,)."""
        low, below = self.extreme(number.atoms, 1.0)
        high, above = self.extreme(number.atoms, -1.0)
        return Bounds(number.cell, low, high, number.since), np.abs(below) + np.abs(above)

    def loosen(self, number: SensitiveNumber, weight: Floats, now: int) -> bool:
        """Hide one more cell of the present period: the smallest among those that pin the number down."""
        open_cells = [c for c in self.cells if c in self.shown and c.period == now]
        binding = [c for c in open_cells if weight[self.place[c]] > 1e-9]
        touching = [c for c in open_cells if self.rows[self.place[c]] @ (number.atoms > 0) > 0]
        pool = binding or touching or open_cells
        if not pool:
            return False
        chosen = min(
            pool, key=lambda c: (self.count(c) == 0, len(c.table) == 0, self.count(c), c.table, c.at)
        )
        self.shown.discard(chosen)
        return True

    def extreme(self, atoms: Floats, sense: float) -> tuple[float, Floats]:
        """Least (sense 1) or greatest (sense -1) value the number can take, and which cells pin it there."""
        from scipy.optimize import linprog

        known = [self.place[c] for c in self.cells if c in self.shown]
        weight = np.zeros(len(self.cells))
        if not known:
            return (0.0 if sense > 0 else inf), weight
        rows = self.rows[known]
        solved = linprog(sense * atoms, A_eq=rows, b_eq=rows @ self.people, bounds=(0, None), method="highs")
        if solved.status == 3:
            return inf, weight
        if solved.status != 0 or solved.x is None:
            raise ArithmeticError(f"the auditor could not solve for a cell: {solved.message}")
        weight[known] = solved.eqlin.marginals
        self.possible.append(solved.x)
        return round(sense * float(solved.fun or 0.0), 6), weight
