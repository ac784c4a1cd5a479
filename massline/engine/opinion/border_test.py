"""Borders on trial: every border of a reading must be emptier than in worlds that lack it.

An intersection-union test (Berger 1982): a reading stands only if its least empty border beats the same border in every
world tried, each at the full level. Worlds are parametric bootstraps of fewer groups (McLachlan 1987): everybody one
cloud, each coarser reading of the same cut, and each small cell alone beside everybody else as one cloud. A reading is
out at the first world that it does not beat, and what one world drew serves every reading tried in it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.border_null import ReducedWorld
from massline.engine.opinion.borders import (
    CutReading,
    is_refinement,
    join_small_cells,
    read_cut,
    small_cells,
)
from massline.engine.opinion.group_test import LONGER, NEAR, P_VALUE, TestLength, chance_of_larger_draw
from massline.engine.opinion.groups import QUICK, Partition, find_best_centres, partition_by, sample_for_fit
from massline.engine.opinion.permutation_null import Dimensions
from massline.engine.opinion.projection import MapProjection

Floats = NDArray[np.float64]
Draw = Callable[[int], Floats]
Key = tuple[int, int]
Name = tuple[int, ...]

ONE_CLOUD: Name = (0,)


class TrialWorld:
    """Conversations drawn in one world, and the emptiness of their borders, each worked out once."""

    def __init__(self, places: Draw, seed: Name) -> None:
        self._places, self._seed = places, seed
        self._least: dict[Key, dict[int, float]] = {}

    def least_empty(self, k: int, turn: int) -> dict[int, float]:
        """The least empty border of each reading of the cut into k of one conversation, by number of parts."""
        if (k, turn) not in self._least:
            rng = np.random.default_rng([*self._seed, k, turn])
            self._least[k, turn] = find_least_empty(self._places(turn), k, rng)
        return self._least[k, turn]


@dataclass(eq=False)
class BorderTester:
    """Puts readings of the cuts that passed the gate on trial.

    Attributes
    ----------
    chart : the people on trial
    dimensions : which of their dimensions are real
    length : how long each test goes on
    tries : cuts that went to the gate, for which p-values are corrected
    one_cloud : places of everybody as one cloud, by turn
    passed : the cuts that passed the gate, by number of cells
    p_values : by (cells, parts), the largest over the worlds tried
    """

    chart: MapProjection
    dimensions: Dimensions
    seed: int
    length: TestLength
    tries: int
    one_cloud: Draw
    passed: dict[int, Partition]
    p_values: dict[Key, float] = field(default_factory=dict)
    _worlds: dict[Name, TrialWorld] = field(default_factory=dict)
    _standing: dict[Key, bool] = field(default_factory=dict)

    @cached_property
    def readings(self) -> dict[int, dict[int, CutReading]]:
        """Each cut read into 2, 3, .. and as many parts as it has cells."""
        along = next(iter(self.passed.values())).centers.shape[1] if self.passed else 0
        points = self.chart.places[self.chart.placed, :along]
        return {k: read_cut(points, cut) for k, cut in sorted(self.passed.items())}

    @cached_property
    def _alone(self) -> list[Partition]:
        return small_cells(self.passed.values())

    def stands(self, reading: CutReading) -> bool:
        """True if the least empty border of a reading is emptier than in every world that lacks one of its borders."""
        key = reading.key
        if key not in self._standing:
            self._standing[key] = (
                self.beats_one_cloud(reading)
                and all(self._beats(reading, *world) for world in self._coarser(reading))
                and self._beats_cells_alone(reading)
            )
        return self._standing[key]

    def beats_one_cloud(self, reading: CutReading) -> bool:
        """True if a reading is emptier than everybody as one cloud; the gate has tried each whole cut, and paid for all k."""
        cells, parts = reading.key
        return parts == cells or self._beats(reading, ONE_CLOUD, None)

    def explains(self, other: CutReading, reading: CutReading) -> bool:
        """True if people who had only the borders of one reading would leave those of another as empty."""
        if is_refinement(other.partition, reading.partition):
            return True
        return self._p_value(reading, (3, *other.key), other.partition) > P_VALUE

    def _beats(self, reading: CutReading, name: Name, world: Partition | None) -> bool:
        p_value = self._p_value(reading, name, world)
        self.p_values[reading.key] = max(p_value, self.p_values.get(reading.key, 0.0))
        return p_value <= P_VALUE

    def _coarser(self, reading: CutReading) -> Iterator[tuple[Name, Partition]]:
        """The same cut read into fewer parts."""
        k, parts = reading.key
        for number in range(2, parts):
            yield (3, k, number), self.readings[k][number].partition

    def _beats_cells_alone(self, reading: CutReading) -> bool:
        """True if a reading beats every world with one small cell beside everybody else as one cloud.

        With all of them beside it at once a world has more empty borders than with any one, so what beats that is not
        tried in each.
        """
        by_cut: dict[int, list[tuple[Name, Partition]]] = {}
        for number, world in enumerate(self._alone):
            if not is_refinement(world, reading.partition):
                by_cut.setdefault(len(world.centers), []).append(((4, number), world))
        return all(
            self._beats_together(reading, worlds) or all(self._beats(reading, *world) for world in worlds)
            for worlds in by_cut.values()
        )

    def _beats_together(self, reading: CutReading, worlds: list[tuple[Name, Partition]]) -> bool:
        """True if a reading beats the world with several small cells of one cut alone at once."""
        together = join_small_cells([world for _, world in worlds])
        if len(worlds) == 1 or is_refinement(together, reading.partition):
            return False
        return self._p_value(reading, (5, *(name[1] for name, _ in worlds)), together) <= P_VALUE

    def _world(self, name: Name, partition: Partition | None) -> TrialWorld:
        """The world of this name; without a partition, everybody one cloud."""
        if name not in self._worlds:
            seed = (self.seed, 9, *name)
            if partition is None:
                places = self.one_cloud
            else:
                rng = np.random.default_rng([self.seed, 8, *name])
                places = RememberedDraws(ReducedWorld(self.chart, partition, self.dimensions, rng).draw)
            self._worlds[name] = TrialWorld(places, seed)
        return self._worlds[name]

    def _p_value(self, reading: CutReading, name: Name, partition: Partition | None) -> float:
        """How often a world leaves the least empty border of a reading as empty, corrected for the cuts tried."""
        (k, parts), tries, null = reading.key, 1 if name == ONE_CLOUD else self.tries, list[float]()
        world, p_value = self._world(name, partition), 1.0
        for turn in range(1, self.length.longest + 1):
            null.append(world.least_empty(k, turn)[parts])
            if self.length.looks_at(turn):
                p_value = min(1.0, tries * chance_of_larger_draw(reading.least, null))
                if self.length.plainly(p_value, turn) or self.length.plainly_not(p_value, turn):
                    break
        return p_value


class RememberedDraws:
    """Draws by turn, each made once and in order."""

    def __init__(self, draw: Callable[[], Floats]) -> None:
        self._draw, self._drawn = draw, list[Floats]()

    def __call__(self, turn: int) -> Floats:
        """The draw of a turn, counted from 1."""
        while len(self._drawn) < turn:
            self._drawn.append(self._draw())
        return self._drawn[turn - 1]


def find_least_empty(points: Floats, k: int, rng: np.random.Generator) -> dict[int, float]:
    """The emptiness of the least empty border in each reading of the tightest cut into k."""
    cut = partition_by(points, find_best_centres(sample_for_fit(points, rng), k, rng=rng, search=QUICK))
    return {parts: reading.least for parts, reading in read_cut(points, cut).items()}


def is_any_doubtful(p_values: Iterable[float]) -> bool:
    """True if any of some p-values might fall on the other side of the level with another seed."""
    return any(P_VALUE / LONGER < p_value < NEAR for p_value in p_values)
