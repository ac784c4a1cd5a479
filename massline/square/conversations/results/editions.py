"""Editions: the answers that public results rest on, which change in steps that give nobody's answer away.

What is shown of a statement at one level is a cell. A cell changes only by the answers of at least k people at once. Of
a small step one answer, drawn by lot, waits for a later one: where all that is told is alike, it may be anybody's that
is not in it. Whether a cell changes depends on how many answered, never on what, so that waiting tells nothing either.
An answer that moves between two cells (somebody came in by a card after answering) moves in both at once or in neither.
"""

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from massline.core.disclosure_threshold import threshold
from massline.square.conversations.models import Conversation
from massline.square.conversations.results.answer_arrays import LEVELS, NOT_SHOWN, AnswerArrays
from massline.square.conversations.results.answer_cache import CachedAnswers
from massline.square.conversations.results.counted_votes import is_answer_to
from massline.square.conversations.voting.change_marks import lock_marks, renew_marks
from massline.square.conversations.voting.vote_batch_writer import set_counted_values

LARGE = 4

Cell = tuple[str, int]
Place = tuple[str, int] | None
Draw = Callable[[Sequence["EditionChange"]], "EditionChange"]


@dataclass(frozen=True, slots=True)
class EditionChange:
    """An answer that the present edition shows otherwise than it was given, or not at all.

    `before` and `after` are level and value, None where it is not counted; `at` is its place among the columns.
    """

    vote: int
    statement: int
    before: Place
    after: Place
    at: int = -1

    @property
    def cells(self) -> set[Cell]:
        return {(place[0], self.statement) for place in (self.before, self.after) if place}


def advance_edition(
    conversation: Conversation,
    cached: CachedAnswers | None = None,
    statements: NDArray[np.int64] | None = None,
) -> int:
    """Let every answer into the edition that may be told now; give how many changed.

    `cached` answers are brought up to date first, and know afterwards how each of them counts. `statements` are the
    numbers of those that are shown, where they are at hand.
    """
    cached = CachedAnswers() if cached is None else cached
    if statements is None:
        shown = conversation.statements.shown().order_by().values_list("number", flat=True)
        statements = np.array(shown, np.int64)
    # Outside the transaction first, so that nobody's vote waits while a large conversation is read.
    cached.renew(conversation)
    k = threshold(conversation.organisation).k
    with transaction.atomic(using="square"):
        held = lock_marks([conversation.pk])
        answers = cached.renew(conversation)
        moving = choose_releasable_changes(list(find_changes(answers, statements, k + 1)), k=k)
        if moving:
            _write(moving)
            at = np.array([change.at for change in moving], np.int64)
            renew_marks(held, answers.people.pk[answers.voter[at]].tolist())
            cached.note(conversation, at, [change.after for change in moving])
    return len(moving)


def find_changes(answers: AnswerArrays, statements: NDArray[np.int64], least: int) -> Iterable[EditionChange]:
    """Find what differs from the present edition on these statements, in cells that so many changes touch."""
    at = np.flatnonzero(is_shown_otherwise(answers, statements))
    who = answers.voter[at]
    level, aside = answers.people.level[who], answers.people.aside[who]
    top = int(answers.number.max(initial=0)) + 1
    shown = answers.shown[at] != NOT_SHOWN
    before = np.where(shown, answers.shown_level[at].astype(np.int64) * top + answers.number[at], -1)
    after = np.where(aside, -1, level.astype(np.int64) * top + answers.number[at])
    kept = is_in_large_cells(before, after, least)
    for j in np.flatnonzero(kept).tolist():
        row = int(at[j])
        yield EditionChange(
            int(answers.pk[row]),
            int(answers.number[row]),
            (LEVELS[answers.shown_level[row]].value, int(answers.shown[row])) if shown[j] else None,
            None if aside[j] else (LEVELS[level[j]].value, int(answers.value[row])),
            row,
        )


def is_shown_otherwise(answers: AnswerArrays, statements: NDArray[np.int64]) -> NDArray[np.bool_]:
    """True for answers that the present edition shows otherwise than they were given, or not at all."""
    level = np.repeat(answers.people.level, answers.each)
    aside = np.repeat(answers.people.aside, answers.each)
    shown = answers.shown != NOT_SHOWN
    otherwise = (answers.value != answers.shown) | (answers.shown_level != level)
    return np.asarray(np.where(aside, shown, otherwise) & is_answer_to(answers, statements))


def is_in_large_cells(before: NDArray[np.int64], after: NDArray[np.int64], least: int) -> NDArray[np.bool_]:
    """True for changes all of whose cells change by enough; where one is left out the others are counted again."""
    kept = np.ones(len(before), bool)
    _, places = np.unique(np.concatenate([before, after]), return_inverse=True)
    left, entered = places[: len(before)], places[len(before) :]
    both = (before >= 0) & (after >= 0) & (before == after)
    while True:
        mine = np.bincount(left[kept & (before >= 0)], minlength=len(places) + 1)
        mine = mine + np.bincount(entered[kept & (after >= 0) & ~both], minlength=len(places) + 1)
        large = mine >= least
        still = kept & ((before < 0) | large[left]) & ((after < 0) | large[entered])
        if still.sum() == kept.sum():
            return still
        kept = still


def choose_releasable_changes(
    found: Sequence[EditionChange], *, k: int, draw: Draw = secrets.choice
) -> list[EditionChange]:
    """Choose the changes that may be told now.

    Every cell they touch changes by at least k of them; where fewer than four times k could be told, one waits.
    """
    enough = _settled(found, k + 1)
    waiting = {draw(moved) for moved in _by_cell(enough).values() if len(moved) < LARGE * k}
    return _settled([change for change in enough if change not in waiting], k)


def _settled(found: Sequence[EditionChange], least: int) -> list[EditionChange]:
    """Keep the changes all of whose cells change by enough; who is left out may be missed elsewhere, so repeat."""
    while True:
        large = {cell for cell, moved in _by_cell(found).items() if len(moved) >= least}
        kept = [change for change in found if change.cells <= large]
        if len(kept) == len(found):
            return kept
        found = kept


def _by_cell(found: Iterable[EditionChange]) -> dict[Cell, list[EditionChange]]:
    by_cell: dict[Cell, list[EditionChange]] = defaultdict(list)
    for change in found:
        for cell in change.cells:
            by_cell[cell].append(change)
    return by_cell


def _write(moving: Iterable[EditionChange]) -> None:
    by_place: dict[Place, list[int]] = defaultdict(list)
    for change in moving:
        by_place[change.after].append(change.vote)
    for place, votes in by_place.items():
        level, value = place or ("", None)
        set_counted_values(votes, level=level, value=value)
