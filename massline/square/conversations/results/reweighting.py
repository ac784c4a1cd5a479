"""Shares as they would be had statements been drawn evenly. They stand beside the plain counts, never in their place."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from django.db.models import F

from massline.engine.opinion import CorrectedShare, corrected_share, even_weights
from massline.engine.opinion.map_document import MapDocument, ReweightedShare, SectionShare
from massline.square.conversations.models import Conversation, Vote
from massline.square.conversations.trust_levels import Level

Shares = Mapping[int, CorrectedShare]


def even_shares(conversation: Conversation) -> dict[Level, Shares]:
    """Return the corrected share by level, for each statement that was drawn more readily by some than by others.

    Answers that were not drawn (of who wrote the statement, or brought in from elsewhere) count 1.
    """
    votes = Vote.objects.filter(statement__conversation=conversation, shown_value__isnull=False)
    if not votes.exclude(probability=None).exclude(waiting=None).exists():
        return {}
    # Nothing kept says in which order somebody answered; the fewer were left to draw from, the later it was.
    in_turn = votes.order_by("participant_id", F("waiting").desc(nulls_first=True), "statement__number")
    rows = in_turn.values_list(
        "participant_id", "shown_level", "statement__number", "shown_value", "probability", "waiting"
    )
    who, level, number, value, chance, waiting = (np.array(column) for column in zip(*rows, strict=True))
    weight = even_weights(who, *_logged(chance, waiting))
    found: dict[Level, Shares] = {}
    for one in np.unique(level):
        found[Level(one)] = {
            int(which): corrected_share(value[here] == 1, weight[here].min() / weight[here])
            for which in np.unique(number[level == one])
            if np.ptp(weight[here := (level == one) & (number == which)]) > 1e-9
        }
    return found


def _logged(chance: Any, waiting: Any) -> tuple[Any, Any]:
    """Chances and numbers of waiting statements, neither where one of them was not kept."""
    both = chance.astype(float), waiting.astype(float)
    neither = np.isnan(both[0]) | np.isnan(both[1])
    return np.where(neither, np.nan, both[0]), np.where(neither, np.nan, both[1])


def write_reweighted(
    document: MapDocument, shares: Shares, sections: Mapping[str, Mapping[str, Any]]
) -> MapDocument:
    """Return a map with corrected shares and sections beside the counts; one without any stays as it is."""
    statements = tuple(
        replace(
            answers,
            drawn_evenly=_rounded(shares.get(int(answers.id))),
            said_section=tuple(SectionShare(**cell) for cell in _cells(sections, int(answers.id))),
        )
        for answers in document.result.statements
    )
    return replace(document, result=replace(document.result, statements=statements))


def _rounded(share: CorrectedShare | None) -> ReweightedShare | None:
    if share is None:
        return None
    return ReweightedShare(
        share=round(share.share, 6),
        low=round(share.low, 6),
        high=round(share.high, 6),
        worth=round(share.worth, 6),
    )


def _cells(sections: Mapping[str, Mapping[str, Any]], statement: int) -> list[dict[str, Any]]:
    """The cells that were told of a statement, as the edition keeps them."""
    cells: list[dict[str, Any]] = sections.get(str(statement), {}).get("cells", [])
    return cells
