"""The choice of the next statement, with its chance; the estimates it uses are made by the worker."""

import secrets
from dataclasses import dataclass

import numpy as np
from django.db.models import FilteredRelation, Q

from massline.engine.opinion import draw_statement, statement_chances
from massline.square.conversations.models import Conversation, Participant, Statement
from massline.square.conversations.voting.routing import StatementFigures, routing_figures


@dataclass(frozen=True)
class AskedStatement:
    """A statement, with which chance it was drawn, and from how many that wait."""

    statement: Statement
    probability: float
    waiting: int


@dataclass(frozen=True)
class VoterProgress:
    """A participant's progress: answers by statement number, and open statements as (number, row).

    `digest` names the routing model to draw by.
    """

    answered: dict[int, int]
    waiting: list[tuple[int, int]]
    digest: str | None = None


def progress_of(conversation: Conversation, participant: Participant | None) -> VoterProgress:
    """Find in one question what somebody has answered and what they have neither answered nor written."""
    who = participant.pk if participant else 0
    rows = (
        conversation.statements.shown()
        .annotate(mine=FilteredRelation("votes", condition=Q(votes__participant=who)))
        .values_list("number", "pk", "author_id", "mine__value", "conversation__routing__digest")
    )
    answered, waiting, digest = {}, [], None
    for number, pk, author, value, digest in rows:  # noqa: B007 - every row has the same digest
        if value is not None:
            answered[number] = value
        elif author is None or author != who:
            waiting.append((number, pk))
    return VoterProgress(answered, waiting, digest)


def next_statement(conversation: Conversation, found: VoterProgress) -> AskedStatement | None:
    """Draw the next statement: half by what an answer would tell, half by a floor for what few have seen."""
    if not found.waiting:
        return None
    numbers, chance = draw_chances(routing_figures(conversation.pk, found.digest), found)
    drawn = draw_statement(chance, np.random.default_rng(secrets.randbits(128)))
    if drawn is None:
        return None
    row = dict(found.waiting)[numbers[drawn.statement]]
    return AskedStatement(Statement.objects.get(pk=row), drawn.chance, len(found.waiting))


def draw_chances(
    known: StatementFigures, found: VoterProgress
) -> tuple[list[int], np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Return the chance of each statement by its place: those of the model, then those that are newer."""
    waiting = {number for number, _row in found.waiting}
    fresh = [number for number, _row in found.waiting if number not in known.places]
    numbers = [*known.places, *fresh]
    seen = np.concatenate([known.seen, np.zeros(len(fresh), np.int64)])
    # What is not asked any more, or was said by themselves, is barred as a pass would be, and tells nothing.
    votes = {
        at: found.answered.get(number, 0) for number, at in known.places.items() if number not in waiting
    }
    return numbers, statement_chances(known.model, votes, seen)
