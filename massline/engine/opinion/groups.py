"""Opinion groups, where there are any: k-means, and a test against one continuous cloud."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int32]

MOST_GROUPS = 6
FIT_PEOPLE = 4_000


@dataclass(frozen=True, eq=False)
class Partition:
    """One way of cutting the people into k groups, largest group first.

    Attributes
    ----------
    centers : (k, d)
    labels : (n,) group of each person
    silhouette : mean simplified silhouette (distance to own and to nearest other centre), -1..1
    """

    centers: Floats
    labels: Labels
    silhouette: float

    @property
    def sizes(self) -> NDArray[np.intp]:
        """People in each group."""
        return np.bincount(self.labels, minlength=len(self.centers))


def least_size(people: int) -> int:
    """A group is at least five people and at least one in a hundred."""
    return max(5, -(-people // 100))


def partitions(
    points: Floats, *, rng: np.random.Generator, most: int = MOST_GROUPS, starts: int = 3
) -> dict[int, Partition]:
    """Cut the points into k = 2.. groups; a k with a group below the least size is left out."""
    smallest = least_size(len(points))
    sample = (
        points if len(points) <= FIT_PEOPLE else points[rng.choice(len(points), FIT_PEOPLE, replace=False)]
    )
    found = {}
    for k in range(2, min(most, len(points) // smallest) + 1):
        centers = best_centers(sample, k, rng=rng, starts=starts)
        partition = partition_by(points, centers)
        if partition.sizes.min() >= smallest:
            found[k] = partition
    return found


def partition_by(points: Floats, centers: Floats) -> Partition:
    """Give everybody the nearest centre, largest group first."""
    away = distances(points, centers)
    labels = np.argmin(away, axis=1)
    sizes = np.bincount(labels, minlength=len(centers))
    order = np.lexsort((centers[:, 0], -sizes))
    renamed = np.argsort(order)[labels].astype(np.int32)
    return Partition(centers[order], renamed, simplified_silhouette(away))


def simplified_silhouette(away: Floats) -> float:
    """Mean of (b - a) / b, a and b the distances to the nearest and second nearest centre."""
    nearest = np.partition(away, 1, axis=1)
    near, next_ = np.sqrt(nearest[:, 0]), np.sqrt(nearest[:, 1])
    return float(np.mean(np.divide(next_ - near, next_, out=np.zeros_like(near), where=next_ > 0)))


def distances(points: Floats, centers: Floats) -> Floats:
    """Squared distances (n, k)."""
    total = np.zeros((len(points), len(centers)))
    for axis in range(points.shape[1]):
        step = points[:, axis, None] - centers[None, :, axis]
        total += step * step
    return total


def best_centers(points: Floats, k: int, *, rng: np.random.Generator, starts: int) -> Floats:
    """k-means from several spread-out starts (Arthur and Vassilvitskii 2007); the tightest wins."""
    tries = [lloyd(points, spread_out(points, k, rng)) for _ in range(starts)]
    return min(tries, key=lambda found: found[1])[0]


def spread_out(points: Floats, k: int, rng: np.random.Generator) -> Floats:
    """Draw k starting centres, each far from those before it."""
    chosen = [int(rng.integers(len(points)))]
    away = distances(points, points[chosen])[:, 0]
    for _ in range(1, k):
        mass = np.cumsum(away)
        chosen.append(min(int(np.searchsorted(mass, rng.random() * mass[-1], side="right")), len(points) - 1))
        away = np.minimum(away, distances(points, points[chosen[-1:]])[:, 0])
    return points[chosen]


def lloyd(points: Floats, centers: Floats, *, rounds: int = 60) -> tuple[Floats, float]:
    """Move centres to the mean of their people until they rest; also gives the summed squares."""
    k, cost = len(centers), np.inf
    for _ in range(rounds):
        away = distances(points, centers)
        labels = np.argmin(away, axis=1)
        fresh = float(np.add.reduce(away[np.arange(len(points)), labels]))
        if fresh >= cost * (1 - 1e-6):
            break
        cost = fresh
        sizes = np.bincount(labels, minlength=k)
        sums = np.stack(
            [np.bincount(labels, weights=points[:, axis], minlength=k) for axis in range(points.shape[1])],
            axis=1,
        )
        centers = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], centers)
    return centers, cost


@dataclass(frozen=True, eq=False)
class Separation:
    """Whether the best partition stands apart from one continuous cloud.

    Attributes
    ----------
    k : best number of groups by how far its silhouette exceeds the cloud's
    p_value : share of clouds (with the data counted in) that stand apart as much
    silhouettes : by k
    draws : clouds compared
    """

    k: int
    p_value: float
    silhouettes: dict[int, float]
    draws: int


def stands_apart(
    found: dict[int, Partition], draw_cloud: Callable[[], Floats], *, rng: np.random.Generator, draws: int
) -> Separation:
    """Compare silhouettes with those of clouds without groups, each k by its own yardstick."""
    ks = sorted(found)
    null = np.full((draws, len(ks)), -1.0)
    for draw in range(draws):
        cloud = draw_cloud()
        for at, k in enumerate(ks):
            null[draw, at] = partition_by(cloud, best_centers(cloud, k, rng=rng, starts=1)).silhouette
    seen = np.array([found[k].silhouette for k in ks])
    middle, width = null.mean(axis=0), null.std(axis=0) + 1e-9
    beyond, noise = (seen - middle) / width, ((null - middle) / width).max(axis=1)
    best = int(np.argmax(beyond))
    p_value = (1 + int((noise >= beyond[best]).sum())) / (draws + 1)
    return Separation(ks[best], p_value, {k: found[k].silhouette for k in ks}, draws)


def membership(points: Floats, noise: Floats, partition: Partition) -> Floats:
    """How sure each person's group is, (n,): the chance to stay on this side of every border between groups.

    Rests on how a place would move had the person been shown other statements (`noise`, covariances (n, d,
    d)); with several borders the chances of crossing add up, which errs on the side of doubt.
    """
    from scipy.special import ndtr

    k = len(partition.centers)
    own = partition.centers[partition.labels]
    crossing = np.zeros(len(points))
    for other in range(k):
        step = partition.centers[other] - own
        gap = np.sqrt(np.einsum("ia,ia->i", step, step))
        apart = gap > 0
        unit = step / np.where(apart, gap, 1.0)[:, None]
        toward = np.einsum("ia,ia->i", points - own, unit)
        spread = np.sqrt(np.maximum(np.einsum("ia,iab,ib->i", unit, noise, unit), 0.0))
        reach = (gap / 2 - toward) / np.maximum(spread, 1e-12)
        crossing += np.where(apart, ndtr(-np.minimum(reach, 40.0)), 0.0)
    return np.clip(1.0 - crossing, 1.0 / k, 1.0)
