"""The opinion map of a vote table: what is real in it, and every statement with its interval."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.not_enough import NotEnough
from massline.engine.opinion.bridging import CommonGround, common_ground
from massline.engine.opinion.canonical_order import CanonicalOrder, canonical_order
from massline.engine.opinion.group_decision import decide_groups, group_everybody, membership_certainty
from massline.engine.opinion.group_outcome import Groups, Spectrum
from massline.engine.opinion.holdout import PredictionScore, score_prediction
from massline.engine.opinion.influence import Influence, measure_influence
from massline.engine.opinion.input_order import reorder_statements, restore_input_order
from massline.engine.opinion.pca import MOST_DIMENSIONS, Axes
from massline.engine.opinion.permutation_null import Dimensions, count_real_dimensions
from massline.engine.opinion.polis_rules import polis_groups
from massline.engine.opinion.projection import MapProjection, project_people
from massline.engine.opinion.statement_results import StatementTable, statement_table
from massline.engine.opinion.vote_patterns import VotePatternsFound, find_vote_patterns
from massline.engine.opinion.vote_prediction import Predictor, fit_predictor
from massline.engine.votes import VoteTable

Floats = NDArray[np.float64]

LEAST_PEOPLE = 10
MOST_TRIAL_VOTES = 200_000
MOST_TRIAL_PEOPLE = 50_000


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
    common : common ground without groups, None where there are not enough people
    predictor : the model of votes behind it, for routing
    foresight : how well hidden votes are predicted
    hands : patterns that few people voting by themselves would leave
    influence : every headline without the most influential people
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
    common: CommonGround | None
    predictor: Predictor | None
    foresight: PredictionScore | None
    hands: VotePatternsFound
    influence: Influence
    left_out: dict[str, int]


def estimate(
    table: VoteTable, *, seed: int, draws: int = 10, redraws: int = 8, compatible: bool = False
) -> Opinion:
    """Map the opinions in a table of votes.

    Conversations of over 200,000 votes or 50,000 people are put on trial, and predicted, on a random sample
    (`Dimensions.people` says how many); positions and counts always rest on everybody.

    Parameters
    ----------
    table : votes of P people on M statements
    seed : same votes and seed, same result, to the byte. Draws follow an order of people and statements that
        rests on the votes alone (`canonical_order`), so renaming and reordering change nothing; above the sizes
        named, places may differ by rounding, less than 1e-9, since everybody's sums run in the order of the table
    draws : shuffled tables to judge dimensions by, and clouds to judge groups by; at least 5. Up to four times
        as many are drawn where an outcome is near its border, fewer where it is beyond doubt
    redraws : how often people are drawn again to see whether groups come back, up to four times as often likewise
    compatible : group by Polis's rules instead: always two dimensions and at least two groups, nothing on trial

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
    if draws < 5 or redraws < 1:
        raise ValueError("a test takes at least 5 draws, and stability at least one redraw")
    chosen = EstimateOptions(seed, draws, redraws, compatible)
    order = canonical_order(table)
    if table.votes <= MOST_TRIAL_VOTES and table.shape[0] <= MOST_TRIAL_PEOPLE:
        ordered = order.applied(table)
        as_it_stands = CanonicalOrder(np.arange(table.shape[0]), np.arange(table.shape[1]))
        return restore_input_order(map_on_trial(ordered, ordered, as_it_stands, chosen), table, order)
    drawn = CanonicalOrder(
        sample_people(order.people, table.votes, np.random.default_rng([seed, 0])), order.statements
    )
    return map_on_trial(table, drawn.applied(table), drawn, chosen)


@dataclass(frozen=True)
class EstimateOptions:
    """Options of `estimate`."""

    seed: int
    draws: int
    redraws: int
    compatible: bool


def map_on_trial(
    table: VoteTable, sample: VoteTable, drawn: CanonicalOrder, chosen: EstimateOptions
) -> Opinion:
    """Put a sample, the people and statements of the table at `drawn`, on trial and map the table by what comes of it."""
    seed, draws, back = chosen.seed, chosen.draws, np.argsort(drawn.statements)
    # A sample's places are judged and then dropped: what people are shown rests on everybody.
    trial = project_people(sample, count=MOST_DIMENSIONS, tolerance=1e-12 if sample is table else 1e-4)
    if len(trial.placed) < LEAST_PEOPLE:
        short = NotEnough(len(trial.placed), LEAST_PEOPLE, what="participants")
        return assemble_map(
            trial if sample is table else project_people(table, count=2), seed, None, short, None, back
        )
    dimensions = count_real_dimensions(sample, trial.axes, rng=np.random.default_rng([seed, 1]), draws=draws)
    if chosen.compatible:
        return assemble_map(*group_by_polis_rules(table, seed, dimensions), sample, back)
    verdict = decide_groups(trial, dimensions, seed=seed, draws=draws, redraws=chosen.redraws)
    if sample is table:
        return assemble_map(trial, seed, dimensions, group_everybody(trial, verdict), sample, back)
    start = trial.axes.loadings[: max(2, dimensions.real), back]
    chart = project_people(table, count=len(start), start=start)
    return assemble_map(
        chart, seed, dimensions, group_everybody(chart, verdict, drawn.people[trial.placed]), sample, back
    )


def group_by_polis_rules(
    table: VoteTable, seed: int, dimensions: Dimensions
) -> tuple[MapProjection, int, Dimensions, Groups | Spectrum]:
    """Group without a trial."""
    chart, partition = polis_groups(table, seed=seed)
    if partition is None:
        return chart, seed, dimensions, Spectrum("too few people differ to cut them into two groups")
    return chart, seed, dimensions, Groups(partition, membership_certainty(chart, partition), None)


def assemble_map(
    chart: MapProjection,
    seed: int,
    dimensions: Dimensions | None,
    outcome: Groups | Spectrum | NotEnough,
    sample: VoteTable | None,
    back: NDArray[np.intp],
) -> Opinion:
    """Put everything that follows once the groups are settled beside them; `back` is where the sample has each statement."""
    table = chart.table
    labels = np.full(table.shape[0], -1, np.int32)
    groups = 0
    if isinstance(outcome, Groups):
        labels[chart.placed] = outcome.partition.labels
        groups = outcome.partition.count
    statements = statement_table(table, labels, groups)
    parts = statements.by_group if groups else statements.whole
    near = chart.axes.loadings[:, np.argsort(back)]
    trained = (
        None if sample is None else score_prediction(sample, np.random.default_rng([seed, 6]), near=near)
    )
    predictor = (
        None
        if sample is None
        else reorder_statements(fit_predictor(sample, after=trained[1] if trained else None), back)
    )
    return Opinion(
        table=table,
        seed=seed,
        axes=chart.axes,
        dimensions=dimensions,
        places=chart.places,
        placed=chart.placed,
        outcome=outcome,
        labels=labels,
        statements=statements,
        common=None if predictor is None else common_ground(predictor),
        predictor=predictor,
        foresight=trained[0] if trained else None,
        hands=find_vote_patterns(table, kinds_of_people(chart, outcome)),
        influence=measure_influence(table, (parts.agree, parts.seen), chart.places),
        left_out={
            "votes_replaced_by_a_later_vote": table.replaced,
            "participants_with_too_few_votes_for_a_group": table.shape[0] - len(chart.placed),
        },
    )


def kinds_of_people(chart: MapProjection, outcome: Groups | Spectrum | NotEnough) -> NDArray[np.int32]:
    """Kinds of people who think alike: their group, or a third of the first dimension."""
    if isinstance(outcome, Groups):
        return chart.everybody(outcome.partition).labels
    first = chart.places[:, 0] if chart.places.shape[1] else np.zeros(len(chart.places))
    if len(first) == 0:
        return np.zeros(0, np.int32)
    return np.searchsorted(np.quantile(first, [1 / 3, 2 / 3]), first).astype(np.int32)


def sample_people(people: NDArray[np.intp], votes: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Keep, in their order, whole people drawn alike who cast about as many votes as a trial takes."""
    share = min(MOST_TRIAL_VOTES / max(votes, 1), MOST_TRIAL_PEOPLE / len(people))
    return people[np.sort(rng.choice(len(people), max(1, round(len(people) * share)), replace=False))]
