"""A map carried on: exact counts, dimensions and places of newer votes, with the verdict of an earlier whole estimate.

What is cheap is worked out anew: every count and interval, dimensions, everybody's place and nearest group, and what
would overturn a finding. What an estimate draws worlds for (how many dimensions are real, whether groups stand apart,
how well votes are foretold, patterns of ballots, common ground) stays as the whole estimate found it.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from massline.engine.not_enough import NotEnough
from massline.engine.opinion.borders import find_knots
from massline.engine.opinion.estimate import Opinion
from massline.engine.opinion.group_outcome import Groups, Spectrum
from massline.engine.opinion.groups import (
    FIT_PEOPLE,
    least_group_size,
    move_centres_to_means,
    partition_by,
    sample_for_fit,
)
from massline.engine.opinion.influence import measure_influence
from massline.engine.opinion.projection import MapProjection, project_people
from massline.engine.opinion.statement_results import statement_table
from massline.engine.votes import VoteTable

Floats = NDArray[np.float64]

STILL_ALIGNED = 0.99
# Residuals of this size move nobody's place by a millionth.
TOLERANCE = 3e-8


def update_map(whole: Opinion, table: VoteTable, *, near: Opinion | None = None) -> Opinion | None:
    """Carry a map on to the votes of another table; None where only a whole estimate can say.

    Counts and intervals of the whole equal those of `estimate`, dimensions and places do to 1e-6, whatever was carried
    on before. Groups are those of `whole`, moved to the mean of their people. None where the statements are others,
    where too few people answered, where a dimension that people are grouped along has turned, or where a group would
    come or go.

    Parameters
    ----------
    whole : an estimate of earlier votes, with everything put on trial
    table : the votes as they are now
    near : a later map that was carried on, where there is one; the search starts there
    """
    found = whole.dimensions
    if found is None or isinstance(whole.outcome, NotEnough):
        return None
    if not np.array_equal(whole.table.statements, table.statements):
        return None
    count = max(2, found.grouping)
    latest = near if near is not None and len(near.axes.loadings) == count else whole
    # Further dimensions, though of older votes, save a pass or two.
    start = np.concatenate([latest.axes.loadings[:count], whole.axes.loadings[count:]])
    chart = project_people(table, count=count, start=start, tolerance=TOLERANCE)
    turned = np.einsum("ij,ij->i", chart.axes.loadings, whole.axes.loadings[:count])[: found.grouping]
    if (np.abs(turned) < STILL_ALIGNED).any():
        return None
    outcome = carry_groups(whole.outcome, chart, np.sign(turned), whole.seed)
    return None if outcome is None else assemble_updated_map(whole, chart, outcome, latest)


def carry_groups(
    outcome: Groups | Spectrum, chart: MapProjection, signs: Floats, seed: int
) -> Groups | Spectrum | None:
    """The same groups among people at their new places; None where one of them would come or go."""
    if isinstance(outcome, Spectrum):
        return outcome
    before = outcome.partition
    along = before.centers.shape[1]
    points = chart.places[chart.placed, :along]
    fit = np.asfortranarray(sample_for_fit(points, np.random.default_rng([seed, 2]), 5 * FIT_PEOPLE))
    centers = move_centres_to_means(fit, before.centers * signs[:along])[0]
    partition = partition_by(points, centers, before.group_of)
    if not np.array_equal(partition.group_of, before.group_of):
        return None
    if partition.sizes.min() < least_group_size(len(points)) or find_knots(partition) != outcome.knots:
        return None
    sure = np.bincount(before.labels, outcome.membership, before.count) / np.maximum(before.sizes, 1)
    return replace(outcome, partition=partition, membership=sure[partition.labels])


def assemble_updated_map(
    whole: Opinion, chart: MapProjection, outcome: Groups | Spectrum, latest: Opinion
) -> Opinion:
    """Put what is worked out anew beside what stays."""
    table = chart.table
    labels, groups = np.full(table.shape[0], -1, np.int32), 0
    if isinstance(outcome, Groups):
        labels[chart.placed], groups = outcome.partition.labels, outcome.partition.count
    before = latest.statements if latest.table.weight is None else None
    statements = statement_table(table, labels, groups, before=before)
    parts = statements.by_group if groups else statements.whole
    return replace(
        whole,
        table=table,
        axes=chart.axes,
        places=chart.places,
        placed=chart.placed,
        outcome=outcome,
        labels=labels,
        statements=statements,
        influence=measure_influence(table, (parts.agree, parts.seen), chart.places),
        left_out={
            "votes_replaced_by_a_later_vote": table.replaced,
            "participants_with_too_few_votes_for_a_group": table.shape[0] - len(chart.placed),
        },
    )
