"""Influence of coordinated people: the radius of the verdict, and the map with and without people who answer alike.

Costs seconds to a minute, so it is worked out in the background. With and without, laid side by side, would give a set's
own tallies away by subtraction; so only what changes is written down: the verdict, how many findings, and the largest
move in whole hundredths among statements that ten others answered. Sets under ten are told of without their number.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.jeffreys_intervals import jeffreys_bound
from massline.engine.not_enough import NotEnough
from massline.engine.opinion.alike_answer_search import find_plainly_alike
from massline.engine.opinion.alike_answer_test import Concordance, split_off_set
from massline.engine.opinion.arrival_evidence import CHANCE, chances_by_door, compare_arrival
from massline.engine.opinion.decision_radius import DecisionRadius, measure_decision_radius
from massline.engine.opinion.estimate import Opinion, estimate
from massline.engine.opinion.evidence_entries import LEAST_TOLD
from massline.engine.opinion.group_outcome import Groups, Spectrum
from massline.engine.opinion.map_schema import RestsOn
from massline.engine.opinion.robustness_schema import (
    SCHEMA,
    AlikeSet,
    FindingCounts,
    GuessRight,
    Outcome,
    OutcomePair,
    PictureRadius,
    RobustnessDocument,
    RobustnessResult,
)
from massline.engine.votes import VoteTable

Integers = NDArray[np.integer]

BAR = 0.5


@dataclass(frozen=True)
class SureStatements:
    """Statements that more than half surely agree with, and that more than half surely disagree with."""

    agreed: frozenset[int]
    opposed: frozenset[int]


def measure_robustness(
    opinion: Opinion,
    *,
    arrived: Integers | None = None,
    doors: tuple[str, ...] = (),
    door: Integers | None = None,
) -> RobustnessDocument:
    """Write how robust a map is as the document `massline.robustness/1`.

    Parameters
    ----------
    arrived : (P,) when each participant came, as a number that grows with time
    doors, door : names of the ways in, and (P,) the position among them of each participant's
    """
    table, seed = opinion.table, opinion.seed
    sets = find_plainly_alike(table, seed=seed) if table.shape[0] >= LEAST_TOLD else []
    radius = measure_decision_radius(opinion, seed=seed)
    return RobustnessDocument(
        schema=SCHEMA,
        seed=seed,
        rests_on=RestsOn(participants=table.shape[0], statements=table.shape[1], votes=table.votes),
        left_out=opinion.left_out,
        result=RobustnessResult(
            alike=tuple(compare_without_set(opinion, alike, arrived, doors, door) for alike in sets),
            verdict=None if isinstance(radius, NotEnough) else describe_picture_radius(radius),
        ),
    )


def describe_picture_radius(radius: DecisionRadius) -> PictureRadius:
    return PictureRadius(
        people=radius.people,
        groups=radius.groups,
        tried_up_to=radius.tried_up_to,
        attacks=radius.attacks,
    )


def compare_without_set(
    opinion: Opinion,
    alike: Concordance,
    arrived: Integers | None,
    doors: tuple[str, ...],
    door: Integers | None,
) -> AlikeSet:
    """A set of people who answer alike: how alike, how they came, and what changes without them."""
    rng = np.random.default_rng([opinion.seed, 21])
    rest, _ = split_off_set(opinion.table, alike.people)
    without = estimate(rest, seed=opinion.seed)
    large = len(alike.people) >= LEAST_TOLD
    now, then = find_sure_statements(opinion.table), find_sure_statements(rest)
    within: int | None = 0
    if arrived is not None and large:
        together = compare_arrival(alike.people, arrived, rng)
        within = together.window if together.together else None
    mostly_by = None
    if door is not None and large:
        chances = chances_by_door(alike.people, door).items()
        mostly_by = tuple(doors[at] for at, p_value in chances if p_value <= CHANCE)
    return AlikeSet(
        people=len(alike.people) if large else None,
        chance=GuessRight(
            by_set=round_to_hundredths(np.exp(-alike.by_set)),
            by_rest=round_to_hundredths(np.exp(-alike.by_rest)),
        ),
        groups=OutcomePair(with_them=describe_outcome(opinion), without_them=describe_outcome(without)),
        only_with=count_lost_findings(now, then),
        only_without=count_lost_findings(then, now),
        largest_move=largest_move(opinion.table, rest),
        half_came_within=within,
        mostly_by=mostly_by,
    )


def largest_move(whole: VoteTable, rest: VoteTable) -> float:
    """The largest change of agreement among statements that ten others answered."""
    seen, before = rest.counts.sum(axis=1), whole.counts.sum(axis=1)
    change = np.abs(rest.counts[:, 2] / np.maximum(seen, 1) - whole.counts[:, 2] / np.maximum(before, 1))
    return round_to_hundredths(change[seen >= LEAST_TOLD].max(initial=0.0))


def count_lost_findings(here: SureStatements, there: SureStatements) -> FindingCounts:
    """The number of findings that hold only here."""
    return FindingCounts(agreed=len(here.agreed - there.agreed), opposed=len(here.opposed - there.opposed))


def find_sure_statements(table: VoteTable) -> SureStatements:
    seen = table.counts.sum(axis=1)
    return SureStatements(*(_surely_more_than_half(table.counts[:, column], seen) for column in (2, 0)))


def _surely_more_than_half(counts: Integers, seen: Integers) -> frozenset[int]:
    return frozenset(np.flatnonzero(jeffreys_bound(counts, seen, 0.025) >= BAR).tolist())


def describe_outcome(found: Opinion) -> Outcome:
    """Shares of the groups in whole hundredths, or the verdict in a word."""
    outcome = found.outcome
    if isinstance(outcome, Groups):
        sizes = outcome.partition.sizes
        return tuple(round(100 * size / sizes.sum()) for size in sizes.tolist())
    if isinstance(outcome, Spectrum):
        return "too_close" if outcome.too_close else "spectrum"
    return "not_enough"


def round_to_hundredths(number: float) -> float:
    return round(float(number), 2)
