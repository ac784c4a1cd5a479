"""How far a few people could move each share and the direction in which people differ most."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.jeffreys_intervals import jeffreys_mean
from massline.engine.opinion.vote_patterns import Floats
from massline.engine.votes import VoteTable

REMOVED = (0.01, 0.05)


@dataclass(frozen=True, eq=False)
class Influence:
    """The largest effect of removing the most influential people, one row per share in `REMOVED`.

    Attributes
    ----------
    agree : (2, M) agreement with each statement once those who agree most count for nothing
    disagree : (2, M) the same for disagreement
    bridging : (2, M) agreement in the least favourable group, all removals falling there
    eigenvalues : (2, d) variance along each dimension without the people furthest out on it
    """

    agree: Floats
    disagree: Floats
    bridging: Floats
    eigenvalues: Floats


def measure_influence(
    table: VoteTable, by_group: tuple[NDArray[np.int64], NDArray[np.int64]], places: Floats
) -> Influence:
    """Remove the most influential one and five in a hundred people, for every headline anew and at their worst.

    Parameters
    ----------
    by_group : (k, M) agreements and votes in each group; the whole as one group where there are none
    places : (P, d) everybody's position
    """
    people = table.shape[0]
    removed = [int(np.ceil(share * people)) for share in REMOVED]
    counts, seen = table.counts, table.counts.sum(axis=1)
    agreed, voted = by_group
    return Influence(
        agree=np.stack([share_without_people(counts[:, 2], seen, r) for r in removed]),
        disagree=np.stack([share_without_people(counts[:, 0], seen, r) for r in removed]),
        bridging=np.stack([share_without_people(agreed, voted, r).min(axis=0) for r in removed]),
        eigenvalues=np.stack([variance_without(table, places, r) for r in removed]),
    )


def variance_without(table: VoteTable, places: Floats, removed: int) -> Floats:
    """Variance along each dimension without the people furthest out on it, (d,)."""
    people, size = table.shape
    kept = max(people - removed, 0)
    left = np.zeros(places.shape[1])
    for axis, column in enumerate(places.T):
        square = column**2 * (table.votes_each / max(size, 1))
        left[axis] = np.add.reduce(np.sort(square)[:kept])
    return left / max(people - 1, 1)


def share_without_people(hits: NDArray[np.int64], seen: NDArray[np.int64], removed: int) -> Floats:
    """Share left when as many as possible of the removed people were among the hits."""
    gone = np.minimum(removed, hits)
    return jeffreys_mean(hits - gone, seen - gone)
