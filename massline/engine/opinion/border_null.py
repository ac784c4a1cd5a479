"""The null of a border: a world in which it does not exist.

Every part of a coarser partition is redrawn as one continuous cloud of just its own people (the Gaussian copula of
`CloudOfPeople`, its strength tuned to their eigenvalues); a part that is a single cell votes as it did. Whoever stands in such a
cell but nearer to its border with a redrawn part than half-way to the centre is redrawn with that part: a cell at the edge
of a cloud takes people out of it, and a cloud with a dent would look like two groups.
"""

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.continuous_null import CloudOfPeople
from massline.engine.opinion.groups import Partition
from massline.engine.opinion.pca import people_positions, principal_axes
from massline.engine.opinion.permutation_null import Dimensions, Shuffler, count_real_dimensions
from massline.engine.opinion.projection import MapProjection

Floats = NDArray[np.float64]
Values = NDArray[np.int8]

HALF_WAY = 0.5
SHUFFLES = 5
NEARLY_ALL = 0.75


class ReducedWorld:
    """Draws places of people in a world with no border but those between the groups of a partition."""

    def __init__(
        self, chart: MapProjection, partition: Partition, dimensions: Dimensions, rng: np.random.Generator
    ) -> None:
        self._chart, self._along = chart, partition.centers.shape[1]
        home = redraw_groups(chart.places[:, : self._along], partition)
        cells = np.bincount(partition.group_of)
        self._parts = [
            OneCloud(chart, np.flatnonzero(home == group), self._along, dimensions, rng)
            for group in np.flatnonzero(cells > 1)
        ]

    def draw(self) -> Floats:
        """Places of the people placed in one conversation, (n, d)."""
        table, loadings = self._chart.table, self._chart.axes.loadings[: self._along]
        value = table.value.copy()
        for part in self._parts:
            value[part.votes] = part.draw()
        votes = table.with_values(value)
        axes, matrix = principal_axes(votes, count=self._along, start=loadings, tolerance=1e-2)
        return people_positions(matrix, axes.loadings, votes.votes_each)[self._chart.placed]


class OneCloud:
    """Redraws the votes of some people as one continuous cloud; shuffled where no dimension of theirs is real.

    Nearly everybody is compared with the chance eigenvalues of everybody; fewer people have tables of their own shuffled.
    """

    def __init__(
        self,
        chart: MapProjection,
        people: NDArray[np.intp],
        along: int,
        dimensions: Dimensions,
        rng: np.random.Generator,
    ) -> None:
        table, start = chart.table, chart.axes.loadings[:along]
        part = table.subset(people)
        inside = np.zeros(table.shape[0], bool)
        inside[people] = True
        self.votes = np.flatnonzero(inside[table.voter])
        self._rng, self._shuffler = rng, Shuffler(part)
        axes, _ = principal_axes(part, count=along, start=start, tolerance=1e-3)
        if part.votes >= NEARLY_ALL * table.votes:
            null = dimensions.null[:along]
            real = int(np.argmin(np.append(axes.eigenvalues > null, False)))
        else:
            found = count_real_dimensions(part, axes, rng=rng, draws=SHUFFLES)
            real, null = min(along, found.grouping) if found.real else 0, found.null
        self._cloud = CloudOfPeople(part, axes, real, null, rng) if real else None

    def draw(self) -> Values:
        """Votes in the order of the table."""
        return self._cloud.votes() if self._cloud else self._shuffler.draw(self._rng)


def redraw_groups(places: Floats, partition: Partition) -> NDArray[np.int32]:
    """The group each person is redrawn with, -1 for those who vote as they did."""
    centers, group_of = partition.centers, partition.group_of
    score = places @ centers.T - np.einsum("ka,ka->k", centers, centers) / 2
    own = score.argmax(axis=1)
    row = np.arange(len(own))
    steps = ((centers[:, None] - centers) ** 2).sum(axis=2)[own]
    away = 2 * (score[row, own][:, None] - score) / np.where(steps > 0, steps, np.inf)
    away[row, own] = np.inf
    across = away.argmin(axis=1)
    redrawn = np.bincount(group_of)[group_of] > 1
    near = ~redrawn[own] & redrawn[across] & (away[row, across] < HALF_WAY)
    home = group_of[np.where(near, across, own)]
    return np.where(redrawn[own] | near, home, -1).astype(np.int32)
