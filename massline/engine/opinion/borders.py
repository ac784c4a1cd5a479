"""Borders between groups: how empty each one is, and the cells of a cut joined across the least empty.

A cut into k cells can be read at several depths. Joining the two parts with the least empty border between them, one
border at a time, gives readings into k, k - 1, .., 2 parts. A reading is only as good as its least empty border, so a
small set that stands far apart cannot lend its empty border to a cut through everybody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.groups import Partition

Floats = NDArray[np.float64]
Labels = NDArray[np.int32]

SMALL_CELL = 0.2
KNOT = 1 / 8
SAME_PEOPLE = 0.7
NEARLY_ALL = 0.95


@dataclass(frozen=True, eq=False)
class CutReading:
    """The cells of a cut joined into parts, and how empty the least empty border between parts is, 0..1."""

    partition: Partition
    least: float

    @property
    def key(self) -> tuple[int, int]:
        """Number of cells and of parts."""
        return len(self.partition.centers), self.partition.count


def read_cut(points: Floats, cut: Partition) -> dict[int, CutReading]:
    """Read a cut into 2, 3, .. and as many parts as it has cells."""
    k = len(cut.centers)
    empty = border_emptiness(points, cut)
    part, found = np.arange(k), {}
    while (parts := int(part.max()) + 1) > 1:
        between = {
            (a, b): float(empty[np.ix_(part == a, part == b)].min())
            for a in range(parts)
            for b in range(a + 1, parts)
        }
        (a, b), least = min(between.items(), key=lambda border: border[1])
        found[parts] = CutReading(join_cells(cut, part), least)
        part = np.unique(np.where(part == b, a, part), return_inverse=True)[1]
    return found


def border_emptiness(points: Floats, cut: Partition) -> Floats:
    """The emptiness of the border between every two cells, (k, k), each side weighing the same however few stand there.

    One less the mean square of what people lack in distance from the border, in steps of border to centre: whoever is
    at their centre or beyond lacks nothing. Without people on one side the border counts as full.
    """
    k = len(cut.centers)
    members = [points[cut.cells == cell] for cell in range(k)]
    empty = np.zeros((k, k))
    for a in range(k):
        for b in range(a + 1, k):
            step = cut.centers[b] - cut.centers[a]
            middle = (cut.centers[a] + cut.centers[b]) / 2
            sides = [mean_square_lack(members[a], -step, middle), mean_square_lack(members[b], step, middle)]
            empty[a, b] = empty[b, a] = 1.0 - sum(sides) / 2
    return empty


def mean_square_lack(points: Floats, step: Floats, middle: Floats) -> float:
    """Mean square of what the people on one side of a border lack in distance from it."""
    length = float(np.einsum("a,a->", step, step))
    if len(points) == 0 or length == 0:
        return 1.0
    away = 2 * np.einsum("ia,a->i", points - middle, step) / length
    return float(np.mean((1.0 - np.clip(away, 0.0, 1.0)) ** 2))


def join_cells(cut: Partition, part: NDArray[np.integer]) -> Partition:
    """The same cells with these parts as groups, largest group first."""
    sizes = np.bincount(part[cut.cells], minlength=int(part.max()) + 1)
    rank = np.argsort(np.argsort(-sizes, kind="stable"), kind="stable")
    group_of = rank[part].astype(np.int32)
    return replace(cut, labels=group_of[cut.cells], group_of=group_of)


def small_cells(cuts: Iterable[Partition]) -> list[Partition]:
    """Each small cell of some cuts as one part and everybody else as the other; nearly equal cells once."""
    kept: list[tuple[Partition, NDArray[np.bool_]]] = []
    for cut in cuts:
        sizes = np.bincount(cut.cells, minlength=len(cut.centers))
        for cell in np.flatnonzero(sizes <= SMALL_CELL * len(cut.cells)) if len(sizes) > 2 else ():
            mine = cut.cells == cell
            if all((mine & other).sum() <= SAME_PEOPLE * (mine | other).sum() for _, other in kept):
                kept.append((join_cells(cut, (np.arange(len(sizes)) == cell).astype(int)), mine))
    return [world for world, _ in kept]


def join_small_cells(worlds: list[Partition]) -> Partition:
    """Several small cells of one cut, each a part of its own beside everybody else."""
    first = worlds[0]
    small = [int(np.flatnonzero(world.group_of == world.count - 1)[0]) for world in worlds]
    part = np.zeros(len(first.centers), np.int64)
    part[small] = 1 + np.arange(len(small))
    return join_cells(first, part)


def count_overlaps(one: Partition, other: Partition) -> NDArray[np.int64]:
    """The number of people each group of one partition shares with each group of another."""
    both = np.zeros((one.count, other.count), np.int64)
    np.add.at(both, (one.labels, other.labels), 1)
    return both


def is_refinement(fine: Partition, coarse: Partition) -> bool:
    """True if nearly everybody's group of one partition lies within a group of another."""
    both = count_overlaps(fine, coarse)
    return bool((both.max(axis=1) >= NEARLY_ALL * both.sum(axis=1)).all())


def has_same_groups(one: Partition, other: Partition) -> bool:
    """True if two partitions put nearly everybody into the same groups."""
    both = count_overlaps(one, other)
    return one.count == other.count and bool(both.max(axis=1).sum() >= NEARLY_ALL * both.sum())


def find_knots(partition: Partition) -> tuple[int, ...]:
    """Groups of at most one person in eight: knots beside the others, which make no map one of groups."""
    sizes = partition.sizes
    return tuple(np.flatnonzero(sizes <= KNOT * sizes.sum()).tolist())


def count_large_groups(partition: Partition, small: tuple[int, ...]) -> int:
    """The number of groups beside the knots; 1 is a spectrum."""
    return max(1, partition.count - len(small))
