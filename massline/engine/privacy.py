"""Nothing small leaves: cells under k are hidden, and cannot be had back by subtraction.

Counts live in a `Cube` (say section x answer). Tables are margins of it, published together and again later as
more people are heard. Hiding only the small cells is not enough: what is hidden alone in a row follows from the
row's total (Cox 1980; Hundepool et al., *Statistical Disclosure Control*, 2012, ch. 4). `protect` hides further
cells until an attacker who solves for each hidden number by linear programming is left with a span of at least
k; `audit` is that attacker. A change of fewer than k people between two dates counts as a small cell too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from itertools import chain, combinations, pairwise, product
from math import ceil, floor, inf

import numpy as np
from numpy.typing import NDArray

K = 5

Axes = tuple[str, ...]
At = tuple[str, ...]
Ints = NDArray[np.int64]


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
    """One number of a table: `table` names its axes, `at` its labels there, `period` when it is published."""

    table: Axes
    at: At
    period: int = 0


@dataclass(frozen=True)
class Release:
    """What leaves: each cell of the tables with its count, or None where it is hidden."""

    cells: dict[Cell, int | None]
    k: int

    def table(self, *axes: str) -> dict[At, int | None]:
        """One table by its labels."""
        return {cell.at: count for cell, count in self.cells.items() if cell.table == axes}

    @property
    def hidden(self) -> list[Cell]:
        return [cell for cell, count in self.cells.items() if count is None]


@dataclass(frozen=True)
class Span:
    """What an attacker can work out about a number that was not shown: it lies within low and high."""

    cell: Cell
    low: float
    high: float
    since: int | None = None  # the earlier period, when the number is a change between two dates

    @property
    def width(self) -> float:
        return self.high - self.low


def with_margins(*axes: str) -> list[Axes]:
    """A table together with all its margins, down to the grand total.

    Examples
    --------
    >>> with_margins("section", "answer")
    [(), ('section',), ('answer',), ('section', 'answer')]
    """
    return list(chain.from_iterable(combinations(axes, n) for n in range(len(axes) + 1)))


def protect(
    cube: Cube, tables: Sequence[Axes], *, k: int = K, earlier: Sequence[tuple[Cube, Release]] = ()
) -> Release:
    """Decide which cells of the tables may leave.

    Parameters
    ----------
    cube : all people counted so far
    tables : each a set of axes to publish, e.g. from `with_margins`
    k : fewer people than this are never shown; nobody at all (0) is shown
    earlier : what was published before from the same axes, oldest first; it cannot be taken back

    Raises
    ------
    ValueError
        Where people were counted earlier who are missing now: publish such a correction as a new series.

    Examples
    --------
    >>> cube = Cube(("section",), (("A", "B", "C"),), np.array([30, 3, 12]))
    >>> protect(cube, with_margins("section")).table("section")
    {('A',): 30, ('B',): None, ('C',): None}
    """
    if k < 2:
        raise ValueError("k is at least 2: a cell of one person is never shown")
    system = _System.build([*(c for c, _ in earlier), cube], [*(r for _, r in earlier)], tables)
    now = len(earlier)
    for cell in system.cells:
        if cell.period == now and 0 < system.count(cell) < k:
            system.shown.discard(cell)
    for number in system.sensitive(k):
        while (attack := system.attack(number))[0].width < k:
            if not system.loosen(number, attack[1], now):
                raise ValueError(f"earlier releases already give away {number.cell.at}")
    mine = {c: system.count(c) if c in system.shown else None for c in system.cells if c.period == now}
    return Release({replace(cell, period=0): count for cell, count in mine.items()}, k)


def audit(published: Sequence[tuple[Cube, Release]]) -> list[Span]:
    """Attack what was published, oldest first: how closely can each small number be worked out?

    The attacker knows every number shown, how the tables add up and that counts are not negative. Counts are
    taken to be real numbers, which for the attacker can only be a disadvantage of less than one person.
    """
    system = _System.build([c for c, _ in published], [r for _, r in published], [])
    k = min(release.k for _, release in published)
    return [system.attack(number)[0] for number in system.sensitive(k)]


@dataclass(frozen=True, eq=False)
class _Number:
    """A number to be kept: a small cell, or a small change of a cell since an earlier period."""

    cell: Cell
    atoms: NDArray[np.float64]
    since: int | None = None


@dataclass(eq=False)
class _System:
    """The published numbers as sums of atoms: people of one finest cell who were first counted in one period."""

    cells: list[Cell]
    rows: NDArray[np.float64]  # (cells, atoms), 1 where the atom is in the cell
    people: Ints  # (atoms,)
    shown: set[Cell]
    place: dict[Cell, int] = field(default_factory=dict)

    @classmethod
    def build(cls, cubes: Sequence[Cube], releases: Sequence[Release], tables: Sequence[Axes]) -> "_System":
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
                listed = [Cell(t, at, period) for t in dict.fromkeys(tables) for at in _labels(first, t)]
                shown |= set(listed)
            cells += listed
            rows += [_members(first, cell, len(cubes)) for cell in listed]
        matrix = np.array(rows, np.float64).reshape(len(cells), -1)
        # Atoms that no cell tells apart count as one: the attacker cannot tell them apart either.
        merged, which = np.unique(matrix, axis=1, return_inverse=True)
        people = np.zeros(merged.shape[1], np.int64)
        np.add.at(people, which.ravel(), np.concatenate([step.ravel() for step in steps]))
        return cls(cells, merged, people, shown, {cell: i for i, cell in enumerate(cells)})

    def count(self, cell: Cell) -> int:
        return int(self.rows[self.place[cell]] @ self.people)

    def sensitive(self, k: int) -> Iterator[_Number]:
        """Small cells first, then small changes of one cell between any two periods."""
        for cell in self.cells:
            if 0 < self.count(cell) < k:
                yield _Number(cell, self.rows[self.place[cell]])
        for cell in self.cells:
            for before in range(cell.period):
                past = self.place.get(replace(cell, period=before))
                if past is None:
                    continue
                change = self.rows[self.place[cell]] - self.rows[past]
                if 0 < int(change @ self.people) < k:
                    yield _Number(cell, change, before)

    def attack(self, number: _Number) -> tuple[Span, NDArray[np.float64]]:
        """What an attacker can say of a number, and how much each cell helped in that (cells,)."""
        low, below = self._extreme(number.atoms, 1.0)
        high, above = self._extreme(number.atoms, -1.0)
        return Span(number.cell, low, high, number.since), np.abs(below) + np.abs(above)

    def loosen(self, number: _Number, weight: NDArray[np.float64], now: int) -> bool:
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

    def _extreme(self, atoms: NDArray[np.float64], sense: float) -> tuple[float, NDArray[np.float64]]:
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
        if solved.status != 0:
            raise ArithmeticError(f"the auditor could not solve for a cell: {solved.message}")
        weight[known] = solved.eqlin.marginals
        return round(sense * float(solved.fun or 0.0), 6), weight


def _labels(cube: Cube, table: Axes) -> list[At]:
    unknown = set(table) - set(cube.axes)
    if unknown:
        raise ValueError(f"the counts have no axis {', '.join(sorted(unknown))}")
    return list(product(*(cube.labels[cube.axes.index(axis)] for axis in table)))


def _members(cube: Cube, cell: Cell, periods: int) -> NDArray[np.float64]:
    """Which atoms a cell adds up: its finest cells, in every period up to its own."""
    inside = np.ones(cube.counts.shape, bool)
    for axis, label in zip(cell.table, cell.at, strict=True):
        which = cube.axes.index(axis)
        along = np.array([name == label for name in cube.labels[which]])
        inside &= along.reshape([-1 if i == which else 1 for i in range(len(cube.axes))])
    return np.concatenate([inside.ravel() * float(period <= cell.period) for period in range(periods)])


@dataclass(frozen=True)
class Share:
    """A share that may be shown: rounded, and only a bound where few stand on one side."""

    value: float
    bound: str = ""  # "", "at most" or "at least"


def rounded_share(part: int, whole: int, *, k: int = K) -> Share | None:
    """Round a share so that it does not give away single people; None where the whole is under k.

    Steps of 5 points below 100 people, of 1 point from there on. Where fewer than k people stand on a side the
    share is only bounded, also when nobody does: "everybody" would say what each of them thinks.

    Examples
    --------
    >>> rounded_share(33, 80), rounded_share(79, 80), rounded_share(2, 4)
    (Share(value=0.4, bound=''), Share(value=0.9, bound='at least'), None)
    """
    if not 0 <= part <= whole:
        raise ValueError(f"a part lies between 0 and the whole: {part} of {whole}")
    if whole < k:
        return None
    steps = 20 if whole < 100 else 100
    if part < k and whole - part < k:
        return None
    if part < k:
        return Share(ceil(k / whole * steps) / steps, "at most")
    if whole - part < k:
        return Share(floor((1 - k / whole) * steps) / steps, "at least")
    return Share(round(part / whole * steps) / steps)


def to_day(moment: datetime, zone: tzinfo) -> date:
    """The day of a moment where it happened; the hour, which could tell who it was, is dropped."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone to be put on a day")
    return moment.astimezone(zone).date()
