"""Whether a grouping deserves the name: it must stand apart from a continuous cloud, and come back when people are
drawn again.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.groups import (
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

NULL_PEOPLE = 500
FIRST_LOOK = 9
P_VALUE = 0.05
LEAST_STABILITY = 0.6


@dataclass(frozen=True, eq=False)
class Separation:
    """How far each number of groups stands apart from continuous clouds, and how well it comes back.

    Attributes
    ----------
    silhouettes : by k
    p_values : by k, share of clouds (the data counted in) that stand apart as much, over all k tried
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

    Silhouettes favour small k, so each k is measured in standard deviations of its own null; the largest of
    these over all k is what a cloud would have to reach. Drawing stops early once it is plain that no k will
    pass (Besag and Clifford 1991).
    """
    ks = sorted(found)
    observed = np.array([found[k].silhouette for k in ks])
    null = np.zeros((0, len(ks)))
    while len(null) < draws:
        null = np.vstack([null, cloud_silhouettes(draw_cloud(), ks, rng)])
        if len(null) >= FIRST_LOOK and (beaten_by(null, observed) >= FIRST_LOOK // 3).all():
            break
    beaten = beaten_by(null, observed)
    return {k: float((1 + beaten[at]) / (len(null) + 1)) for at, k in enumerate(ks)}


def cloud_silhouettes(cloud: Floats, ks: list[int], rng: np.random.Generator) -> Floats:
    """Silhouettes of a cloud cut into each number of groups: centres found on some people, settled on all."""
    fit, found = fit_sample(cloud, rng, NULL_PEOPLE), []
    for k in ks:
        centers = best_centers(fit, k, rng=rng, starts=2)
        found.append(partition_by(cloud, lloyd(cloud, centers, rounds=3)[0]).silhouette)
    return np.array(found)


def beaten_by(null: Floats, observed: Floats) -> NDArray[np.int64]:
    """How many clouds, at their best k, stand apart as much as the data does at each k.

    The data counts in the yardstick like any cloud; otherwise it alone would be measured out of sample.
    """
    pool = np.vstack([null, observed])
    middle, width = pool.mean(axis=0), pool.std(axis=0) + 1e-9
    highest = ((null - middle) / width).max(axis=1)
    return np.asarray((highest[:, None] >= (observed - middle) / width).sum(axis=0))


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
    for _ in range(redraws):
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
