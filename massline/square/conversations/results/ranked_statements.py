"""Statements of a map ranked as columns of numbers, so that thousands of them cost no more than the few that are shown."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.map_schema import StatementAnswers, nobody_answered
from massline.engine.opinion.statement_arrays import StatementArrays
from massline.engine.votes import Id
from massline.square.conversations.results.statement_result import UNITES

Numbers = NDArray[np.int64]
Marks = NDArray[np.bool_]


class RankedStatements:
    """The statements of a map that are shown today, by number and in every order that a page lists them in."""

    def __init__(self, columns: StatementArrays, shown: Numbers, k: int) -> None:
        self.columns, self.k = columns, k
        self.numbers = np.array(columns.ids, np.int64)
        self.here: Marks = np.isin(self.numbers, shown)
        self.shown = shown

    def answers(self, number: int) -> StatementAnswers:
        """The answers to one statement; none where the edition tells nothing of it."""
        at = self.columns.places.get(number)
        return nobody_answered(number, "") if at is None else self.columns[at]

    @cached_property
    def enough(self) -> Marks:
        """Shown today, and answered by enough people to be told."""
        return self.here & (self.columns.whole[:, 0] >= self.k)

    @cached_property
    def unites(self) -> Marks:
        return self.enough & (self.columns.real[:, 4] >= UNITES)

    @cached_property
    def united_against(self) -> Marks:
        """Most say no, and in no group that is shown may half say yes."""
        whole, real, layout = self.columns.whole, self.columns.real, self.columns.layout
        against = self.enough & (whole[:, 2] > 0.5 * whole[:, 0]) & (real[:, 1] < UNITES)
        hidden = (whole[:, 6::3] < self.k).any(axis=1)
        return against & (hidden | (real[:, layout.parts[-1] + 1 :: 2] < UNITES).all(axis=1))

    @cached_property
    def not_yet(self) -> Numbers:
        """Statements that are asked, and of which the edition tells nothing."""
        return np.setdiff1d(self.shown, self.numbers)

    @cached_property
    def by_agreement(self) -> Numbers:
        return self._ranked(self.columns.real[:, 4])

    @cached_property
    def by_division(self) -> Numbers:
        return self._ranked(self.columns.real[:, 3])

    @cached_property
    def uniting(self) -> Numbers:
        """Statements that surely unite, the most broadly agreed first."""
        return self._among(self.by_agreement, self.unites)

    @cached_property
    def nearest(self) -> Numbers:
        return self._among(self.by_agreement, self.enough)

    @cached_property
    def against(self) -> Numbers:
        """Statements that most say no to, the most clearly first."""
        at = np.flatnonzero(self.united_against)
        share = self.columns.whole[at, 2] / self.columns.whole[at, 0]
        return self.numbers[at[np.argsort(-share, kind="stable")]]

    def dividing(self, *, grouped: bool) -> Numbers:
        """Statements that divide, the most clearly first; without groups those on which people split nearly evenly."""
        divides = self.columns.real[:, 3] > (0.0 if grouped else UNITES)
        return self._among(self.by_division, self.enough & divides & ~self.unites & ~self.united_against)

    def told(self, numbers: Sequence[Id]) -> Numbers:
        """Those of some statements that are shown and that enough people answered, in their order."""
        places = self.columns.places
        return np.array([int(n) for n in numbers if n in places and self.enough[places[n]]], np.int64)

    def _ranked(self, score: NDArray[np.float64]) -> Numbers:
        """Numbers by a score from the highest down, those that too few answered last."""
        order = np.lexsort((self.numbers, -score, ~self.enough))
        return self.numbers[order[self.here[order]]]

    def _among(self, numbers: Numbers, marks: Marks) -> Numbers:
        return numbers[np.isin(numbers, self.numbers[marks])]
