"""Opinion groups by k-means, and how sure each person's group is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.pca import position_noise

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Labels = NDArray[np.int32]

MOST_GROUPS = 5
FIT_PEOPLE = 4_000
FIRST_ROUNDS = 3


@dataclass(frozen=True)
class SearchEffort:
    """The effort of the search for the tightest cut: number of starts, and on how many people they are tried."""

    starts: int
    people: int


QUICK, THOROUGH = SearchEffort(5, 300), SearchEffort(20, 800)


@dataclass(frozen=True, eq=False)
class Partition:
    """A way of cutting the people into groups, largest group first.

    Attributes
    ----------
    centers : (c, d), one a cell; most groups are one cell, some are several neighbouring ones
    labels : (n,) group of each person
    silhouette : mean simplified silhouette (distance to own and to nearest other centre), 0..1
    cells : (n,) nearest centre of each person
    group_of : (c,) group of each cell
    """

    centers: Floats
    labels: Labels
    silhouette: float
    cells: Labels
    group_of: Labels

    @property
    def count(self) -> int:
        """Number of groups."""
        return int(self.group_of.max(initial=-1)) + 1

    @property
    def sizes(self) -> NDArray[np.intp]:
        """People in each group."""
        return np.bincount(self.labels, minlength=self.count)

    def centre_of(self, group: int) -> Floats:
        """Centre of a group, (d,): the mean of its cells, each weighing as many as stand in it."""
        mine = np.flatnonzero(self.group_of == group)
        weight = np.bincount(self.cells, minlength=len(self.centers))[mine].astype(float)
        weight = weight if weight.any() else np.ones(len(mine))
        return np.asarray(np.einsum("ca,c->a", self.centers[mine], weight / weight.sum()))


def least_group_size(people: int) -> int:
    """A group is at least five people and at least one in a hundred."""
    return max(5, -(-people // 100))


def find_partitions(
    points: Floats,
    *,
    rng: np.random.Generator,
    ks: range = range(2, MOST_GROUPS + 1),
    search: SearchEffort = QUICK,
) -> dict[int, Partition]:
    """Cut the points into k groups for each k; a k with a group below the least size is left out."""
    smallest = least_group_size(len(points))
    sample = sample_for_fit(points, rng)
    found = {}
    for k in ks:
        if k * smallest > len(points):
            break
        partition = partition_by(points, find_best_centres(sample, k, rng=rng, search=search))
        if partition.sizes.min() >= smallest:
            found[k] = partition
    return found


def sample_for_fit(points: Floats, rng: np.random.Generator, most: int = FIT_PEOPLE) -> Floats:
    """The people centres are fitted on: everybody, or a draw where there are many."""
    return points if len(points) <= most else points[np.sort(rng.choice(len(points), most, replace=False))]


def partition_by(points: Floats, centers: Floats, group_of: Labels | None = None) -> Partition:
    """Assign everybody to the nearest centre and its group, by default one of its own; largest group first."""
    nearest, near, further = nearest_centres(points, centers)
    group_of = np.arange(len(centers), dtype=np.int32) if group_of is None else group_of
    count = int(group_of.max(initial=-1)) + 1
    lead = [centers[group_of == group, 0].min() for group in range(count)]
    rank = np.argsort(np.lexsort((lead, -np.bincount(group_of[nearest], minlength=count))))
    order = np.lexsort((centers[:, 0], rank[group_of]))
    cells = np.argsort(order).astype(np.int32)[nearest]
    groups = rank[group_of[order]].astype(np.int32)
    return Partition(centers[order], groups[cells], silhouette(near, further), cells, groups)


def silhouette(near: Floats, further: Floats) -> float:
    """Mean of (b - a) / b over squared distances a and b to the nearest and second nearest centre."""
    ratio = np.divide(near, further, out=np.ones_like(near), where=further > 0)
    return float(np.mean(1.0 - np.sqrt(ratio)))


def apartness(points: Floats, centers: Floats) -> float:
    """The emptiness of the borders between groups, 0..1.

    It is 1 less the mean square of what people lack in distance from the nearest border, in steps of border to
    centre. Somebody at their centre or beyond lacks nothing.
    """
    # Distances squared differ by twice as much as c . x - |c|^2 / 2 does.
    score = centers @ np.ascontiguousarray(points.T) - np.einsum("ka,ka->k", centers, centers)[:, None] / 2
    label, own = np.argmax(score, axis=0), score.max(axis=0)
    steps = centers[:, None] - centers
    lengths = np.einsum("kla,kla->kl", steps, steps)[:, label]
    margin = np.divide(2 * (own - score), lengths, out=np.ones_like(score), where=lengths > 0)
    lack = 1.0 - np.minimum(margin.min(axis=0), 1.0)
    return float(1.0 - np.mean(lack**2))


def nearest_centres(points: Floats, centers: Floats) -> tuple[NDArray[np.int32], Floats, Floats]:
    """Nearest centre of each point, and the squared distances to the nearest and the second nearest."""
    columns = points.T
    label = np.zeros(len(points), np.int32)
    near, further = np.full(len(points), np.inf), np.full(len(points), np.inf)
    for c, center in enumerate(centers):
        away = np.zeros(len(points))
        for axis, column in enumerate(columns):
            step = column - center[axis]
            step *= step
            away += step
        closer = away < near
        np.copyto(further, near, where=closer)
        np.copyto(near, away, where=closer)
        label[closer] = c
        np.minimum(further, away, out=further, where=~closer)
    return label, near, further


def find_best_centres(points: Floats, k: int, *, rng: np.random.Generator, search: SearchEffort) -> Floats:
    """k-means from several spread-out starts (Arthur and Vassilvitskii 2007); the tightest wins.

    Starts are tried on some of the people where there are more; only the best is carried on with everybody.
    """
    every = max(1, round(len(points) / search.people))
    few = np.asfortranarray(points[rng.integers(every) :: every])
    near = move_centres_to_means(few, draw_starting_centres(few, k, search.starts, rng), tolerance=1e-3)[0]
    return move_centres_to_means(points, near, tolerance=1e-4)[0]


def draw_starting_centres(points: Floats, k: int, starts: int, rng: np.random.Generator) -> Floats:
    """Draw k starting centres, each far from those before it, so many times over, (starts, k, d)."""
    chosen = rng.integers(len(points), size=(1, starts))
    away = np.full((starts, len(points)), np.inf)
    for _ in range(1, k):
        step = points[None, :, :] - points[chosen[-1]][:, None, :]
        np.minimum(away, np.einsum("sia,sia->si", step, step), out=away)
        mass = np.cumsum(away, axis=1)
        wanted = rng.random((starts, 1)) * mass[:, -1:]
        found = np.minimum((mass <= wanted).sum(axis=1), len(points) - 1)
        chosen = np.vstack([chosen, found])
    return points[chosen.T]


def move_centres_to_means(
    points: Floats,
    centers: Floats,
    weight: Floats | None = None,
    *,
    rounds: int = 60,
    tolerance: float = 1e-5,
) -> tuple[Floats, float]:
    """Move centres to the mean of their people until they rest; gives them, (k, d), and the summed squares.

    Several starts, (starts, k, d), move side by side; after a few rounds only the best quarter goes on, since
    those behind by then seldom win, and the tightest is given. The nearest centre c is the one with the largest
    c . x - |c|^2 / 2.
    """
    k, axes = centers.shape[-2:]
    centers = centers.reshape(-1, k, axes)
    columns = np.ascontiguousarray(points.T)
    pulls = np.vstack([columns, np.ones(len(points))]) * (1.0 if weight is None else weight)
    base = float(np.add.reduce((columns * pulls[:-1]).sum(axis=0)))
    cost = np.full(len(centers), np.inf)
    for turn in range(rounds):
        if turn == FIRST_ROUNDS:
            ahead = np.argsort(cost, kind="stable")[: max(2, len(cost) // 4)]
            centers, cost = centers[ahead], cost[ahead]
        flat = centers.reshape(-1, axes)
        score = (flat @ columns - np.einsum("ka,ka->k", flat, flat)[:, None] / 2).reshape(len(centers), k, -1)
        best = score.max(axis=1)
        fresh = base - 2 * np.einsum("si,i->s", best, pulls[-1])
        better = fresh < cost * (1 - tolerance)
        cost = np.minimum(cost, fresh)
        if not better.any():
            break
        own = (score == best[:, None, :]).astype(float)
        sums = np.einsum("ski,ai->ska", own, pulls)
        mass = sums[..., -1:]
        centers = np.where(mass > 0, sums[..., :-1] / np.where(mass > 0, mass, 1.0), centers)
    tightest = int(np.argmin(cost))
    return centers[tightest], float(cost[tightest])


def group_certainty(
    points: Floats,
    partition: Partition,
    matrix: "csr_array[np.float64, tuple[int, int]]",
    loadings: Floats,
    votes_each: NDArray[np.int64],
) -> Floats:
    """The certainty of each person's group, (n,): the chance to stay on this side of every border between groups.

    Rests on how a place would move had the person been shown other statements; with several borders the
    chances of crossing add up, which errs on the side of doubt.
    """
    from scipy.special import ndtr

    k, group_of = len(partition.centers), partition.group_of
    borders = [(a, b) for a in range(k) for b in range(a + 1, k) if group_of[a] != group_of[b]]
    steps = np.stack([partition.centers[b] - partition.centers[a] for a, b in borders])
    units = steps / np.sqrt(np.einsum("ia,ia->i", steps, steps))[:, None]
    error = position_noise(matrix, np.einsum("aj,ia->ji", loadings, units), votes_each)
    crossing = np.zeros(len(points))
    for at, (a, b) in enumerate(borders):
        middle = float(np.add.reduce((partition.centers[a] + partition.centers[b]) / 2 * units[at]))
        beyond = np.einsum("ia,a->i", points, units[at]) - middle
        near = (partition.cells == a) | (partition.cells == b)
        reach = np.minimum(np.abs(beyond) / np.maximum(error[:, at], 1e-12), 40.0)
        crossing += np.where(near, ndtr(-reach), 0.0)
    return np.clip(1.0 - crossing, 1.0 / partition.count, 1.0)
