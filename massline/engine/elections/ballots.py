"""Anonymous ballots as arrays: equal ballots merged and sorted, invalid ones counted by reason."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

EMPTY, TWO_AT_ONE_RANK = "empty", "two_at_one_rank"


@dataclass(frozen=True, eq=False)
class Ballots:
    """Valid ballots, each kind once.

    Attributes
    ----------
    candidates : names in their sorted order, (m,)
    ranks : (b, m) 1 for the first choice, 2 for the second, …, without gaps; 0 where nothing was marked
    counts : (b,) how many ballots are of this kind, from 1
    invalid : ballots that do not count, by reason
    """

    candidates: tuple[str, ...]
    ranks: NDArray[np.int64]
    counts: NDArray[np.int64]
    invalid: Mapping[str, int]

    @property
    def valid(self) -> int:
        return int(self.counts.sum())

    @property
    def cast(self) -> int:
        return self.valid + sum(self.invalid.values())

    def orders(self) -> list[tuple[tuple[int, ...], int]]:
        """Places of the ranked candidates, best first, and the number of such ballots; for ballots without equal ranks."""
        return [
            (tuple(int(place) for place in np.argsort(row, kind="stable") if row[place]), int(count))
            for row, count in zip(self.ranks, self.counts, strict=True)
        ]

    def approvals(self) -> "Ballots":
        """Whoever is ranked is approved: the same ballots with 1 and 0 alone."""
        return merge_ballots(self.candidates, (self.ranks > 0).astype(np.int64), self.counts, self.invalid)


# What a whole number of a document may be in every reader of JSON.
MOST_BALLOTS = 2**53


def merge_ballots(
    candidates: Sequence[str],
    ranks: ArrayLike,
    counts: ArrayLike | None = None,
    invalid: Mapping[str, int] | None = None,
    *,
    equal_ranks: bool = True,
) -> Ballots:
    """Merge ballots of one kind, whatever the order of rows and columns.

    Parameters
    ----------
    candidates : their names, in the order of the columns.
    ranks : (n, m) whole numbers; 1 is the first choice, 0 is unranked. Skipped ranks are closed up.
    counts : (n,) how often each row was cast; once where left out.
    invalid : ballots found invalid before, by reason.
    equal_ranks : whether a ballot may rank two alike; otherwise such a ballot is invalid.

    Raises ValueError for names that are empty or there twice, negative ranks or counts, more than 2⁵³ ballots,
    and a wrong shape.
    """
    names = tuple(candidates)
    if len(set(names)) != len(names) or not all(names):
        raise ValueError("each candidate has one name, and no name is empty or there twice")
    table = np.asarray(ranks, np.int64).reshape(-1, len(names)) if names else np.zeros((0, 0), np.int64)
    if counts is not None and sum(map(abs, np.asarray(counts, object).tolist())) > MOST_BALLOTS:
        raise ValueError(f"more than {MOST_BALLOTS} ballots cannot be counted exactly")
    times = np.ones(len(table), np.int64) if counts is None else np.asarray(counts, np.int64)
    if times.shape != (len(table),) or (times < 0).any() or (table < 0).any():
        raise ValueError("ballots are rows of ranks from 0, each with a count from 0")
    order = sorted(range(len(names)), key=names.__getitem__)
    left_out = Counter(invalid or {})
    kinds, numbers = _merge(table[:, order], times)
    kept = np.ones(len(kinds), bool)
    for row, kind in enumerate(kinds):
        marked = kind[kind > 0]
        reason = _reason(marked, equal_ranks)
        if reason:
            left_out[reason] += int(numbers[row])
            kept[row] = False
        else:
            kind[kind > 0] = np.unique(marked, return_inverse=True)[1] + 1
    kinds, numbers = _merge(kinds[kept], numbers[kept])
    found = {reason: count for reason, count in sorted(left_out.items()) if count}
    return Ballots(tuple(names[place] for place in order), kinds, numbers, found)


def _reason(marked: NDArray[np.int64], equal_ranks: bool) -> str:
    if not len(marked):
        return EMPTY
    return "" if equal_ranks or len(set(marked.tolist())) == len(marked) else TWO_AT_ONE_RANK


def _merge(table: NDArray[np.int64], times: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each kind of row once, in sorted order, with how often it is there."""
    table, times = table[times > 0], times[times > 0]
    if not len(table):
        return table, times
    kinds, inverse = np.unique(table, axis=0, return_inverse=True)
    numbers = np.zeros(len(kinds), np.int64)
    np.add.at(numbers, inverse.reshape(-1), times)
    return kinds, numbers
