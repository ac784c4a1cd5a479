"""Votes as integer arrays in one canonical order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from massline.engine.votes.columns import (
    Floats,
    Id,
    Ids,
    Ints,
    Names,
    Weights,
    factorise,
    keep_last_votes,
    read_integers,
    read_sections,
    read_values,
    read_weights,
)


@dataclass(frozen=True, eq=False)
class VoteTable:
    """Votes by participant and statement; a vote never cast is simply absent.

    The order is canonical (participants, then statements, integers before text), so the order in which votes
    came in never matters. Build it with `from_rows` or `from_arrays`; the arrays must not be written to.

    Attributes
    ----------
    participants, statements : ids as given, shapes (P,) and (M,), sorted
    start : (P + 1,) int64; the votes of participant i are the slice start[i]:start[i + 1]
    statement : (V,) int32, position of the statement in `statements`
    value : (V,) int8, +1 agree, 0 pass, -1 disagree
    section : (P,) int32, position in `sections`, -1 where unknown
    sections : names of the sections, sorted
    weight : (P,) float64 with mean 1, or None where everybody counts alike
    replaced : votes left out because the same person voted on the same statement again later
    """

    participants: Ids
    statements: Ids
    start: Ints
    statement: NDArray[np.int32]
    value: NDArray[np.int8]
    section: NDArray[np.int32]
    sections: tuple[str, ...] = ()
    weight: Floats | None = None
    replaced: int = 0

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[tuple[Id, Id, int]],
        *,
        sections: Names | None = None,
        weights: Weights | None = None,
        statements: Iterable[Id] = (),
    ) -> "VoteTable":
        """Build a table from (participant, statement, value) rows; the last vote on a statement wins.

        Parameters
        ----------
        rows : participant and statement are int or str; value is +1, 0 or -1
        sections, weights : by participant; a participant not named has no section and weight 1
        statements : ids that exist although nobody may have voted on them yet

        Raises
        ------
        ValueError
            Naming the first row that cannot be read.

        Examples
        --------
        >>> table = VoteTable.from_rows([("amal", 1, 1), ("bea", 1, -1), ("amal", 1, 0)])
        >>> table.value.tolist(), table.replaced
        ([0, -1], 1)
        """
        listed = list(rows)
        if (numbers := read_integers(listed)) is not None:
            return cls.from_arrays(*numbers, sections=sections, weights=weights, statements=statements)
        try:
            people, asked, values = zip(*listed, strict=True) if listed else ((), (), ())
        except ValueError:
            at = next((i for i, row in enumerate(listed) if len(row) != 3), 0)
            raise ValueError(
                f"row {at}: expected (participant, statement, value), got {listed[at]!r}"
            ) from None
        return cls.from_arrays(
            people, asked, values, sections=sections, weights=weights, statements=statements
        )

    @classmethod
    def from_arrays(
        cls,
        participant: Sequence[Id] | Ints,
        statement: Sequence[Id] | Ints,
        value: Sequence[float] | NDArray[np.generic],
        *,
        voted_at: Sequence[float] | NDArray[np.generic] | None = None,
        sections: Names | None = None,
        weights: Weights | None = None,
        statements: Iterable[Id] = (),
    ) -> "VoteTable":
        """Build a table from three columns; `voted_at` decides which of two votes came last."""
        values = read_values(value)
        if not len(participant) == len(statement) == len(values):
            raise ValueError(
                f"columns differ in length: {len(participant)} participants, {len(statement)} statements, "
                f"{len(values)} values"
            )
        people, who = factorise(participant, "participant")
        asked, which = factorise(statement, "statement", also=tuple(statements))
        if voted_at is not None:
            order = np.argsort(np.asarray(voted_at), kind="stable")
            who, which, values = who[order], which[order], values[order]
        who, which, values = keep_last_votes(who, which, values, len(people), len(asked))
        start = np.zeros(len(people) + 1, np.int64)
        start[1:] = np.searchsorted(who, np.arange(len(people), dtype=np.int32), side="right")
        names, section = read_sections(people, sections or {})
        return cls(
            participants=people,
            statements=asked,
            start=start,
            statement=which,
            value=values,
            section=section,
            sections=names,
            weight=read_weights(people, weights) if weights else None,
            replaced=len(participant) - len(values),
        )

    @property
    def shape(self) -> tuple[int, int]:
        """Participants and statements."""
        return len(self.participants), len(self.statements)

    @property
    def votes(self) -> int:
        """Votes that count."""
        return len(self.value)

    @property
    def votes_each(self) -> Ints:
        """Votes of each participant, shape (P,)."""
        return np.diff(self.start)

    def blocks(self, votes: int = 1_000_000) -> Iterator[tuple[int, int]]:
        """Ranges of participants of about this many votes each, so that large tables are worked through in parts."""
        cuts = np.searchsorted(self.start, np.arange(votes, self.votes, votes))
        edges = np.unique(np.concatenate([[0], cuts, [len(self.participants)]]))
        return zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)

    @cached_property
    def counts(self) -> Ints:
        """Disagreements, passes and agreements with each statement, shape (M, 3)."""
        total = np.zeros(3 * len(self.statements), np.int64)
        for low in range(0, self.votes, 1_000_000):
            span = slice(low, low + 1_000_000)
            cell = self.statement[span].astype(np.intp)
            cell *= 3
            cell += self.value[span]
            cell += 1
            total += np.bincount(cell, minlength=len(total))
        return total.reshape(-1, 3)

    def counts_by(self, labels: NDArray[np.int32], sets: int) -> Ints:
        """The same for each of several sets of people, shape (sets, M, 3); a label of -1 is in no set."""
        size = len(self.statements)
        total = np.zeros(sets * size * 3, np.int64)
        for cell, _ in self._cells(labels, sets):
            total += np.bincount(cell, minlength=len(total))
        return total.reshape(sets, size, 3)

    def mass_by(self, labels: NDArray[np.int32], sets: int, *, power: int = 1) -> Floats:
        """The same with everybody's weight (to a power) instead of a count."""
        weight = self.weight if self.weight is not None else np.ones(len(self.participants))
        size = len(self.statements)
        total = np.zeros(sets * size * 3)
        for cell, voter in self._cells(labels, sets):
            total += np.bincount(cell, weights=weight[voter] ** power, minlength=len(total))
        return total.reshape(sets, size, 3)

    def _cells(self, labels: NDArray[np.int32], sets: int) -> Iterator[tuple[Ints, Ints]]:
        """The place of each vote among (set, statement, value), and its voter, block by block."""
        size = len(self.statements)
        for low, high in self.blocks():
            span = slice(int(self.start[low]), int(self.start[high]))
            voter = np.repeat(np.arange(low, high), self.votes_each[low:high])
            cell = self.statement[span].astype(np.int64) * 3 + self.value[span] + 1
            if sets != 1 or (labels[low:high] != 0).any():
                label = labels[voter]
                cell = cell[label >= 0] + label[label >= 0].astype(np.int64) * (3 * size)
                voter = voter[label >= 0]
            yield cell, voter

    @property
    def voter(self) -> NDArray[np.int32]:
        """The participant of every vote, shape (V,)."""
        return np.repeat(np.arange(len(self.participants), dtype=np.int32), self.votes_each)

    def with_values(self, value: NDArray[np.int8]) -> "VoteTable":
        """Put other votes into the same cells."""
        return replace(self, value=value, replaced=0)

    def keep(self, kept: NDArray[np.bool_]) -> "VoteTable":
        """Keep only some votes, (V,); people and statements stay as they are."""
        before = np.concatenate([np.zeros(1, np.int64), np.cumsum(kept)])
        return replace(
            self,
            start=before[self.start],
            statement=self.statement[kept],
            value=self.value[kept],
            replaced=0,
        )

    def subset(self, people: NDArray[np.intp]) -> "VoteTable":
        """Keep the participants at these positions (sorted); statements stay as they are."""
        lengths = self.votes_each[people]
        start = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
        rows = np.repeat(self.start[people] - start[:-1], lengths) + np.arange(start[-1])
        return VoteTable(
            participants=self.participants[people],
            statements=self.statements,
            start=start,
            statement=self.statement[rows],
            value=self.value[rows],
            section=self.section[people],
            sections=self.sections,
            weight=None if self.weight is None else self.weight[people],
        )
