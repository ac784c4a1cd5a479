"""The test of a grouping: it must stand apart from a continuous cloud and come back when people are drawn again."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.groups import (
    QUICK,
    Partition,
    apartness,
    find_best_centres,
    sample_for_fit,
)

Floats = NDArray[np.float64]

LOOK_EVERY = 5
LONGER = 4
P_VALUE = 0.05
# The p-value from which a k is plainly not apart at first; it sinks with the draws, as what is plainly apart rises.
PLAINLY_NOT = 0.5
# Before the draws asked for only a p-value so many times smaller still ends a test.
BEYOND_DOUBT = 0.5
LEAST_STABILITY = 0.6
NEAR_VOTES = 250_000
SEEDS, AGREEING = 5, 4
# A p-value above this seldom falls to the level with another seed.
NEAR = 0.1


@dataclass(frozen=True)
class ApartTest:
    """The emptiness of borders and its p-value against clouds, by k, with the number of clouds drawn."""

    apartness: dict[int, float]
    p_values: dict[int, float]
    draws: int


@dataclass(frozen=True, eq=False)
class Separation:
    """Distance of each number of groups from continuous clouds, and its stability.

    Attributes
    ----------
    silhouettes : by k
    apartness : by k, how empty the borders between the groups are
    p_values : by k, how often a cloud would leave them as empty, corrected for all k tried
    stability : by k, for cuts with a reading not found wanting at any border tried: the least over its groups of the
        mean overlap (Jaccard) with the best-matching group when people are drawn again (Hennig 2007)
    draws, redraws : clouds compared and people drawn again, as often as the least clear k needed
    people : participants in the trial; fewer than all on large conversations
    borders : by (k, groups), for cuts into k read as so many groups and put on trial: the largest chance over the
        worlds tried that lack a border of leaving the least empty one as empty, corrected likewise
    verdicts : by number of groups, 1 for a spectrum: how many of the seeds asked found it. One seed is asked where
        nothing is near its border; otherwise up to five, until four agree or cannot any more
    """

    silhouettes: dict[int, float]
    apartness: dict[int, float]
    p_values: dict[int, float]
    stability: dict[int, float]
    draws: int
    redraws: int
    people: int
    borders: dict[tuple[int, int], float] = field(default_factory=dict)
    verdicts: dict[int, int] = field(default_factory=dict)

    @property
    def agreed(self) -> bool:
        """True if four of five seeds agree that there are groups, or that there are none."""
        asked, spectra = sum(self.verdicts.values()), self.verdicts.get(1, 0)
        return asked <= 1 or max(spectra, asked - spectra) >= AGREEING


def compare_with_clouds(
    found: dict[int, Partition],
    points: Floats,
    draw_cloud: Callable[[int], Floats],
    *,
    rng: np.random.Generator,
    length: "TestLength",
) -> ApartTest:
    """Assign each k a p-value against clouds without groups, corrected for having tried every k.

    The p-value is Student's: how often one more cloud would leave borders as empty, times the number of k
    tried. Clouds are drawn until one k plainly stands apart or none may any more; the fewer are drawn, the plainer it
    must be, so that looking early costs next to nothing of the level.
    """
    observed = {k: apartness(points, partition.centers) for k, partition in found.items()}
    null: dict[int, list[float]] = {k: [] for k in found}
    p_values: dict[int, float] = {}
    alive = sorted(found)
    for turn in range(1, length.longest + 1):
        cloud = draw_cloud(turn)
        fit = sample_for_fit(cloud, rng)
        for k in alive:
            null[k].append(apartness(cloud, find_best_centres(fit, k, rng=rng, search=QUICK)))
        if length.looks_at(turn):
            for k in alive:
                p_values[k] = min(1.0, len(found) * chance_of_larger_draw(observed[k], null[k]))
            if length.plainly(min(p_values.values()), turn):
                break
            alive = [k for k in alive if not length.plainly_not(p_values[k], turn)]
        if not alive:
            break
    return ApartTest(observed, p_values, max(map(len, null.values())))


@dataclass(frozen=True)
class TestLength:
    """The length of a test against simulated worlds: sequential, in the manner of Besag and Clifford (1991).

    Attributes
    ----------
    draws : fewest draws before anything plainly stands that is not beyond all doubt
    usual : draws after which what is not near the level is settled
    longest : draws after which everything is
    """

    draws: int
    usual: int
    longest: int

    @classmethod
    def for_votes(cls, votes: int, draws: int) -> "TestLength":
        """Four times the draws asked for, and where there are few votes up to sixteen times near the level."""
        usual = LONGER * draws
        return cls(draws, usual, int(np.clip(NEAR_VOTES // max(votes, 1), usual, LONGER * usual)))

    @classmethod
    def for_borders(cls, votes: int, draws: int) -> "TestLength":
        """Half as long where there are many votes: a world is dear there, and many borders are tried."""
        usual = int(np.clip(NEAR_VOTES // max(votes, 1), 2 * draws, LONGER * draws))
        return cls(draws, usual, int(np.clip(NEAR_VOTES // max(votes, 1), usual, LONGER * LONGER * draws)))

    def looks_at(self, turn: int) -> bool:
        return turn % LOOK_EVERY == 0 or turn == self.longest

    def plainly(self, p_value: float, turn: int) -> bool:
        """True if a border plainly stands after so many draws."""
        level = P_VALUE * min(turn / self.usual, 0.5) if turn < self.longest else P_VALUE
        return p_value <= (level if turn >= self.draws else level * BEYOND_DOUBT)

    def plainly_not(self, p_value: float, turn: int) -> bool:
        """True if a border plainly does not stand after so many draws."""
        if turn >= self.longest:
            return p_value > P_VALUE
        share = min(turn / self.usual, 1.0)
        return p_value >= max(PLAINLY_NOT - (PLAINLY_NOT - P_VALUE) * share, NEAR)


def chance_of_larger_draw(observed: float, drawn: list[float]) -> float:
    """Chance that one more draw is as large, by Student's prediction interval."""
    from scipy.special import stdtr

    count = len(drawn)
    error = float(np.std(drawn, ddof=1)) * np.sqrt(1 + 1 / count) + 1e-12
    return float(stdtr(count - 1, -(observed - float(np.mean(drawn))) / error))
