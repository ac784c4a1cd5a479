"""An opinion map as a versioned document, and one person's place read back from it without numpy."""

from collections.abc import Mapping
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from massline.engine.documents import document as versioned
from massline.engine.not_enough import NotEnough
from massline.engine.opinion.estimate import Opinion
from massline.engine.opinion.evidence import compared, dimensions, hands, knots, tidy
from massline.engine.opinion.finding_radius import finding_radii
from massline.engine.opinion.group_decision import Groups, Spectrum
from massline.engine.opinion.projection import least_votes
from massline.engine.opinion.statements import LEAST_SEEN, Counts
from massline.engine.votes import Id, Names

Floats = NDArray[np.float64]
Votes = Mapping[int, int] | Mapping[str, int] | Mapping[Id, int]

SCHEMA = "massline.opinion/1"
MOST_POINTS = 1_500
LEAST_POINTS = 10


def document(opinion: Opinion, *, texts: Names | None = None, participants: bool = False) -> dict[str, Any]:
    """Write a map as the document `massline.opinion/1`.

    `participants` adds everybody's id and place: for the organisation's own analysis, never for a public
    page. The `points` carry no id, are sorted by place and sampled to at most 1,500.
    """
    table, outcome = opinion.table, opinion.outcome
    result: dict[str, Any] = {
        "result": kind(opinion),
        "dimensions": dimensions(opinion),
        "groups": groups(opinion),
        "knots": knots(opinion),
        "statements": statements(opinion, texts or {}),
        "least_votes": least_votes(table),
        "least_seen": LEAST_SEEN,
    }
    if isinstance(outcome, NotEnough):
        result["not_enough"] = {"have": outcome.have, "need": outcome.need, "what": outcome.what}
    elif isinstance(outcome, Spectrum):
        result["spectrum"] = {"reason": outcome.reason, "too_close": outcome.too_close}
    result |= compared(opinion)
    if table.shape[0] >= LEAST_POINTS:
        result["points"] = points(opinion)
    result["hands"] = hands(opinion)
    if opinion.foresight is not None:
        result["foresight"] = {
            "log_loss": tidy(opinion.foresight.log_loss),
            "shares_only": tidy(opinion.foresight.shares_only),
            "hidden": opinion.foresight.hidden,
        }
    if participants:
        result["participants"] = everybody(opinion)
    return versioned(
        SCHEMA,
        seed=opinion.seed,
        rests_on={"participants": table.shape[0], "statements": table.shape[1], "votes": table.votes},
        left_out=opinion.left_out,
        result=result,
    )


def kind(opinion: Opinion) -> str:
    """Name the outcome as the document does."""
    if isinstance(opinion.outcome, Groups):
        return "groups"
    return "spectrum" if isinstance(opinion.outcome, Spectrum) else "not_enough"


def groups(opinion: Opinion) -> list[dict[str, Any]]:
    """Groups, largest first, with the statements that set each apart."""
    if not isinstance(opinion.outcome, Groups):
        return []
    ids = opinion.table.statements.tolist()
    partition, sure = opinion.outcome.partition, opinion.outcome.membership
    return [
        {
            "id": g,
            "size": int(size),
            "share": tidy(size / len(partition.labels)),
            "knot": g in opinion.outcome.knots,
            "center": [tidy(v) for v in partition.centre_of(g)],
            "cells": [[tidy(v) for v in center] for center in partition.centers[partition.group_of == g]],
            "membership": tidy(sure[partition.labels == g].mean()),
            "representative": [ids[j] for j in opinion.statements.representative[g]],
        }
        for g, size in enumerate(partition.sizes)
    ]


def statements(opinion: Opinion, texts: Names) -> list[dict[str, Any]]:
    """Every statement with counts, scores, and what it takes to place a person."""
    table, rated, axes = opinion.table, opinion.statements, opinion.axes
    wide = max(2, opinion.dimensions.grouping if opinion.dimensions else 2)
    loading = np.zeros((wide, table.shape[1]))
    loading[: min(wide, len(axes.loadings))] = axes.loadings[:wide]
    listed, radii = [], finding_radii(rated)
    for j, identity in enumerate(table.statements.tolist()):
        row = {"id": identity, "text": texts.get(identity, ""), **counted(rated.overall, (j,))}
        row |= {
            "consensus": tidy(rated.consensus[j]),
            "divisive": tidy(rated.divisive[j]),
            "bridging": tidy(rated.bridging[j]),
            "by_group": [
                {"group": g, **counted(rated.by_group, (g, j))} for g in range(len(rated.by_group.seen))
            ],
            "overturned_by": radii[j],
            "without_most_influential": [tidy(v) for v in opinion.influence.agree[:, j]],
            "mean": tidy(axes.means[j]),
            "loading": [tidy(v) for v in loading[:, j]],
        }
        if opinion.common is not None:
            row["common_ground"] = tidy(opinion.common.share[j])
            row["common_ground_interval"] = [tidy(opinion.common.low[j]), tidy(opinion.common.high[j])]
        if table.sections:
            row["by_section"] = [
                {"section": name, **counted(rated.by_section, (s, j))}
                for s, name in enumerate(table.sections)
            ]
        listed.append(row)
    return listed


def counted(counts: Counts, at: tuple[int, ...]) -> dict[str, Any]:
    """A cell of the counts."""
    return {
        "seen": int(counts.seen[at]),
        "agree": int(counts.agree[at]),
        "disagree": int(counts.disagree[at]),
        "pass": int(counts.passed[at]),
        "agree_interval": [tidy(counts.low[at]), tidy(counts.high[at])],
    }


def flat(opinion: Opinion) -> Floats:
    """Everybody's first two coordinates."""
    places = np.zeros((len(opinion.places), 2))
    places[:, : min(2, opinion.places.shape[1])] = opinion.places[:, :2]
    return places


def points(opinion: Opinion) -> list[list[float | int | None]]:
    """Anonymous places, sorted, at most 1,500 of them."""
    places, labels = np.round(flat(opinion), 3) + 0.0, opinion.labels
    order = np.lexsort((labels, places[:, 1], places[:, 0]))
    if len(order) > MOST_POINTS:
        chosen = np.random.default_rng([opinion.seed, 9]).choice(len(order), MOST_POINTS, replace=False)
        order = order[np.sort(chosen)]
    return [
        [round(x, 3), round(y, 3), None if g < 0 else g]
        for (x, y), g in zip(places[order].tolist(), labels[order].tolist(), strict=True)
    ]


def everybody(opinion: Opinion) -> list[dict[str, Any]]:
    """Everybody by id, with place, group and how sure that group is."""
    sure: list[float | None] = [None] * len(opinion.places)
    if isinstance(opinion.outcome, Groups):
        for at, value in zip(opinion.placed.tolist(), opinion.outcome.membership.tolist(), strict=True):
            sure[at] = tidy(value)
    ids = opinion.table.participants.tolist()
    return [
        {"id": who, "x": tidy(x), "y": tidy(y), "group": None if g < 0 else g, "membership": s}
        for who, (x, y), g, s in zip(ids, flat(opinion).tolist(), opinion.labels.tolist(), sure, strict=True)
    ]


def place(doc: Mapping[str, Any], votes: Votes) -> tuple[float, float, int | None] | NotEnough:
    """Place one person on a finished map: x, y and the nearest group, in plain Python.

    Votes on statements the map does not know are ignored. Too few votes for a group give `NotEnough`.

    Raises
    ------
    ValueError
        When a vote is not +1, 0 or -1.
    """
    result = doc["result"]
    known = [(row, votes[row["id"]]) for row in result["statements"] if row["id"] in votes]
    for row, value in known:
        if value not in (1, 0, -1):
            raise ValueError(f"the vote on statement {row['id']!r} must be +1, 0 or -1, got {value!r}")
    if len(known) < result["least_votes"]:
        return NotEnough(have=len(known), need=result["least_votes"], what="votes")
    scale = sqrt(len(result["statements"]) / len(known))
    wide = len(known[0][0]["loading"])
    spot = [
        scale * sum((value - row["mean"]) * row["loading"][a] for row, value in known) for a in range(wide)
    ]

    def away(group: Mapping[str, Any]) -> float:
        # Documents of engine 2 have groups of one cell, named by its centre alone.
        cells = group.get("cells") or [group["center"]]
        return min(float(sum((s - c) ** 2 for s, c in zip(spot, cell, strict=False))) for cell in cells)

    nearest = min(result["groups"], key=away, default=None)
    return spot[0], spot[1], None if nearest is None else nearest["id"]
