"""One person's place on a finished map, read from its document without numpy."""

from collections.abc import Mapping
from math import sqrt

from massline.engine.not_enough import NotEnough
from massline.engine.opinion.map_schema import (
    MapDocument,
    MapPoint,
    OpinionGroup,
)
from massline.engine.votes import Id

Votes = Mapping[int, int] | Mapping[str, int] | Mapping[Id, int]


def place_participant(drawn: MapDocument, votes: Votes) -> MapPoint | NotEnough:
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
