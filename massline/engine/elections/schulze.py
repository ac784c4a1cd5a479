"""Schulze's method: the winner has a path of majorities to everybody that is at least as strong as the way back.

Markus Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
election method", Social Choice and Welfare 36 (2011); strength of a link by winning votes.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from massline.engine.elections.ballots import Ballots
from massline.engine.elections.lot_order import elect_by_lot
from massline.engine.elections.result import Duels, Election, Tie


def count_schulze(ballots: Ballots, seats: int, lot: Sequence[str]) -> Election:
    """Rank all candidates; `seats` is 1. Those whom a ballot does not rank stand below all whom it ranks."""
    preferred = count_preferences(ballots)
    paths = find_strongest_paths(preferred)
    ranking, ties = _rank(ballots.candidates, paths, lot)
    return Election(
        method="schulze",
        seats=seats,
        candidates=ballots.candidates,
        winners=ranking[:1],
        unfilled=0,
        lot_order=tuple(lot),
        duels=Duels(preferred=_rows(preferred), paths=_rows(paths), ranking=ranking),
        ties=ties,
    )


def count_preferences(ballots: Ballots) -> NDArray[np.int64]:
    """(m, m) ballots that rank the row's candidate above the column's."""
    unranked = ballots.ranks.max(initial=0) + 1
    places = np.where(ballots.ranks > 0, ballots.ranks, unranked)
    return np.array(
        [ballots.counts @ (places[:, [row]] < places) for row in range(len(ballots.candidates))], np.int64
    )


def find_strongest_paths(preferred: NDArray[np.int64]) -> NDArray[np.int64]:
    """(m, m) strength of the strongest path, its weakest majority in winning votes (Floyd and Warshall); 0 for none."""
    paths = np.where(preferred > preferred.T, preferred, 0)
    for middle in range(len(paths)):
        paths = np.maximum(paths, np.minimum(paths[:, [middle]], paths[[middle], :]))
    np.fill_diagonal(paths, 0)
    return paths


def _rank(
    names: tuple[str, ...], paths: NDArray[np.int64], lot: Sequence[str]
) -> tuple[tuple[str, ...], tuple[Tie, ...]]:
    """Take, again and again, somebody whom none of the others beats; of several, the first by lot."""
    left = list(range(len(names)))
    ranking: list[str] = []
    ties: list[Tie] = []
    while left:
        unbeaten = [names[a] for a in left if all(paths[a, b] >= paths[b, a] for b in left)]
        chosen, tie = elect_by_lot(unbeaten, lot)
        if tie:
            ties.append(tie)
        ranking.append(chosen)
        left.remove(names.index(chosen))
    return tuple(ranking), tuple(ties)


def _rows(matrix: NDArray[np.int64]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(int(cell) for cell in row) for row in matrix)
