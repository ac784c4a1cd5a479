"""Shares as they would be had statements been drawn evenly. They stand beside the plain counts, never in their place."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from django.db.models import F

from massline.engine.opinion import Share, corrected_share, even_weights
from massline.square.conversations.models import Conversation, Vote
from massline.square.conversations.trust_levels import Level

Shares = Mapping[int, Share]


def even_shares(conversation: Conversation) -> dict[Level, Shares]:
    """Give by level, for each statement that was drawn more readily by some than by others, the corrected share.

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
    document: dict[str, Any], shares: Shares, sections: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Put corrected shares and sections beside the counts; a document without any stays as it is."""
    for row in document["result"]["statements"]:
        if row["id"] in shares:
            row["drawn_evenly"] = {name: round(part, 6) for name, part in asdict(shares[row["id"]]).items()}
        if cells := sections.get(str(row["id"]), {}).get("cells"):
            row["said_section"] = cells
    return document
