"""An order of people and statements that rests on their votes alone, so that names and numbers never matter.

Random draws are taken row by row; in an order that follows from ids, a conversation near the border between
groups and spectrum could fall to one side or the other with the ids. Here statements are told apart by who
voted what on them, and who by what else they voted on (colour refinement, Weisfeiler and Leman 1968), and
people by their ballots. People with the same ballot and weight are alike in everything that follows, and so
are statements with the same votes by the same people; among those the given order stands. Statements that
differ but that refinement cannot tell apart keep their given order too: in practice that takes a
conversation that maps onto itself, where either order gives the same map.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from massline.engine.votes import VoteTable

Positions = NDArray[np.intp]
Colours = NDArray[np.uint64]

ROUNDS = 3
_HALF = np.uint64(32)


@dataclass(frozen=True, eq=False)
class CanonicalOrder:
    """Positions in the table of the people (P,) and statements (M,) in canonical order."""

    people: Positions
    statements: Positions

    def applied(self, table: VoteTable) -> VoteTable:
        """The table in this order; its ids are then no longer sorted."""
        rank = np.argsort(self.statements)
        lengths = table.votes_each[self.people]
        start = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
        rows = np.repeat(table.start[self.people] - start[:-1], lengths) + np.arange(start[-1])
        cell = np.repeat(np.arange(len(self.people)) * len(rank), lengths) + rank[table.statement[rows]]
        cell = np.sort((cell << 2) | (table.value[rows].astype(np.int64) + 1))
        return replace(
            table,
            participants=table.participants[self.people],
            statements=table.statements[self.statements],
            start=start,
            statement=((cell >> 2) % max(len(rank), 1)).astype(np.int32),
            value=((cell & 3) - 1).astype(np.int8),
            section=table.section[self.people],
            weight=None if table.weight is None else table.weight[self.people],
        )


def canonical_order(table: VoteTable) -> CanonicalOrder:
    """Order statements by their refined colours and people by their ballots."""
    colours = statement_colours(table)
    statements = np.argsort(colours, kind="stable")
    rank = np.argsort(statements).astype(np.uint64)
    ballots = [ballot for _, _, ballot in ballot_colours(table, scatter_numbers(rank))]
    people = np.argsort(np.concatenate([np.zeros(0, np.uint64), *ballots]), kind="stable")
    return CanonicalOrder(people, statements)


def statement_colours(table: VoteTable) -> Colours:
    """Colours that differ wherever counts do, or who voted, or what else those people voted; (M,)."""
    counts = table.counts.astype(np.uint64)
    colours = scatter_numbers(scatter_numbers(scatter_numbers(counts[:, 0]) + counts[:, 1]) + counts[:, 2])
    kinds = len(np.unique(colours))
    for _ in range(ROUNDS):
        if kinds == len(colours):
            break
        colours = scatter_numbers(colours + sum_over_voters(table, colours))
        before, kinds = kinds, len(np.unique(colours))
        if kinds == before:
            break
    return colours


def sum_over_voters(table: VoteTable, colours: Colours) -> Colours:
    """Sums over each statement's votes of who cast them and what they were, (M,), in any order the same."""
    size = table.shape[1]
    high, low = np.zeros(size, np.uint64), np.zeros(size, np.uint64)
    for first, last, ballot in ballot_colours(table, colours):
        span = slice(int(table.start[first]), int(table.start[last]))
        vote = scatter_numbers(np.repeat(ballot, table.votes_each[first:last]) + encode_votes(table, span))
        which = table.statement[span]
        # Sums of 32-bit halves over a block of votes stay whole numbers below 2**53.
        for half, total in ((vote >> _HALF, high), (vote & np.uint64(0xFFFFFFFF), low)):
            total += np.bincount(which, weights=half.astype(float), minlength=size).astype(np.uint64)
    return scatter_numbers(high) + low


def ballot_colours(table: VoteTable, colours: Colours) -> list[tuple[int, int, Colours]]:
    """Colour of each person by weight and by what they voted on statements of which colour, in blocks."""
    found = []
    for first, last in table.blocks():
        span = slice(int(table.start[first]), int(table.start[last]))
        sums = np.zeros(span.stop - span.start + 1, np.uint64)
        np.cumsum(scatter_numbers(colours[table.statement[span]] + encode_votes(table, span)), out=sums[1:])
        edges = table.start[first : last + 1] - span.start
        ballot = np.diff(sums[edges])
        if table.weight is not None:
            ballot = ballot + scatter_numbers(table.weight[first:last].view(np.uint64))
        found.append((first, last, scatter_numbers(ballot)))
    return found


def encode_votes(table: VoteTable, span: slice) -> Colours:
    """The votes of a block as whole numbers 1, 2 and 3."""
    return (table.value[span] + np.int8(2)).astype(np.uint64)


def scatter_numbers(numbers: Colours) -> Colours:
    """Scatter 64-bit numbers (the finaliser of SplitMix64, Steele, Lea and Flood 2014)."""
    numbers = numbers + np.uint64(0x9E3779B97F4A7C15)
    numbers ^= numbers >> np.uint64(30)
    numbers *= np.uint64(0xBF58476D1CE4E5B9)
    numbers ^= numbers >> np.uint64(27)
    numbers *= np.uint64(0x94D049BB133111EB)
    numbers ^= numbers >> np.uint64(31)
    return numbers
