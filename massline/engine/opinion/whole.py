"""One call from votes to an honest map: what is real in it, and every statement with its interval."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.intervals import NotEnough
from massline.engine.opinion.chart import Chart, draw_chart
from massline.engine.opinion.cloud import Cloud
from massline.engine.opinion.groups import Partition, membership, partitions
from massline.engine.opinion.null import Dimensions, real_dimensions
from massline.engine.opinion.pca import MOST_DIMENSIONS, Axes
from massline.engine.opinion.statements import StatementTable, statement_table
from massline.engine.opinion.trial import LEAST_STABILITY, P_VALUE, Separation, stability, stands_apart
from massline.engine.votes import VoteTable

Floats = NDArray[np.float64]

LEAST_PEOPLE = 10
MOST_TRIAL_VOTES = 1_000_000


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
    separation : what was compared
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


def estimate(table: VoteTable, *, seed: int, draws: int = 20, redraws: int = 15) -> Opinion:
    """Map the opinions in a table of votes.

    Conversations of over a million votes are put on trial on a random sample of people (`Dimensions.people` says how
    many); positions and counts always rest on everybody.

    Parameters
    ----------
    table : votes of P people on M statements
    seed : same votes and seed, same result, to the byte
    draws : shuffled tables to judge dimensions by, and twice as many clouds to judge groups by; at least 19
    redraws : how often people are drawn again to see whether groups come back

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
    if draws < 19 or redraws < 1:
        raise ValueError("a 5 % test takes at least 19 draws, and stability at least one redraw")
    small = table.votes <= MOST_TRIAL_VOTES
    trial = draw_chart(
        table if small else sample_people(table, np.random.default_rng([seed, 0])), count=MOST_DIMENSIONS
    )
    dimensions: Dimensions | None = None
    outcome: Groups | Spectrum | NotEnough = NotEnough(len(trial.placed), LEAST_PEOPLE)
    chart = trial
    if len(trial.placed) >= LEAST_PEOPLE:
        dimensions = real_dimensions(
            trial.table, trial.axes, rng=np.random.default_rng([seed, 1]), draws=draws
        )
        verdict = judge(trial, dimensions, seed=seed, draws=2 * draws, redraws=redraws)
        start = trial.axes.loadings[: max(2, dimensions.real)]
        chart = trial if small else draw_chart(table, count=len(start), start=start)
        outcome = (
            verdict if isinstance(verdict, Spectrum) else settle(chart, dimensions.grouping, *verdict, seed)
        )
    labels = np.full(table.shape[0], -1, np.int32)
    if isinstance(outcome, Groups):
        labels[chart.placed] = outcome.partition.labels
    return Opinion(
        table=table,
        seed=seed,
        axes=chart.axes,
        dimensions=dimensions,
        places=chart.places,
        placed=chart.placed,
        outcome=outcome,
        labels=labels,
        statements=statement_table(
            table, labels, len(outcome.partition.centers) if isinstance(outcome, Groups) else 0
        ),
        left_out={
            "votes_replaced_by_a_later_vote": table.replaced,
            "participants_with_too_few_votes_for_a_group": table.shape[0] - len(chart.placed),
        },
    )


def judge(
    trial: Chart, dimensions: Dimensions, *, seed: int, draws: int, redraws: int
) -> Spectrum | tuple[int, Separation]:
    """Find the number of groups that stands apart and comes back most surely, or say why there is none."""
    along = dimensions.grouping
    if along == 0:
        return Spectrum("no dimension of opinion beats chance")
    points = trial.places[trial.placed, :along]
    found = partitions(points, rng=np.random.default_rng([seed, 2]))
    people = len(points)
    if not found:
        return Spectrum("every grouping would leave a group too small to be one")
    cloud = Cloud(trial.table, trial.axes, along, dimensions.null, np.random.default_rng([seed, 3]))
    p_values = stands_apart(
        found, lambda: cloud.draw(trial.placed), rng=np.random.default_rng([seed, 4]), draws=draws
    )
    apart = {k: partition for k, partition in found.items() if p_values[k] <= P_VALUE}
    back = stability(
        trial.table,
        trial.axes.loadings[:along],
        trial.placed,
        apart,
        rng=np.random.default_rng([seed, 5]),
        redraws=redraws,
    )
    seen = {k: partition.silhouette for k, partition in found.items()}
    separation = Separation(seen, p_values, back, draws, redraws, people)
    if not apart:
        return Spectrum("people differ by degrees: no grouping stands apart", separation)
    best = max(back, key=lambda k: (round(back[k], 1), -k))
    if back[best] < LEAST_STABILITY:
        return Spectrum("groupings do not come back when people are drawn again", separation)
    return best, separation


def settle(chart: Chart, along: int, k: int, separation: Separation, seed: int) -> Groups | Spectrum:
    """Group everybody once the number of groups is known."""
    points = chart.places[chart.placed, :along]
    found = partitions(points, rng=np.random.default_rng([seed, 2]), ks=range(k, k + 1))
    if k not in found:
        return Spectrum("every grouping would leave a group too small to be one", separation)
    sure = membership(
        chart.places[:, :along],
        chart.everybody(found[k]),
        chart.matrix,
        chart.axes.loadings[:along],
        chart.table.votes_each,
    )
    return Groups(found[k], sure[chart.placed], separation)


def sample_people(table: VoteTable, rng: np.random.Generator) -> VoteTable:
    """Keep about as many votes as a trial takes by keeping whole people, drawn alike."""
    people = max(1, round(table.shape[0] * MOST_TRIAL_VOTES / table.votes))
    return table.subset(np.sort(rng.choice(table.shape[0], people, replace=False)))
