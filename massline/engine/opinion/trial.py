"""Whether a grouping deserves the name: it must stand apart from a continuous cloud, and come back when people are
drawn again.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.groups import (
    STARTS,
    Partition,
    assign,
    best_centers,
    fit_sample,
    lloyd,
    partition_by,
)
from massline.engine.opinion.pca import positions, principal_axes
from massline.engine.votes import VoteTable

Floats = NDArray[np.float64]

FIRST_LOOK = 4
P_VALUE = 0.05
LEAST_STABILITY = 0.6


@dataclass(frozen=True, eq=False)
class Separation:
    """How far each number of groups stands apart from continuous clouds, and how well it comes back.

    Attributes
    ----------
    silhouettes : by k
    p_values : by k, how often a cloud would stand apart as much, corrected for all k tried
    stability : by k, for those that stand apart: the least over groups of the mean overlap (Jaccard) with the
        best-matching group when people are drawn again (Hennig 2007)
    draws, redraws : clouds compared, and how often people were drawn again
    people : participants in the trial; fewer than all on large conversations
    """

    silhouettes: dict[int, float]
    p_values: dict[int, float]
    stability: dict[int, float]
    draws: int
    redraws: int
    people: int


def stands_apart(
    found: dict[int, Partition], draw_cloud: Callable[[], Floats], *, rng: np.random.Generator, draws: int
) -> dict[int, float]:
    """Give each k a p-value against clouds without groups, corrected for having tried every k.

    The p-value is Student's: how often one more cloud would have a silhouette as large, times the number of k
    tried. A k that is plainly nothing after a few clouds is not followed further.
    """
    null: dict[int, list[float]] = {k: [] for k in found}
    alive = sorted(found)
    for turn in range(draws):
        if turn == FIRST_LOOK:
            alive = [k for k in alive if found[k].silhouette > np.mean(null[k]) + np.std(null[k])]
        if not alive:
            break
        cloud = draw_cloud()
        fit = fit_sample(cloud, rng)
        for k in alive:
            cut = partition_by(cloud, best_centers(fit, k, rng=rng, starts=STARTS))
            null[k].append(cut.silhouette)
    return {k: min(1.0, len(found) * exceeds(found[k].silhouette, null[k])) for k in found}


def exceeds(observed: float, drawn: list[float]) -> float:
    """Chance that one more draw is as large, by Student's prediction interval."""
    from scipy.special import stdtr

    count = len(drawn)
    error = float(np.std(drawn, ddof=1)) * np.sqrt(1 + 1 / count) + 1e-12
    return float(stdtr(count - 1, -(observed - float(np.mean(drawn))) / error))


def stability(
    table: VoteTable,
    loadings: Floats,
    placed: NDArray[np.intp],
    found: dict[int, Partition],
    *,
    rng: np.random.Generator,
    redraws: int,
) -> dict[int, float]:
    """Draw people again, redo dimensions and groups, and see how much of each group is found again."""
    overlap: dict[int, Floats] = {k: np.zeros(k) for k in found}
    for _ in range(redraws if found else 0):
        again = np.bincount(rng.integers(0, table.shape[0], table.shape[0]), minlength=table.shape[0])
        weight = again.astype(float)
        if weight[placed].sum() < 1:
            continue
        axes, matrix = principal_axes(
            table, count=len(loadings), weight=weight, start=loadings, tolerance=1e-2
        )
        points = np.asfortranarray(positions(matrix, axes.loadings, table.votes_each)[placed])
        for k, partition in found.items():
            overlap[k] += recovered(points, partition, weight[placed], rng)
    return {k: float(values.min() / redraws) for k, values in overlap.items()}


def recovered(points: Floats, partition: Partition, weight: Floats, rng: np.random.Generator) -> Floats:
    """Overlap of each group with its best match among groups found on redrawn people, (k,)."""
    k = len(partition.centers)
    mass = np.maximum(np.bincount(partition.labels, weights=weight, minlength=k), 1e-9)
    pulls = [np.bincount(partition.labels, weights=column * weight, minlength=k) for column in points.T]
    again = lloyd(points, np.stack(pulls, axis=1) / mass[:, None], weight)
    fresh = best_centers(points, k, rng=rng, starts=1, weight=weight), 0.0
    cost = np.add.reduce(assign(points, fresh[0])[1] * weight)
    centers = fresh[0] if cost < again[1] else again[0]
    label = assign(points, centers)[0]
    both = np.bincount(partition.labels * k + label, minlength=k * k).reshape(k, k).astype(float)
    either = both.sum(axis=1)[:, None] + both.sum(axis=0)[None, :] - both
    return np.asarray((both / np.maximum(either, 1.0)).max(axis=1))
