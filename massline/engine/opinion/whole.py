"""One call from votes to an honest map: what is real in it, and every statement with its interval."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.intervals import NotEnough
from massline.engine.opinion.cloud import Cloud
from massline.engine.opinion.groups import Partition, Separation, membership, partitions, stands_apart
from massline.engine.opinion.null import Dimensions, real_dimensions
from massline.engine.opinion.pca import (
    Axes,
    centred,
    position_noise,
    positions,
    principal_axes,
    statement_means,
)
from massline.engine.opinion.statements import StatementTable, statement_table
from massline.engine.votes import VoteTable

Floats = NDArray[np.float64]

LEAST_PEOPLE = 10
LEAST_VOTES = 7
P_VALUE = 0.05


@dataclass(frozen=True)
class Spectrum:
    """People differ by degrees, if at all: no grouping stands apart from one continuous cloud."""

    reason: str
    p_value: float = 1.0


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups that stand apart from a continuous cloud.

    Attributes
    ----------
    partition : centres (k, d) and labels (n,) of the people placed (`Opinion.placed`)
    membership : (n,) how sure each person's group is, 1/k..1
    separation : the comparison with continuous clouds
    """

    partition: Partition
    membership: Floats
    separation: Separation


@dataclass(frozen=True, eq=False)
class Opinion:
    """An opinion map and what it rests on.

    Attributes
    ----------
    table : the votes
    seed : of every random draw
    axes : dimensions, d of them
    dimensions : how many of them beat chance, None where there are not enough people
    places : (P, d) everybody's position
    placed : (n,) positions in the table of the people with enough votes to be put into a group
    outcome : Groups, Spectrum or NotEnough
    labels : (P,) group of each person, -1 for none
    statements : counts and scores of every statement
    left_out : what does not count, by reason
    """

    table: VoteTable
    seed: int
    axes: Axes
    dimensions: Dimensions | None
    places: Floats
    placed: NDArray[np.intp]
    outcome: Groups | Spectrum | NotEnough
    labels: NDArray[np.int32]
    statements: StatementTable
    left_out: dict[str, int]


def least_votes(table: VoteTable) -> int:
    """Votes it takes to be put into a group: seven, or all statements where there are fewer."""
    return max(1, min(LEAST_VOTES, table.shape[1]))


def estimate(table: VoteTable, *, seed: int, draws: int = 20) -> Opinion:
    """Map the opinions in a table of votes.

    Parameters
    ----------
    table : votes of P people on M statements
    seed : same votes and seed, same result, to the byte
    draws : shuffled tables and continuous clouds to compare with, at least 19 for a 5 % test

    Returns
    -------
    Opinion
        Its `outcome` is `Groups`, `Spectrum` or `NotEnough`; the statement table is there in every case.

    Examples
    --------
    >>> rows = [(p, s, 1 if (p % 2) == (s % 2) else -1) for p in range(40) for s in range(8)]
    >>> opinion = estimate(VoteTable.from_rows(rows), seed=1)
    >>> opinion.outcome.partition.sizes.tolist()
    [20, 20]
    """
    means = statement_means(table)
    matrix = centred(table, means)
    axes = principal_axes(matrix, means, weight=table.weight)
    places = positions(matrix, axes, table.votes_each)
    placed = np.flatnonzero(table.votes_each >= least_votes(table))
    dimensions: Dimensions | None = None
    outcome: Groups | Spectrum | NotEnough = NotEnough(len(placed), LEAST_PEOPLE)
    labels = np.full(table.shape[0], -1, np.int32)
    if len(placed) >= LEAST_PEOPLE:
        dimensions = real_dimensions(
            table, means, axes.eigenvalues, rng=np.random.default_rng([seed, 1]), draws=draws
        )
        if dimensions.real == 0:
            outcome = Spectrum("no dimension of opinion beats chance")
        else:
            noise = position_noise(matrix, axes.loadings[: dimensions.real], table.votes_each)[placed]
            floor = float(dimensions.null[0])
            cloud = Cloud(table, axes, dimensions.real, floor, np.random.default_rng([seed, 3]))
            outcome = group(
                places[placed, : dimensions.real], noise, lambda: cloud.draw(placed), seed=seed, draws=draws
            )
    if isinstance(outcome, Groups):
        labels[placed] = outcome.partition.labels
    count = len(outcome.partition.centers) if isinstance(outcome, Groups) else 0
    return Opinion(
        table=table,
        seed=seed,
        axes=axes,
        dimensions=dimensions,
        places=places,
        placed=placed,
        outcome=outcome,
        labels=labels,
        statements=statement_table(table, labels, count),
        left_out={
            "votes_replaced_by_a_later_vote": table.replaced,
            "participants_with_too_few_votes_for_a_group": table.shape[0] - len(placed),
        },
    )


def group(
    points: Floats, noise: Floats, draw_cloud: Callable[[], Floats], *, seed: int, draws: int
) -> Groups | Spectrum:
    """Find groups and keep them only where they stand apart from a continuous cloud."""
    found = partitions(points, rng=np.random.default_rng([seed, 2]))
    if not found:
        return Spectrum("every grouping would leave a group too small to be one")
    separation = stands_apart(found, draw_cloud, rng=np.random.default_rng([seed, 4]), draws=draws)
    if separation.p_value > P_VALUE:
        return Spectrum("people differ by degrees: no grouping stands apart", separation.p_value)
    partition = found[separation.k]
    return Groups(partition, membership(points, noise, partition), separation)
