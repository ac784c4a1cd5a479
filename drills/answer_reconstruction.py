"""What published figures force: an answer is recovered where everything that fits the figures has it the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

Matrix = NDArray[np.float64]

VALUES = 3
LOOKS = 8
SURELY = 1e-6


@dataclass(frozen=True)
class Given:
    """An answer that was seen being given: by whom, when, and by which way they came in; not which it was."""

    who: str
    at: int
    way: int


@dataclass
class Cell:
    """One statement at one level: answers given, and figures as they changed, each with its moment.

    `aside` says when an invitation was set aside (True) or counted again.
    """

    given: list[Given] = field(default_factory=list)
    releases: list[tuple[int, tuple[int, int, int]]] = field(default_factory=list)
    aside: list[tuple[int, int, bool]] = field(default_factory=list)

    def is_aside(self, way: int, at: int) -> bool:
        """Say whether an invitation was set aside at a moment: nobody enters by it then, and who is in may leave."""
        return next(
            (aside for when, which, aside in reversed(self.aside) if which == way and when <= at), False
        )


class Program:
    """The linear program of a cell: when each answer entered the figures with which value, and when it left them again."""

    def __init__(self, cell: Cell) -> None:
        self.cell = cell
        # Answer, release (-1: in none of them), value, and whether it enters (1) or leaves (-1) there.
        self.columns: list[tuple[int, int, int, int]] = []
        for number, given in enumerate(cell.given):
            for value in range(VALUES):
                self.columns.append((number, -1, value, 0))
                self.columns += [
                    (number, release, value, -1 if cell.is_aside(given.way, at) else 1)
                    for release, (at, _counts) in enumerate(cell.releases)
                    if given.at <= at
                ]
        self.equal, self.right = self._figures()
        self.below, self.most = self._leaving()

    def _figures(self) -> tuple[Matrix, NDArray[np.float64]]:
        """Each answer has one value in all, and what enters less what leaves is what the figures changed by."""
        people, steps = len(self.cell.given), len(self.cell.releases)
        parts: list[tuple[int, int, float]] = []
        for column, (number, release, value, way) in enumerate(self.columns):
            parts.append((number, column, float(way if way else 1)))
            if way:
                parts.append((people + VALUES * release + value, column, float(way)))
        counts = np.array([[0, 0, 0], *(told for _at, told in self.cell.releases)], float)
        right = np.concatenate([np.ones(people), np.diff(counts, axis=0).ravel()])
        shape = (people + VALUES * steps, len(self.columns))
        return _matrix(parts, shape), right

    def _leaving(self) -> tuple[Matrix | None, NDArray[np.float64] | None]:
        """Nobody leaves who is not in, in the order of releases; who left may enter again."""
        parts: list[tuple[int, int, float]] = []
        row = 0
        by_answer: dict[tuple[int, int], list[int]] = {}
        for column, (number, _release, value, way) in enumerate(self.columns):
            if way:
                by_answer.setdefault((number, value), []).append(column)
        for own in by_answer.values():
            for column in own:
                _number, release, _value, way = self.columns[column]
                if way == -1:
                    for other in own:
                        if self.columns[other][1] < release or other == column:
                            parts.append((row, other, -float(self.columns[other][3])))
                    row += 1
        if not row:
            return None, None
        return _matrix(parts, (row, len(self.columns))), np.zeros(row)

    def value(self, number: int, value: int) -> NDArray[np.float64]:
        """The sum that says whether an answer has a value."""
        return np.array(
            [
                float(way if way else 1) * (one == number and said == value)
                for one, _step, said, way in self.columns
            ]
        )

    def solve(self, cost: NDArray[np.float64]) -> NDArray[np.float64]:
        found = linprog(
            cost, A_ub=self.below, b_ub=self.most, A_eq=self.equal, b_eq=self.right, bounds=(0, 1)
        )
        if not found.success or found.x is None:
            raise AssertionError(f"The figures fit no answers at all: {found.message}")
        return found.x

    def values(self, solution: NDArray[np.float64]) -> NDArray[np.float64]:
        """How far each answer has each value in a solution, (answers, values)."""
        found = np.zeros((len(self.cell.given), VALUES))
        for part, (number, _step, value, way) in zip(solution, self.columns, strict=True):
            found[number, value] += part * (way if way else 1)
        return found


def _matrix(parts: list[tuple[int, int, float]], shape: tuple[int, int]) -> Matrix:
    filled = np.zeros(shape)
    for row, column, part in parts:
        filled[row, column] += part
    return filled


def recovered(cell: Cell) -> Sequence[Given]:
    """Give the answers of a cell that its figures force. Some looks at random rule most of them out before."""
    if not cell.releases:
        return []
    program, drawn = Program(cell), np.random.default_rng(3)
    open_ = np.ones((len(cell.given), VALUES), bool)
    for _ in range(LOOKS):
        if not open_.any():
            return []
        cost = drawn.normal(size=(len(cell.given), VALUES)) + 10.0 * open_
        whole = np.array(
            [cost[number, value] * (way if way else 1) for number, _step, value, way in program.columns]
        )
        open_ &= program.values(program.solve(whole)) > 1 - SURELY
    return [
        cell.given[number]
        for number, value in np.argwhere(open_)
        if (program.value(number, value) @ program.solve(program.value(number, value))) > 1 - SURELY
    ]
