"""Shares as they would be had statements been drawn evenly. They stand beside the plain counts, never in their place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion import corrected_shares, even_weights
from massline.engine.opinion.map_schema import MapDocument
from massline.engine.opinion.statement_arrays import StatementArrays
from massline.square.conversations.results.answer_arrays import LEVELS, NOT_SHOWN, AnswerArrays
from massline.square.conversations.trust_levels import Level

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]

UNEVEN = 1e-9


@dataclass(frozen=True, eq=False)
class EvenShares:
    """Corrected shares of some statements: share, low, high and worth of each number, (n, 4)."""

    numbers: Numbers
    shares: Floats


def even_shares(answers: AnswerArrays) -> dict[Level, EvenShares]:
    """Return the corrected share by level, for each statement that was drawn more readily by some than by others.

    Answers that were not drawn (such as those brought in from elsewhere) count 1.
    """
    counted = answers.shown != NOT_SHOWN
    at = np.flatnonzero(counted)
    if np.isnan(answers.chance[at] + answers.waiting[at]).all():
        return {}
    weigh_answers(answers, at)
    top = int(answers.number.max(initial=0)) + 1
    # What is not counted falls into a cell of its own, at the end: copying less is quicker.
    size = len(LEVELS) * top
    cell = np.where(counted, answers.shown_level * np.int32(top) + answers.number, size)
    weight = np.where(counted, answers.weight, 0.0)
    least, most = np.full(size + 1, np.inf), np.full(size + 1, -np.inf)
    np.minimum.at(least, cell, weight)
    np.maximum.at(most, cell, weight)
    uneven = np.flatnonzero(most[:size] - least[:size] > UNEVEN)
    hits, mass, squares = (
        np.asarray(np.bincount(cell, each, size + 1)[uneven], np.float64)
        for each in (weight * (answers.shown == 1), weight, weight**2)
    )
    shares = np.round(np.array(corrected_shares(hits, mass, squares), np.float64).T, 6)
    return {
        LEVELS[code]: EvenShares(uneven[mine] % top, shares[mine])
        for code in np.unique(uneven // top).tolist()
        if (mine := uneven // top == code).any()
    }


def weigh_answers(answers: AnswerArrays, counted: Numbers) -> None:
    """Work out what the counted answers weigh, of those people where that is not known."""
    who = answers.voter[counted]
    people = np.zeros(len(answers.people.pk), bool)
    people[who[np.isnan(answers.weight[counted])]] = True
    mine = counted[people[who]]
    if not len(mine):
        return
    chance, waiting = answers.chance[mine], answers.waiting[mine]
    # Nothing kept says in which order somebody answered; the fewer were left to draw from, the later it was.
    turn = np.lexsort(
        (answers.number[mine], np.where(np.isnan(waiting), -np.inf, -waiting), answers.voter[mine])
    )
    neither = np.isnan(chance) | np.isnan(waiting)
    chance, waiting = np.where(neither, np.nan, chance), np.where(neither, np.nan, waiting)
    answers.weight[mine[turn]] = even_weights(answers.voter[mine][turn], chance[turn], waiting[turn])


def add_reweighted_shares(
    document: MapDocument, even: EvenShares | None, sections: Mapping[str, Mapping[str, Any] | None]
) -> MapDocument:
    """Return a map with corrected shares and sections beside the counts; one without any stays as it is."""
    columns = StatementArrays.of(document.result.statements)
    cells = {
        at: {"said_section": told}
        for number, at in columns.places.items()
        if (told := (sections.get(str(number)) or {}).get("cells"))
    }
    if cells:
        columns = replace(columns, extras=cells)
    if even is not None:
        places = [
            (columns.places[number], j)
            for j, number in enumerate(even.numbers.tolist())
            if number in columns.places
        ]
        at, rows = np.array(places, np.int64).reshape(-1, 2).T
        columns = columns.drawn_evenly(at, even.shares[rows])
    return replace(document, result=replace(document.result, statements=columns))
