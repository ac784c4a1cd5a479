"""Side evidence about a set that opinions do not give: did its people arrive together, and by one door?

By permutation and by the hypergeometric distribution. Neighbours share links, so this alone never accuses anybody: real
neighbourhoods of maps came together at p <= .01 in one of twenty.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.intp]

CHANCE = 0.005
DRAWS = 999


@dataclass(frozen=True)
class Arrival:
    """Within how few arrivals in a row half of a set came, and how often as many people drawn at random would."""

    window: int
    p_value: float

    @property
    def together(self) -> bool:
        return self.p_value <= CHANCE


def compare_arrival(
    people: Positions, arrived: NDArray[np.integer], rng: np.random.Generator, *, draws: int = DRAWS
) -> Arrival:
    """Compare ranks of arrival, not hours or days: an evening when everybody came is no pattern.

    Parameters
    ----------
    arrived : (P,) when each person first answered, as a day or any other number; who came on the same day is put into
        an order drawn at random
    """
    order = np.lexsort((rng.permutation(len(arrived)), arrived))
    rank = np.argsort(order)
    half = -(-len(people) // 2)
    seen = shortest_run(rank[people], half)
    fewer = sum(
        shortest_run(rng.choice(len(rank), len(people), replace=False), half) <= seen for _ in range(draws)
    )
    return Arrival(seen, (1 + fewer) / (1 + draws))


def shortest_run(ranks: NDArray[np.intp], half: int) -> int:
    """The shortest run of ranks with so many of them in it."""
    ordered = np.sort(ranks)
    return int((ordered[half - 1 :] - ordered[: len(ordered) - half + 1]).min()) + 1


def chances_by_door(people: Positions, door: NDArray[np.integer]) -> dict[int, float]:
    """For each door, how often as many of a set drawn at random would have come by it."""
    from scipy.stats import hypergeom

    return {
        int(level): float(
            hypergeom.sf(
                int((door[people] == level).sum()) - 1, len(door), int((door == level).sum()), len(people)
            )
        )
        for level in np.unique(door)
    }
