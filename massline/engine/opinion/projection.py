"""The exact part of a map: dimensions and positions, before anything is put on trial."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.groups import (
    FIT_PEOPLE,
    Partition,
    find_partitions,
    move_centres_to_means,
    partition_by,
    sample_for_fit,
)
from massline.engine.opinion.pca import Axes, people_positions, principal_axes
from massline.engine.opinion.statement_results import StatementTable, statement_table
from massline.engine.votes import VoteTable

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]

LEAST_VOTES = 7


@dataclass(frozen=True, eq=False)
class MapProjection:
    """Dimensions and everybody's position.

    Attributes
    ----------
    table : the votes
    axes : d dimensions
    matrix : (P, M) sparse, votes minus the statement's mean
    places : (P, d)
    placed : positions of the people with enough votes to be put into a group
    """

    table: VoteTable
    axes: Axes
    matrix: "csr_array[np.float64, tuple[int, int]]"
    places: Floats
    placed: NDArray[np.intp]

    def everybody(self, partition: Partition) -> Partition:
        """The same groups with everybody in one, those with few votes too."""
        return partition_by(
            self.places[:, : partition.centers.shape[1]], partition.centers, partition.group_of
        )


@dataclass(frozen=True, eq=False)
class Sketch:
    """A map before it was put on trial, for watching a conversation live; `estimate` gives the honest one."""

    chart: MapProjection
    partition: Partition | None
    statements: StatementTable


def least_votes_to_be_grouped(table: VoteTable) -> int:
    """Votes it takes to be put into a group: seven, or all statements where there are fewer."""
    return max(1, min(LEAST_VOTES, table.shape[1]))


def project_people(
    table: VoteTable, *, count: int, start: Floats | None = None, tolerance: float = 1e-12
) -> MapProjection:
    """Find dimensions and positions; `start` (d, M) warms the search up."""
    axes, matrix = principal_axes(table, count=count, start=start, tolerance=tolerance)
    placed = np.flatnonzero(table.votes_each >= least_votes_to_be_grouped(table))
    return MapProjection(
        table, axes, matrix, people_positions(matrix, axes.loadings, table.votes_each), placed
    )


def sketch_map(table: VoteTable, *, seed: int, after: Sketch | None = None) -> Sketch:
    """Map two dimensions, the grouping with the best silhouette, and every statement; nothing is put on trial.

    `after` is an earlier sketch over the same statements: its dimensions and centres warm the search up,
    which changes the result by less than 1e-9 as long as the groups stay the same.
    """
    same = after is not None and after.chart.table.shape[1] == table.shape[1]
    start = after.chart.axes.loadings if after is not None and same else None
    chart = project_people(table, count=2, start=start)
    points, rng = chart.places[chart.placed], np.random.default_rng([seed, 2])
    partition = None
    if after is not None and after.partition is not None and same and len(points):
        fit = np.asfortranarray(sample_for_fit(points, rng, 5 * FIT_PEOPLE))
        partition = partition_by(points, move_centres_to_means(fit, after.partition.centers)[0])
    elif found := find_partitions(points, rng=rng):
        partition = max(found.values(), key=lambda cut: cut.silhouette)
    labels = np.full(table.shape[0], -1, np.int32)
    if partition is not None:
        labels[chart.placed] = partition.labels
    groups = 0 if partition is None else partition.count
    return Sketch(chart, partition, statement_table(table, labels, groups))
