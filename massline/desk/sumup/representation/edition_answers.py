"""The answers of a conversation's present edition as a table, with the section and opinion part of everybody in it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.map_schema import MapResult
from massline.engine.votes import VoteTable
from massline.square.conversations.models import OpinionSnapshot, Participant, Vote

MOST_VOTES = 200_000

Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Edition:
    """What the present edition tells of those who lead it.

    Attributes
    ----------
    digest : of the edition, so that a draw about it stays the same
    table : their answers to shown statements, by number
    part : (P,) the opinion group, or the third of the spectrum from left to right; -1 where somebody has no place
    is_sample : whether only some of the people were read, because there are very many answers
    """

    digest: str
    table: VoteTable
    part: Places
    is_sample: bool


def load_edition(snapshot: OpinionSnapshot) -> Edition:
    """Load the edition behind a snapshot; the newest few are kept in memory."""
    return _load(snapshot.pk, snapshot.votes_digest)


@lru_cache(maxsize=4)
def _load(pk: int, digest: str) -> Edition:
    snapshot = OpinionSnapshot.objects.select_related("conversation").get(pk=pk)
    votes = Vote.objects.counted(snapshot.conversation).filter(shown_level=snapshot.level)
    last = _last_of_sample(snapshot)
    if last:
        votes = votes.filter(participant__key__lte=last)
    rows = votes.values_list("participant__key", "statement__number", "shown_value", "participant__section")
    cast = sorted((key, number, value, section) for key, number, value, section in rows if value is not None)
    table = VoteTable.from_rows(
        [(key, number, value) for key, number, value, _section in cast],
        sections={key: section for key, _number, _value, section in cast if section} or None,
    )
    return Edition(digest, table, opinion_parts(snapshot.estimate.result, table), bool(last))


def _last_of_sample(snapshot: OpinionSnapshot) -> str:
    """The last key of a sample of people, where all of them gave too many answers to read; keys are random."""
    rests_on = snapshot.estimate.rests_on
    if rests_on.votes <= MOST_VOTES:
        return ""
    people = Participant.objects.filter(conversation=snapshot.conversation, level=snapshot.level)
    enough = rests_on.participants * MOST_VOTES // rests_on.votes
    return people.order_by("key").values_list("key", flat=True)[enough - 1]


def opinion_parts(result: MapResult, table: VoteTable) -> Places:
    """The opinion group of everybody, or their third of the spectrum; -1 for too few answers."""
    nobody = np.full(table.shape[0], -1, np.int64)
    known = {row.id: row for row in result.statements if row.loading}
    if not known or not table.votes:
        return nobody
    spots, answered = _places(result, table)
    placed = answered >= result.least_votes
    if not placed.any():
        return nobody
    if not result.groups:
        ends = np.quantile(spots[placed, 0], [1 / 3, 2 / 3])
        return np.where(placed, np.searchsorted(ends, spots[:, 0]), -1)
    cells = [(group.id, cell) for group in result.groups for cell in group.cells or (group.center,)]
    along = min(len(cells[0][1]), spots.shape[1])
    centres = np.array([cell[:along] for _group, cell in cells])
    away = ((spots[:, None, :along] - centres[None]) ** 2).sum(axis=2)
    groups = np.array([group for group, _cell in cells], np.int64)
    return np.where(placed, groups[away.argmin(axis=1)], -1)


def _places(result: MapResult, table: VoteTable) -> tuple[NDArray[np.float64], Places]:
    """Places of everybody by means and loadings of the map, as `opinion.place` works out one, and answers behind them."""
    rows = {row.id: row for row in result.statements if row.loading}
    axes = len(next(iter(rows.values())).loading)
    mean, loading, on_map = (
        np.zeros(table.shape[1]),
        np.zeros((table.shape[1], axes)),
        np.zeros(table.shape[1]),
    )
    for place, number in enumerate(table.statements.tolist()):
        if number in rows:
            mean[place], loading[place] = rows[number].mean, rows[number].loading
            on_map[place] = 1.0
    answered = np.bincount(table.voter, weights=on_map[table.statement], minlength=table.shape[0])
    spots = np.zeros((table.shape[0], axes))
    moved = (table.value - mean[table.statement]) * on_map[table.statement]
    for axis in range(axes):
        spots[:, axis] = np.bincount(
            table.voter, weights=moved * loading[table.statement, axis], minlength=table.shape[0]
        )
    scale = np.sqrt(len(result.statements) / np.maximum(answered, 1.0))
    return spots * scale[:, None], answered.astype(np.int64)
