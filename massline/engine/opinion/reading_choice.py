"""The reading of the people that is chosen: of those that stand, the one that comes back most surely.

Readings are put on trial best first, so that most are never tried: a reading that stands and that nothing else explains
settles it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from massline.engine.opinion.border_test import BorderTester
from massline.engine.opinion.borders import CutReading, has_same_groups

Key = tuple[int, int]
Rank = tuple[float, int, int]


@dataclass(eq=False)
class ReadingChoice:
    """Chooses among the readings of some cuts.

    Attributes
    ----------
    test : puts readings on trial
    back : how surely each reading comes back, by (cells, parts)
    open : readings of each cut not found wanting yet, the deepest first
    """

    test: BorderTester
    back: dict[Key, float]
    open: dict[int, list[CutReading]] = field(init=False)

    def __post_init__(self) -> None:
        self.open = {
            k: [reading for _, reading in sorted(readings.items(), reverse=True)]
            for k, readings in self.test.readings.items()
        }

    def choose(self) -> CutReading | None:
        """The deepest standing reading of a cut that comes back most surely, the one with fewer parts where two do alike.

        Left out is what another one explains that it does not explain in turn; None where nothing stands.
        """
        explained: list[CutReading] = []
        for reading in self._standing():
            if not self._is_explained(reading):
                return reading
            explained.append(reading)
        return explained[0] if explained else None

    def _standing(self) -> Iterator[CutReading]:
        """The deepest standing reading of each cut, the most sure first."""
        left = set(self.open)
        while waiting := [k for k in left if self.open[k]]:
            # A cut may still come to any of its open readings, so the one with the best of them is settled first.
            k = max(waiting, key=lambda k: max(map(self._rank, self.open[k])))
            reading = self.open[k][0]
            if not self.test.stands(reading):
                self.open[k].pop(0)
            elif reading is not max(self.open[k], key=self._rank):
                self.open[k] = [reading]
            else:
                left.remove(k)
                yield reading

    def _rank(self, reading: CutReading) -> Rank:
        cells, parts = reading.key
        return round(self.back[reading.key], 1), -parts, -cells

    def _is_explained(self, reading: CutReading) -> bool:
        """True if what stands of another cut explains a reading and is not explained by it."""
        return any(self._explains_alone(k, reading) for k in sorted(self.open) if k != reading.key[0])

    def _explains_alone(self, k: int, reading: CutReading) -> bool:
        """True if the deepest reading of a cut that stands explains another reading alone; most need no trial to say no."""
        alone = [
            not has_same_groups(reading.partition, other.partition)
            and self.test.beats_one_cloud(other)
            and not self.test.explains(reading, other)
            and self.test.explains(other, reading)
            for other in self.open[k]
        ]
        while any(alone) and not self.test.stands(self.open[k][0]):
            self.open[k].pop(0)
            alone.pop(0)
        return any(alone[:1])
