"""Polis's own rules, for comparison: its statistics for given groups, its groups, its consensus and its priorities.

Formulas as published with the Polis engine (Small et al. 2021 and its source): shares are (count + 1) /
(votes + 2), tests are one-sided at 90 % without correction, and the number of groups is the one with the best
silhouette.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.groups import QUICK, Partition, find_best_centres, partition_by
from massline.engine.opinion.projection import MapProjection, project_people
from massline.engine.votes import VoteTable

Floats = NDArray[np.float64]

Z_90 = 1.2816
MOST_LISTED = 5
MOST_POLIS_GROUPS = 5


@dataclass(frozen=True, eq=False)
class PolisStatistics:
    """Per group and statement (k, M), and per statement (M,).

    Attributes
    ----------
    agree_share, disagree_share : (count + 1) / (votes + 2)
    agree_test, disagree_test : one-proportion z against one half
    agree_ratio, disagree_ratio : share over everybody else's share ("repness")
    agree_ratio_test, disagree_ratio_test : two-proportion z against everybody else
    group_consensus : (M,) product of the groups' shares of agreement
    group_dissent : (M,) product of the groups' shares of disagreement
    """

    agree_share: Floats
    disagree_share: Floats
    agree_test: Floats
    disagree_test: Floats
    agree_ratio: Floats
    disagree_ratio: Floats
    agree_ratio_test: Floats
    disagree_ratio_test: Floats
    group_consensus: Floats
    group_dissent: Floats


def one_share_test(hits: Floats, votes: Floats) -> Floats:
    """2 sqrt(n + 1) ((s + 1) / (n + 1) - 1/2)."""
    return 2 * np.sqrt(votes + 1) * ((hits + 1) / (votes + 1) - 0.5)


def two_share_test(hits: Floats, other_hits: Floats, votes: Floats, other_votes: Floats) -> Floats:
    """Pooled two-proportion z with one added to every count; 0 where everything is a hit."""
    a, b, n, m = hits + 1, other_hits + 1, votes + 1, other_votes + 1
    pooled = (a + b) / (n + m)
    variance = pooled * (1 - pooled) * (1 / n + 1 / m)
    return np.divide(a / n - b / m, np.sqrt(np.maximum(variance, 0)), out=np.zeros_like(a), where=pooled < 1)


def polis_statistics(table: VoteTable, labels: NDArray[np.int32], groups: int) -> PolisStatistics:
    """Polis's statistics for people in given groups; a label of -1 counts nowhere."""
    counts = table.counts_by(labels, groups).astype(float)
    votes, agree, disagree = counts.sum(axis=2), counts[:, :, 2], counts[:, :, 0]
    rest, other_agree, other_disagree = (x.sum(axis=0) - x for x in (votes, agree, disagree))
    agree_share, disagree_share = (agree + 1) / (votes + 2), (disagree + 1) / (votes + 2)
    return PolisStatistics(
        agree_share=agree_share,
        disagree_share=disagree_share,
        agree_test=one_share_test(agree, votes),
        disagree_test=one_share_test(disagree, votes),
        agree_ratio=agree_share / ((other_agree + 1) / (rest + 2)),
        disagree_ratio=disagree_share / ((other_disagree + 1) / (rest + 2)),
        agree_ratio_test=two_share_test(agree, other_agree, votes, rest),
        disagree_ratio_test=two_share_test(disagree, other_disagree, votes, rest),
        group_consensus=agree_share.prod(axis=0),
        group_dissent=disagree_share.prod(axis=0),
    )


def polis_representative(found: PolisStatistics, group: int) -> list[tuple[int, bool]]:
    """Statements that Polis would show for a group, with True where it is agreement that sets the group apart."""
    agrees = found.agree_ratio_test[group] > found.disagree_ratio_test[group]

    def pick(favour: Floats, against: Floats) -> Floats:
        return np.asarray(np.where(agrees, favour[group], against[group]))

    ratio, ratio_test = (
        pick(found.agree_ratio, found.disagree_ratio),
        pick(found.agree_ratio_test, found.disagree_ratio_test),
    )
    share, test = (
        pick(found.agree_share, found.disagree_share),
        pick(found.agree_test, found.disagree_test),
    )
    passes = (ratio_test > Z_90) & (test > Z_90)
    metric = np.where(passes, ratio * ratio_test * share * test, -np.inf)
    order = np.argsort(-metric, kind="stable")[:MOST_LISTED]
    return [(int(j), bool(agrees[j])) for j in order if passes[j]]


def polis_consensus(table: VoteTable) -> tuple[list[int], list[int]]:
    """Statements most people agree with, and most disagree with, all groups together."""
    counts = table.counts.astype(float)
    votes = counts.sum(axis=1)
    listed = []
    for hits in (counts[:, 2], counts[:, 0]):
        share, test = (hits + 1) / (votes + 2), one_share_test(hits, votes)
        passes = (share > 0.5) & (test > Z_90)
        order = np.argsort(-np.where(passes, share * test, -np.inf), kind="stable")
        listed.append([int(j) for j in order[:MOST_LISTED] if passes[j]])
    return listed[0], listed[1]


def polis_priorities(table: VoteTable, chart: MapProjection) -> Floats:
    """Polis's weight of each statement in routing, (M,)."""
    counts = table.counts.astype(float)
    votes = counts.sum(axis=1)
    reach = (
        np.sqrt(table.shape[1]) * (1 - chart.axes.means) * np.sqrt((chart.axes.loadings[:2] ** 2).sum(axis=0))
    )
    passing, agreeing = (counts[:, 1] + 1) / (votes + 2), (counts[:, 2] + 1) / (votes + 2)
    return np.asarray(((1 - passing) * (reach + 1) * agreeing * (1 + 8 * 2.0 ** (-votes / 5))) ** 2, float)


def polis_groups(table: VoteTable, *, seed: int) -> tuple[MapProjection, Partition | None]:
    """Group people as Polis does: two dimensions, k from 2 to 5, the best silhouette wins; nothing is put on trial."""
    chart = project_people(table, count=2)
    points = chart.places[chart.placed]
    found: dict[int, tuple[float, Partition]] = {}
    for k in range(2, min(MOST_POLIS_GROUPS, len(points) - 1) + 1):
        centers = find_best_centres(points, k, rng=np.random.default_rng([seed, k]), search=QUICK)
        cut = partition_by(points, centers)
        if cut.sizes.min() > 0:
            found[k] = full_silhouette(points, cut.labels, k), cut
    return chart, max(found.values(), key=lambda scored: scored[0])[1] if found else None


def full_silhouette(points: Floats, labels: NDArray[np.int32], k: int) -> float:
    """Rousseeuw's mean silhouette over all pairs; people alone in their group count 0."""
    sizes = np.bincount(labels, minlength=k)
    total = 0.0
    member = np.zeros((len(points), k))
    member[np.arange(len(points)), labels] = 1.0
    for low in range(0, len(points), 1000):
        part = slice(low, low + 1000)
        away = np.sqrt(sum((points[part, a, None] - points[None, :, a]) ** 2 for a in range(points.shape[1])))
        sums = np.einsum("ij,jk->ik", away, member)
        own = labels[part]
        row = np.arange(len(own))
        inside = sums[row, own] / np.maximum(sizes[own] - 1, 1)
        means = sums / np.maximum(sizes, 1)
        means[row, own] = np.inf
        means[:, sizes == 0] = np.inf
        outside = means.min(axis=1)
        value = (outside - inside) / np.maximum(np.maximum(inside, outside), 1e-300)
        total += float(np.where(sizes[own] > 1, value, 0.0).sum())
    return total / max(len(points), 1)
