"""Integer sums of votes, from which maps are computed, independent of the order of the votes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from massline.engine.votes.columns import Floats, Ints
from massline.engine.votes.table import VoteTable

AGREE, PASS, DISAGREE = 1, 0, -1


@dataclass(eq=False)
class Tally:
    """Integer sums of votes; they add up exactly in any order and over any shards.

    With v the vote (+1, 0, -1) and m = 1 where one was cast: A = sum v_ij v_ik, B = sum m_ij v_ik, C = sum
    m_ij m_ik over people i; each of shape (M, M), int64. The mean-imputed covariance follows exactly from
    them (`covariance`). A tally knows no person: to change a vote, hand in that person's votes so far.
    """

    statements: int
    people: int = 0
    a: Ints = field(default_factory=lambda: np.zeros((0, 0), np.int64))
    b: Ints = field(default_factory=lambda: np.zeros((0, 0), np.int64))
    c: Ints = field(default_factory=lambda: np.zeros((0, 0), np.int64))

    def __post_init__(self) -> None:
        if self.a.shape != (self.statements, self.statements):
            self.a, self.b, self.c = (np.zeros((self.statements, self.statements), np.int64) for _ in "abc")

    @classmethod
    def from_table(cls, table: VoteTable) -> "Tally":
        """Sum a whole table; blocks of rows go through dense products, exact below 2**24 rows."""
        tally = cls(table.shape[1], people=int((table.votes_each > 0).sum()))
        size = max(64, 2_000_000 // max(1, table.shape[1]))
        for low in range(0, table.shape[0], size):
            votes, cast = dense_block(table, low, min(low + size, table.shape[0]))
            # Sums of -1, 0 and 1 are exact in float32, whatever the order a product adds them in.
            tally.a += (votes.T @ votes).astype(np.int64)
            tally.b += (cast.T @ votes).astype(np.int64)
            tally.c += (cast.T @ cast).astype(np.int64)
        return tally

    def vote(self, so_far: Mapping[int, int], statement: int, value: int) -> None:
        """Add one vote, or change it where `so_far` (that person's votes by position) already has one."""
        if value not in (AGREE, PASS, DISAGREE):
            raise ValueError(f"a vote is +1, 0 or -1, got {value!r}")
        old = so_far.get(statement)
        others = np.array([j for j in so_far if j != statement], np.int64)
        theirs = np.array([so_far[int(j)] for j in others], np.int64)
        step, new = value - (old or 0), int(old is None)
        self.a[statement, others] += step * theirs
        self.a[others, statement] += step * theirs
        self.b[others, statement] += step
        self.b[statement, others] += new * theirs
        self.c[statement, others] += new
        self.c[others, statement] += new
        self.a[statement, statement] += value * value - (old or 0) ** 2
        self.b[statement, statement] += step
        self.c[statement, statement] += new
        self.people += int(not so_far)

    def __add__(self, other: "Tally") -> "Tally":
        """Merge two shards that share no person."""
        self._same_statements(other)
        return Tally(
            self.statements, self.people + other.people, self.a + other.a, self.b + other.b, self.c + other.c
        )

    def __sub__(self, other: "Tally") -> "Tally":
        """Take a cohort out again."""
        self._same_statements(other)
        return Tally(
            self.statements, self.people - other.people, self.a - other.a, self.b - other.b, self.c - other.c
        )

    def _same_statements(self, other: "Tally") -> None:
        if self.statements != other.statements:
            raise ValueError(f"tallies over {self.statements} and {other.statements} statements do not mix")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tally):
            return NotImplemented
        return self.people == other.people and all(
            np.array_equal(mine, theirs)
            for mine, theirs in ((self.a, other.a), (self.b, other.b), (self.c, other.c))
        )

    @property
    def seen(self) -> Ints:
        """Votes on each statement, passes included."""
        return np.diagonal(self.c).copy()

    @property
    def agree(self) -> Ints:
        """Agreements with each statement."""
        return (np.diagonal(self.a) + np.diagonal(self.b)) // 2

    @property
    def disagree(self) -> Ints:
        """Disagreements with each statement."""
        return (np.diagonal(self.a) - np.diagonal(self.b)) // 2

    @property
    def means(self) -> Floats:
        """Mean vote on each statement, 0 where nobody voted."""
        return np.diagonal(self.b) / np.maximum(self.seen, 1)

    def covariance(self) -> Floats:
        """Covariance (divisor people - 1) with unseen statements at the statement's mean, (M, M)."""
        mean = self.means
        lean = self.b * mean[:, None]
        return (self.a - lean - lean.T + self.c * np.outer(mean, mean)) / max(self.people - 1, 1)


def dense_block(table: VoteTable, low: int, high: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Votes and their mask for the participants low..high, dense."""
    span = slice(int(table.start[low]), int(table.start[high]))
    rows = np.repeat(np.arange(high - low), np.diff(table.start[low : high + 1]))
    votes = np.zeros((high - low, table.shape[1]), np.float32)
    cast = np.zeros_like(votes)
    votes[rows, table.statement[span]] = table.value[span]
    cast[rows, table.statement[span]] = 1
    return votes, cast
