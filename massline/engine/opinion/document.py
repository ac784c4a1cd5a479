"""An opinion map written as a document, and one person's place read back from it without numpy."""

from collections.abc import Mapping
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from massline.engine.documents import tidy
from massline.engine.not_enough import NotEnough
from massline.engine.opinion.estimate import Opinion
from massline.engine.opinion.evidence import borders, dimensions, hands, knots, separation, verdicts
from massline.engine.opinion.finding_radius import Radii, finding_radii
from massline.engine.opinion.group_decision import Groups, Spectrum
from massline.engine.opinion.holdout import Foresight
from massline.engine.opinion.map_document import (
    SCHEMA,
    MapDocument,
    MapParticipant,
    MapPoint,
    MapResult,
    OpinionGroup,
    PredictionTest,
    RestsOn,
    SpectrumVerdict,
    TestedOn,
)
from massline.engine.opinion.projection import least_votes
from massline.engine.opinion.statement_document import statements, tidied
from massline.engine.opinion.statements import LEAST_SEEN
from massline.engine.votes import Id, Names

Floats = NDArray[np.float64]
Votes = Mapping[int, int] | Mapping[str, int] | Mapping[Id, int]

MOST_POINTS = 1_500
LEAST_POINTS = 10


def document(
    opinion: Opinion,
    *,
    texts: Names | None = None,
    participants: bool = False,
    radii: Radii | None = None,
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
        result=kind(opinion),
        dimensions=dimensions(opinion),
        groups=groups(opinion),
        knots=knots(opinion),
        statements=statements(opinion, texts or {}, radii or finding_radii(opinion.statements)),
        least_votes=least_votes(table),
        least_seen=LEAST_SEEN,
        not_enough=outcome if isinstance(outcome, NotEnough) else None,
        spectrum=SpectrumVerdict(reason=outcome.reason, too_close=outcome.too_close)
        if isinstance(outcome, Spectrum)
        else None,
        separation=None if found is None else separation(found),
        borders=None if found is None else borders(found),
        verdicts=None if found is None else verdicts(found),
        points=points(opinion) if table.shape[0] >= LEAST_POINTS else (),
        hands=hands(opinion),
        tested=tested,
        foresight=None if opinion.foresight is None else foresight(opinion.foresight),
        participants=everybody(opinion) if participants else None,
    )
    return MapDocument(
        schema=SCHEMA,
        seed=opinion.seed,
        rests_on=RestsOn(participants=table.shape[0], statements=table.shape[1], votes=table.votes),
        left_out=opinion.left_out,
        result=result,
    )


def kind(opinion: Opinion) -> str:
    """Name the outcome as the document does."""
    if isinstance(opinion.outcome, Groups):
        return "groups"
    return "spectrum" if isinstance(opinion.outcome, Spectrum) else "not_enough"


def groups(opinion: Opinion) -> tuple[OpinionGroup, ...]:
    """Groups, largest first, with the statements that set each apart."""
    if not isinstance(opinion.outcome, Groups):
        return ()
    ids = opinion.table.statements.tolist()
    partition, sure = opinion.outcome.partition, opinion.outcome.membership
    return tuple(
        OpinionGroup(
            id=g,
            size=int(size),
            share=tidy(size / len(partition.labels)),
            knot=g in opinion.outcome.knots,
            center=tidied(partition.centre_of(g)),
            cells=tuple(tidied(center) for center in partition.centers[partition.group_of == g]),
            membership=tidy(sure[partition.labels == g].mean()),
            representative=tuple(ids[j] for j in opinion.statements.representative[g]),
        )
        for g, size in enumerate(partition.sizes)
    )


def foresight(found: Foresight) -> PredictionTest:
    return PredictionTest(
        log_loss=tidy(found.log_loss), shares_only=tidy(found.shares_only), hidden=found.hidden
    )


def flat(opinion: Opinion) -> Floats:
    """Everybody's first two coordinates."""
    places = np.zeros((len(opinion.places), 2))
    places[:, : min(2, opinion.places.shape[1])] = opinion.places[:, :2]
    return places


def points(opinion: Opinion) -> tuple[MapPoint, ...]:
    """Anonymous places, sorted, at most 1,500 of them."""
    places, labels = np.round(flat(opinion), 3) + 0.0, opinion.labels
    order = np.lexsort((labels, places[:, 1], places[:, 0]))
    if len(order) > MOST_POINTS:
        chosen = np.random.default_rng([opinion.seed, 9]).choice(len(order), MOST_POINTS, replace=False)
        order = order[np.sort(chosen)]
    return tuple(
        (round(x, 3), round(y, 3), None if g < 0 else g)
        for (x, y), g in zip(places[order].tolist(), labels[order].tolist(), strict=True)
    )


def everybody(opinion: Opinion) -> tuple[MapParticipant, ...]:
    """Everybody by id, with place, group and how sure that group is."""
    sure: list[float | None] = [None] * len(opinion.places)
    if isinstance(opinion.outcome, Groups):
        for at, value in zip(opinion.placed.tolist(), opinion.outcome.membership.tolist(), strict=True):
            sure[at] = tidy(value)
    ids = opinion.table.participants.tolist()
    return tuple(
        MapParticipant(id=who, x=tidy(x), y=tidy(y), group=None if g < 0 else g, membership=s)
        for who, (x, y), g, s in zip(ids, flat(opinion).tolist(), opinion.labels.tolist(), sure, strict=True)
    )


def place(drawn: MapDocument, votes: Votes) -> MapPoint | NotEnough:
    """Place one person on a finished map: x, y and the nearest group, in plain Python.

    Votes on statements the map does not know are ignored. Too few votes for a group give `NotEnough`.

    Raises
    ------
    ValueError
        When a vote is not +1, 0 or -1.
    """
    result = drawn.result
    cast: dict[Id, int] = {}
    for identity, value in votes.items():
        cast[identity] = value
    known = [(answers, cast[answers.id]) for answers in result.statements if answers.id in cast]
    for answers, value in known:
        if value not in (1, 0, -1):
            raise ValueError(f"the vote on statement {answers.id!r} must be +1, 0 or -1, got {value!r}")
    if len(known) < result.least_votes:
        return NotEnough(have=len(known), need=result.least_votes, what="votes")
    scale = sqrt(len(result.statements) / len(known))
    spot = [
        scale * sum((value - answers.mean) * answers.loading[a] for answers, value in known)
        for a in range(len(known[0][0].loading))
    ]

    def away(group: OpinionGroup) -> float:
        # Documents of engine 2 have groups of one cell, named by its centre alone.
        cells = group.cells or (group.center,)
        return min(float(sum((s - c) ** 2 for s, c in zip(spot, cell, strict=False))) for cell in cells)

    nearest = min(result.groups, key=away, default=None)
    return spot[0], spot[1], None if nearest is None else nearest.id
