"""Whether a grouping deserves the name: it must stand apart from a continuous cloud, and come back when people are
drawn again.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.groups import (
    QUICK,
    Partition,
    apartness,
    assign,
    best_centers,
    fit_sample,
    lloyd,
    spread_out,
)
from massline.engine.opinion.pca import positions, principal_axes
from massline.engine.votes import VoteTable

Floats = NDArray[np.float64]

LOOK_EVERY = 5
LONGER = 4
P_VALUE = 0.05
# The p-value from which a k is plainly not apart at first; it sinks to P_VALUE by the last look, as what is plainly apart
# rises to it.
PLAINLY_NOT = 0.5
LEAST_STABILITY = 0.6
# Within so many standard errors of what is asked after so many times the redraws, people are drawn on.
TORN = {1: 2.0, 2: 1.5, 3: 1.0, 4: 0.0}


@dataclass(frozen=True)
class Apart:
    """How empty borders are and how often a cloud would leave them so, by k, over so many clouds."""

    apartness: dict[int, float]
    p_values: dict[int, float]
    draws: int


@dataclass(frozen=True, eq=False)
class Separation:
    """How far each number of groups stands apart from continuous clouds, and how well it comes back.

    Attributes
    ----------
    silhouettes : by k
    apartness : by k, how empty the borders between the groups are
    p_values : by k, how often a cloud would leave them as empty, corrected for all k tried
    stability : by k, for those that stand apart: the least over groups of the mean overlap (Jaccard) with the
        best-matching group when people are drawn again (Hennig 2007)
    draws, redraws : clouds compared and people drawn again, as often as the least clear k needed
    people : participants in the trial; fewer than all on large conversations
    """

    silhouettes: dict[int, float]
    apartness: dict[int, float]
    p_values: dict[int, float]
    stability: dict[int, float]
    draws: int
    redraws: int
    people: int


def stands_apart(
    found: dict[int, Partition],
    points: Floats,
    draw_cloud: Callable[[], Floats],
    *,
    rng: np.random.Generator,
    draws: int,
) -> Apart:
    """Give each k a p-value against clouds without groups, corrected for having tried every k.

    The p-value is Student's: how often one more cloud would leave borders as empty, times the number of k
    tried. Clouds are drawn until one k plainly stands apart or none may any more, at most `LONGER` times the
    draws; the fewer are drawn, the plainer it must be, so that looking early costs next to nothing of the level.
    """
    observed = {k: apartness(points, partition.centers) for k, partition in found.items()}
    null: dict[int, list[float]] = {k: [] for k in found}
    p_values: dict[int, float] = {}
    alive, most = sorted(found), LONGER * draws
    for turn in range(1, most + 1):
        cloud = draw_cloud()
        fit = fit_sample(cloud, rng)
        for k in alive:
            null[k].append(apartness(cloud, best_centers(fit, k, rng=rng, search=QUICK)))
        if turn % LOOK_EVERY == 0 or turn == most:
            for k in alive:
                p_values[k] = min(1.0, len(found) * exceeds(observed[k], null[k]))
            share = turn / most
            if turn >= draws and min(p_values.values()) <= P_VALUE * share:
                break
            alive = [k for k in alive if p_values[k] < PLAINLY_NOT - (PLAINLY_NOT - P_VALUE) * share]
        if not alive:
            break
    return Apart(observed, p_values, max(map(len, null.values())))


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
) -> tuple[dict[int, float], int]:
    """Draw people again, redo dimensions and groups, and see how much of each group is found again.

    Goes on, up to `LONGER` times the redraws, while the best k may be on either side of what is asked; also
    gives how often people were drawn.
    """
    overlap: dict[int, list[Floats]] = {k: [] for k in found}
    turn = 0
    while found and turn < LONGER * redraws:
        turn += 1
        again = np.bincount(rng.integers(0, table.shape[0], table.shape[0]), minlength=table.shape[0])
        weight = again.astype(float)
        if weight[placed].sum() < 1:
            back = {k: np.zeros(k) for k in found}
        else:
            axes, matrix = principal_axes(
                table, count=len(loadings), weight=weight, start=loadings, tolerance=1e-2
            )
            points = np.asfortranarray(positions(matrix, axes.loadings, table.votes_each)[placed])
            back = {k: recovered(points, part, weight[placed], rng) for k, part in found.items()}
        for k in found:
            overlap[k].append(back[k])
        if turn % redraws == 0 and not torn(max(overlap.values(), key=worst), TORN[turn // redraws]):
            break
    return {k: worst(overlaps) for k, overlaps in overlap.items()}, turn


def worst(overlaps: list[Floats]) -> float:
    """Mean overlap of the group that comes back least."""
    return float(np.mean(overlaps, axis=0).min())


def torn(overlaps: list[Floats], errors: float) -> bool:
    """Whether the worst group's mean overlap is within so many standard errors of what is asked."""
    drawn = np.array(overlaps)
    least = drawn[:, drawn.mean(axis=0).argmin()]
    error = float(least.std(ddof=1)) / np.sqrt(len(least)) if len(least) > 1 else np.inf
    return abs(float(least.mean()) - LEAST_STABILITY) <= errors * error


def recovered(points: Floats, partition: Partition, weight: Floats, rng: np.random.Generator) -> Floats:
    """Overlap of each group with its best match among groups found on redrawn people, (k,)."""
    k = len(partition.centers)
    mass = np.maximum(np.bincount(partition.labels, weights=weight, minlength=k), 1e-9)
    pulls = [np.bincount(partition.labels, weights=column * weight, minlength=k) for column in points.T]
    again = np.stack(pulls, axis=1) / mass[:, None]
    # From where they were and from anywhere, in the same rounds: the tighter of the two is what was found.
    starts = np.concatenate([again[None], spread_out(points, k, 1, rng)])
    centers = lloyd(points, starts, weight)[0]
    label = assign(points, centers)[0]
    both = np.bincount(partition.labels * k + label, minlength=k * k).reshape(k, k).astype(float)
    either = both.sum(axis=1)[:, None] + both.sum(axis=0)[None, :] - both
    return np.asarray((both / np.maximum(either, 1.0)).max(axis=1))
