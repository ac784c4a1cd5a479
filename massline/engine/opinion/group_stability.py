"""The stability of a grouping: how much of each group is found again when people are drawn again."""

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.group_test import LEAST_STABILITY, LONGER
from massline.engine.opinion.groups import (
    Partition,
    draw_starting_centres,
    move_centres_to_means,
    nearest_centres,
)
from massline.engine.opinion.pca import people_positions, principal_axes
from massline.engine.votes import VoteTable

Floats = NDArray[np.float64]

# Within so many standard errors of what is asked after so many times the redraws, people are drawn on.
TORN = {1: 2.0, 2: 1.5, 3: 1.0, 4: 0.0}


def measure_stability(
    table: VoteTable,
    loadings: Floats,
    placed: NDArray[np.intp],
    found: dict[int, list[Partition]],
    *,
    rng: np.random.Generator,
    redraws: int,
) -> tuple[dict[tuple[int, int], float], int]:
    """Draw people again, redo dimensions and groups, and see how much of each group is found again.

    Goes on, up to `LONGER` times the redraws, while the best reading may be on either side of what is asked; also
    gives how often people were drawn.

    Parameters
    ----------
    found : readings of the cut into k cells, by k

    Returns
    -------
    tuple[dict[tuple[int, int], float], int]
        The least over groups of the mean overlap, by cells and groups, and how often people were drawn.
    """
    overlap: dict[tuple[int, int], list[Floats]] = {
        (k, reading.count): [] for k, readings in found.items() for reading in readings
    }
    turn = 0
    while found and turn < LONGER * redraws:
        turn += 1
        again = np.bincount(rng.integers(0, table.shape[0], table.shape[0]), minlength=table.shape[0])
        points, weight = None, again.astype(float)
        if weight[placed].sum() >= 1:
            axes, matrix = principal_axes(
                table, count=len(loadings), weight=weight, start=loadings, tolerance=1e-2
            )
            points = np.asfortranarray(people_positions(matrix, axes.loadings, table.votes_each)[placed])
        for k, readings in found.items():
            cells = None if points is None else find_cells_again(points, readings[0], weight[placed], rng)
            for reading in readings:
                overlap[k, reading.count].append(
                    np.zeros(reading.count) if cells is None else overlap_when_redrawn(reading, cells)
                )
        if turn % redraws == 0 and not is_stability_near_bar(
            max(overlap.values(), key=worst_overlap), TORN[turn // redraws]
        ):
            break
    return {key: worst_overlap(overlaps) for key, overlaps in overlap.items()}, turn


def worst_overlap(overlaps: list[Floats]) -> float:
    """Mean overlap of the group that comes back least."""
    return float(np.mean(overlaps, axis=0).min())


def is_stability_near_bar(overlaps: list[Floats], errors: float) -> bool:
    """True if the worst group's mean overlap is within so many standard errors of what is asked."""
    drawn = np.array(overlaps)
    least = drawn[:, drawn.mean(axis=0).argmin()]
    error = float(least.std(ddof=1)) / np.sqrt(len(least)) if len(least) > 1 else np.inf
    return abs(float(least.mean()) - LEAST_STABILITY) <= errors * error


def find_cells_again(
    points: Floats, partition: Partition, weight: Floats, rng: np.random.Generator
) -> NDArray[np.int32]:
    """The cell of each person among redrawn people, found from where cells were and from anywhere, (n,)."""
    k = len(partition.centers)
    mass = np.maximum(np.bincount(partition.cells, weights=weight, minlength=k), 1e-9)
    pulls = [np.bincount(partition.cells, weights=column * weight, minlength=k) for column in points.T]
    again = np.stack(pulls, axis=1) / mass[:, None]
    # In the same rounds: the tighter of the two is what was found.
    starts = np.concatenate([again[None], draw_starting_centres(points, k, 1, rng)])
    return nearest_centres(points, move_centres_to_means(points, starts, weight)[0])[0]


def overlap_when_redrawn(partition: Partition, cell: NDArray[np.int32]) -> Floats:
    """Overlap of each group with what is found of it among redrawn people, (groups,).

    A cell found anew counts as part of the group it shares most people with.
    """
    k, count = len(partition.centers), partition.count
    shared = np.bincount(partition.labels * k + cell, minlength=count * k).reshape(count, k).astype(float)
    both = np.zeros((count, count))
    np.add.at(both.T, shared.argmax(axis=0), shared.T)
    either = both.sum(axis=1)[:, None] + both.sum(axis=0)[None, :] - both
    return np.asarray((both / np.maximum(either, 1.0)).max(axis=1))
