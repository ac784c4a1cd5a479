"""An opinion map written as a document."""

import numpy as np
from numpy.typing import NDArray

from massline.engine.not_enough import NotEnough
from massline.engine.opinion.estimate import Opinion
from massline.engine.opinion.evidence_entries import (
    describe_borders,
    describe_dimensions,
    describe_knots,
    describe_separation,
    describe_verdicts,
    describe_vote_patterns,
)
from massline.engine.opinion.evidence_schema import PredictionTest, SpectrumVerdict, TestedOn
from massline.engine.opinion.finding_radius import FindingRadii, measure_finding_radii
from massline.engine.opinion.group_outcome import Groups, Spectrum
from massline.engine.opinion.holdout import PredictionScore
from massline.engine.opinion.map_schema import (
    SCHEMA,
    MapDocument,
    MapParticipant,
    MapPoint,
    MapResult,
    OpinionGroup,
    RestsOn,
)
from massline.engine.opinion.projection import least_votes_to_be_grouped
from massline.engine.opinion.statement_description import describe_statements, tidy_numbers
from massline.engine.opinion.statement_results import LEAST_SEEN
from massline.engine.result_documents import round_significant
from massline.engine.votes import Names

Floats = NDArray[np.float64]

MOST_POINTS = 1_500
LEAST_POINTS = 10


def document(
    opinion: Opinion,
    *,
    texts: Names | None = None,
    participants: bool = False,
    radii: FindingRadii | None = None,
    tested: TestedOn | None = None,
) -> MapDocument:
    """Write a map down.

    `participants` adds everybody's id and place: for the organisation's own analysis, never for a public
    page. The `points` carry no id, are sorted by place and sampled to at most 1,500. `radii` are those of its
    findings where they are known, and `tested` says what the tests of a map that was carried on rest on.
    """
    table, outcome = opinion.table, opinion.outcome
    found = outcome.separation if isinstance(outcome, Groups | Spectrum) else None
    result = MapResult(
        result=outcome_kind(opinion),
        dimensions=describe_dimensions(opinion),
        groups=describe_groups(opinion),
        knots=describe_knots(opinion),
        statements=describe_statements(
            opinion, texts or {}, radii or measure_finding_radii(opinion.statements)
        ),
        least_votes=least_votes_to_be_grouped(table),
        least_seen=LEAST_SEEN,
        not_enough=outcome if isinstance(outcome, NotEnough) else None,
        spectrum=SpectrumVerdict(reason=outcome.reason, too_close=outcome.too_close)
        if isinstance(outcome, Spectrum)
        else None,
        separation=None if found is None else describe_separation(found),
        borders=None if found is None else describe_borders(found),
        verdicts=None if found is None else describe_verdicts(found),
        points=describe_points(opinion) if table.shape[0] >= LEAST_POINTS else (),
        hands=describe_vote_patterns(opinion),
        tested=tested,
        foresight=None if opinion.foresight is None else describe_prediction(opinion.foresight),
        participants=describe_participants(opinion) if participants else None,
    )
    return MapDocument(
        schema=SCHEMA,
        seed=opinion.seed,
        rests_on=RestsOn(participants=table.shape[0], statements=table.shape[1], votes=table.votes),
        left_out=opinion.left_out,
        result=result,
    )


def outcome_kind(opinion: Opinion) -> str:
    """Name the outcome as the document does."""
    if isinstance(opinion.outcome, Groups):
        return "groups"
    return "spectrum" if isinstance(opinion.outcome, Spectrum) else "not_enough"


def describe_groups(opinion: Opinion) -> tuple[OpinionGroup, ...]:
    """Groups, largest first, with the statements that set each apart."""
    if not isinstance(opinion.outcome, Groups):
        return ()
    ids = opinion.table.statements.tolist()
    partition, sure = opinion.outcome.partition, opinion.outcome.membership
    return tuple(
        OpinionGroup(
            id=g,
            size=int(size),
            share=round_significant(size / len(partition.labels)),
            knot=g in opinion.outcome.knots,
            center=tidy_numbers(partition.centre_of(g)),
            cells=tuple(tidy_numbers(center) for center in partition.centers[partition.group_of == g]),
            membership=round_significant(sure[partition.labels == g].mean()),
            representative=tuple(ids[j] for j in opinion.statements.representative[g]),
        )
        for g, size in enumerate(partition.sizes)
    )


def describe_prediction(found: PredictionScore) -> PredictionTest:
    return PredictionTest(
        log_loss=round_significant(found.log_loss),
        shares_only=round_significant(found.shares_only),
        hidden=found.hidden,
    )


def first_two_coordinates(opinion: Opinion) -> Floats:
    """The first two coordinates of every person."""
    places = np.zeros((len(opinion.places), 2))
    places[:, : min(2, opinion.places.shape[1])] = opinion.places[:, :2]
    return places


def describe_points(opinion: Opinion) -> tuple[MapPoint, ...]:
    """Anonymous places, sorted, at most 1,500 of them."""
    places, labels = np.round(first_two_coordinates(opinion), 3) + 0.0, opinion.labels
    order = np.lexsort((labels, places[:, 1], places[:, 0]))
    if len(order) > MOST_POINTS:
        chosen = np.random.default_rng([opinion.seed, 9]).choice(len(order), MOST_POINTS, replace=False)
        order = order[np.sort(chosen)]
    return tuple(
        (x, y, None if g < 0 else g)
        for (x, y), g in zip(places[order].tolist(), labels[order].tolist(), strict=True)
    )


def describe_participants(opinion: Opinion) -> tuple[MapParticipant, ...]:
    """Participants by id, with place, group and how sure that group is."""
    sure: list[float | None] = [None] * len(opinion.places)
    if isinstance(opinion.outcome, Groups):
        for at, value in zip(opinion.placed.tolist(), opinion.outcome.membership.tolist(), strict=True):
            sure[at] = round_significant(value)
    ids = opinion.table.participants.tolist()
    return tuple(
        MapParticipant(
            id=who, x=round_significant(x), y=round_significant(y), group=None if g < 0 else g, membership=s
        )
        for who, (x, y), g, s in zip(
            ids, first_two_coordinates(opinion).tolist(), opinion.labels.tolist(), sure, strict=True
        )
    )
