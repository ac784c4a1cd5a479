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

from django.db import transaction
from django.db.models import F, Q

from massline.core.disclosure_threshold import threshold
from massline.square.conversations.models import Conversation, Vote
from massline.square.conversations.voting.record import count_as

LARGE = 4

Cell = tuple[str, int]
Place = tuple[str, int] | None
Draw = Callable[[Sequence["EditionChange"]], "EditionChange"]


@dataclass(frozen=True, slots=True)
class EditionChange:
    """An answer that the present edition shows otherwise than it was given, or not at all.

    `before` and `after` are level and value; None where it is not counted.
    """

    vote: int
    statement: int
    before: Place
    after: Place

    @property
    def cells(self) -> set[Cell]:
        return {(place[0], self.statement) for place in (self.before, self.after) if place}


def advance_edition(conversation: Conversation) -> int:
    """Let every answer into the edition that may be told now; give how many changed."""
    with transaction.atomic(using="square"):
        moving = choose_releasable(list(find_changes(conversation)), k=threshold(conversation.organisation).k)
        _write(moving)
    return len(moving)


def find_changes(conversation: Conversation) -> Iterable[EditionChange]:
    """Find the answers that differ from the present edition, for statements that are shown."""
    aside = Q(participant__way__set_aside__gt="")
    differs = (
        Q(shown_value=None) & ~aside
        | Q(shown_value__isnull=False)
        & (~Q(shown_value=F("value")) | ~Q(shown_level=F("participant__level")))
        | Q(shown_value__isnull=False) & aside
    )
    rows = Vote.objects.filter(differs, statement__conversation=conversation, statement__state="shown")
    for vote, statement, value, shown, shown_level, level, reason in rows.values_list(
        *("pk", "statement", "value", "shown_value", "shown_level"),
        *("participant__level", "participant__way__set_aside"),
    ):
        before = None if shown is None else (shown_level, shown)
        yield EditionChange(vote, statement, before, None if reason else (level, value))


def choose_releasable(
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
        count_as(votes, level=level, value=value)
