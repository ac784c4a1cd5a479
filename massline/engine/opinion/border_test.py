"""Borders on trial: every border of a reading must be emptier than in worlds that lack it.

An intersection-union test (Berger 1982): a reading stands only if its least empty border beats the same border in every
world tried, each at the full level. Worlds are parametric bootstraps of fewer groups (McLachlan 1987): everybody one
cloud, each coarser reading of the same cut, and each small cell alone beside everybody else as one cloud.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.border_null import ReducedWorld
from massline.engine.opinion.borders import CutReading, has_same_groups, is_refinement, read_cut, small_cells
from massline.engine.opinion.group_test import LONGER, NEAR, P_VALUE, TestLength, chance_of_larger_draw
from massline.engine.opinion.groups import QUICK, Partition, find_best_centres, partition_by, sample_for_fit
from massline.engine.opinion.projection import Chart

Floats = NDArray[np.float64]
Draw = Callable[[], Floats]
Key = tuple[int, int]


@dataclass(eq=False)
class BorderTester:
    """Puts the readings of cuts that passed the gate on trial.

    Attributes
    ----------
    chart : the people on trial
    length : how long each test goes on
    tries : cuts that went to the gate, for which p-values are corrected
    one_cloud : draws places of everybody as one cloud
    p_values : by (cells, parts), the largest over the worlds tried so far
    """

    chart: Chart
    seed: int
    length: TestLength
    tries: int
    one_cloud: Draw
    p_values: dict[Key, float] = field(default_factory=dict)

    def standing(self, passed: dict[int, Partition], points: Floats) -> list[CutReading]:
        """The deepest reading of each cut that stands, without those that another of them explains."""
        alone = small_cells(passed.values())
        deepest = []
        for k, cut in sorted(passed.items()):
            alive = read_cut(points, cut)
            coarser = [alive[parts].partition for parts in range(2, k)]
            self._against_one_cloud(k, alive)
            for number, world in enumerate([*coarser, *alone]):
                self._against(world, alive, (k, number))
            if alive:
                deepest.append(alive[max(alive)])
        return self._unexplained(deepest)

    def _against_one_cloud(self, k: int, alive: dict[int, CutReading]) -> None:
        """Try readings into fewer parts than cells; the gate has tried the cut itself, and paid for all k."""
        asked = {parts: reading for parts, reading in alive.items() if parts < k}
        self._settle(alive, self._p_values(asked, self.one_cloud, k, tries=1, at=(7, k)))

    def _against(self, world: Partition, alive: dict[int, CutReading], at: Key) -> None:
        """Try readings in a world that lacks one of their borders."""
        asked = {
            parts: reading for parts, reading in alive.items() if not is_refinement(world, reading.partition)
        }
        if asked:
            draw = ReducedWorld(self.chart, world, np.random.default_rng([self.seed, 8, *at])).draw
            self._settle(alive, self._p_values(asked, draw, at[0], tries=self.tries, at=(9, *at)))

    def _settle(self, alive: dict[int, CutReading], p_values: dict[int, float]) -> None:
        for parts, p_value in p_values.items():
            key = alive[parts].key
            self.p_values[key] = max(p_value, self.p_values.get(key, 0.0))
            if p_value > P_VALUE:
                del alive[parts]

    def _p_values(
        self, asked: dict[int, CutReading], draw: Draw, k: int, *, tries: int, at: tuple[int, ...]
    ) -> dict[int, float]:
        """The share of worlds that leave the least empty border of each reading as empty, by number of parts."""
        rng = np.random.default_rng([self.seed, *at])
        null: dict[int, list[float]] = {parts: [] for parts in asked}
        found: dict[int, float] = {}
        alive = sorted(asked)
        for turn in range(1, self.length.longest + 1) if alive else ():
            drawn = least_empty(draw(), k, rng)
            for parts in alive:
                null[parts].append(drawn[parts])
            if self.length.looks_at(turn):
                found |= {p: min(1.0, tries * chance_of_larger_draw(asked[p].least, null[p])) for p in alive}
                alive = [p for p in alive if not self._settled(found[p], turn)]
            if not alive:
                break
        return found

    def _settled(self, p_value: float, turn: int) -> bool:
        return self.length.plainly(p_value, turn) or self.length.plainly_not(p_value, turn)

    def _unexplained(self, deepest: list[CutReading]) -> list[CutReading]:
        """Drop each reading that another one explains and that does not explain the other in turn."""
        against: dict[tuple[int, int], float] = {}
        for b, world in enumerate(deepest) if len(deepest) > 1 else ():
            asked = [
                (a, reading)
                for a, reading in enumerate(deepest)
                if a != b and not has_same_groups(reading.partition, world.partition)
            ]
            if not asked:
                continue
            draw = ReducedWorld(self.chart, world.partition, np.random.default_rng([self.seed, 10, b])).draw
            for a, reading in asked:
                cells, parts = reading.key
                found = self._p_values({parts: reading}, draw, cells, tries=self.tries, at=(11, a, b))
                against[a, b] = found[parts]
        return [
            reading
            for a, reading in enumerate(deepest)
            if not any(
                against.get((a, b), 0.0) > P_VALUE >= against.get((b, a), 0.0) for b in range(len(deepest))
            )
        ] or deepest


def least_empty(points: Floats, k: int, rng: np.random.Generator) -> dict[int, float]:
    """The emptiness of the least empty border in each reading of the tightest cut into k."""
    cut = partition_by(points, find_best_centres(sample_for_fit(points, rng), k, rng=rng, search=QUICK))
    return {parts: reading.least for parts, reading in read_cut(points, cut).items()}


def is_any_doubtful(p_values: Iterable[float]) -> bool:
    """True if any of some p-values might fall on the other side of the level with another seed."""
    return any(P_VALUE / LONGER < p_value < NEAR for p_value in p_values)
