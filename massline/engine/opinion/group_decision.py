"""Groups, a spectrum, or not enough to say."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.continuous_null import Cloud
from massline.engine.opinion.group_test import LEAST_STABILITY, P_VALUE, Separation, stability, stands_apart
from massline.engine.opinion.groups import (
    THOROUGH,
    Partition,
    least_size,
    lloyd,
    membership,
    partition_by,
    partitions,
)
from massline.engine.opinion.permutation_null import Dimensions
from massline.engine.opinion.projection import Chart

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Spectrum:
    """People differ by degrees, if at all: no grouping stands apart from one continuous cloud and comes back.

    Attributes
    ----------
    reason : in words
    separation : what was compared, None where there was no dimension to compare along
    """

    reason: str
    separation: Separation | None = None


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups that stand apart from a continuous cloud and come back when people are drawn again.

    Attributes
    ----------
    partition : centres (k, d) and labels (n,) of the people placed (`Opinion.placed`)
    membership : (n,) how sure each person's group is, 1/k..1
    separation : what was compared, None for groups by Polis's rules
    """

    partition: Partition
    membership: Floats
    separation: Separation | None


def judge(
    trial: Chart, dimensions: Dimensions, *, seed: int, draws: int, redraws: int
) -> Spectrum | tuple[Partition, Separation]:
    """Find the grouping that stands apart and comes back most surely, or say why there is none."""
    along = dimensions.grouping
    if along == 0:
        return Spectrum("no dimension of opinion beats chance")
    points = trial.places[trial.placed, :along]
    found = partitions(points, rng=np.random.default_rng([seed, 2]), search=THOROUGH)
    if not found:
        return Spectrum("every grouping would leave a group too small to be one")
    cloud = Cloud(trial.table, trial.axes, along, dimensions.null, np.random.default_rng([seed, 3]))
    tried = stands_apart(
        found, points, lambda: cloud.draw(trial.placed), rng=np.random.default_rng([seed, 4]), draws=draws
    )
    apart = {k: partition for k, partition in found.items() if tried.p_values[k] <= P_VALUE}
    back, drawn = stability(
        trial.table,
        trial.axes.loadings[:along],
        trial.placed,
        apart,
        rng=np.random.default_rng([seed, 5]),
        redraws=redraws,
    )
    seen = {k: partition.silhouette for k, partition in found.items()}
    separation = Separation(seen, tried.apartness, tried.p_values, back, tried.draws, drawn, len(points))
    if not apart:
        return Spectrum("people differ by degrees: no grouping stands apart", separation)
    best = max(back, key=lambda k: (round(back[k], 1), -k))
    if back[best] < LEAST_STABILITY:
        return Spectrum("groupings do not come back when people are drawn again", separation)
    return found[best], separation


def settled(
    chart: Chart, verdict: Spectrum | tuple[Partition, Separation], among: NDArray[np.intp] | None = None
) -> Groups | Spectrum:
    """Group everybody as the people of the trial were grouped, who are at positions `among` where not all took part."""
    if isinstance(verdict, Spectrum):
        return verdict
    partition, separation = verdict
    if among is not None:
        k, along = partition.centers.shape
        spots = chart.places[among, :along]
        centers = np.stack([spots[partition.labels == group].mean(axis=0) for group in range(k)])
        partition = partition_by(chart.places[chart.placed, :along], lloyd(spots, centers)[0])
        if partition.sizes.min() < least_size(len(partition.labels)):
            return Spectrum("every grouping would leave a group too small to be one", separation)
    return Groups(partition, sureness(chart, partition), separation)


def sureness(chart: Chart, partition: Partition) -> Floats:
    """How sure the group of everybody placed is."""
    along = partition.centers.shape[1]
    sure = membership(
        chart.places[:, :along],
        chart.everybody(partition),
        chart.matrix,
        chart.axes.loadings[:along],
        chart.table.votes_each,
    )
    return sure[chart.placed]
