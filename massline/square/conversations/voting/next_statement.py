"""The choice of the next statement, with its chance; the estimates it uses are made by the worker."""

import secrets
from dataclasses import dataclass

import numpy as np
from django.db.models import F, FilteredRelation, Max, Q, Subquery
from numpy.typing import NDArray

from massline.core.db.integers_as_text import IntegersAsText, parse_integers
from massline.engine.opinion import draw_statement, statement_chances
from massline.square.conversations.models import Conversation, Participant, Routing, Statement
from massline.square.conversations.voting.routing_figures import StatementFigures, routing_figures


@dataclass(frozen=True)
class AskedStatement:
    """A statement, with which chance it was drawn, and from how many that wait."""

    statement: Statement
    probability: float
    waiting: int


@dataclass(frozen=True, eq=False)
class VoterProgress:
    """A participant's progress: answers by statement number, and the numbers of open statements, sorted.

    `digest` names the routing model to draw by.
    """

    answered: dict[int, int]
    waiting: NDArray[np.int64]
    digest: str | None = None


def progress_of(conversation: Conversation, participant: Participant | None) -> VoterProgress:
    """Find in one question what somebody has answered and what they have not; their own sentences are asked like all.

    The database hands over numbers as one text: thousands of rows would take longer than the rest of the page.
    """
    digest = Routing.objects.filter(conversation=conversation.pk).values("digest")
    shown = conversation.statements.shown()
    if participant is None:
        # Whoever is new has answered nothing: no row of theirs is looked for, statement by statement.
        everything = shown.aggregate(waiting=IntegersAsText("number"), digest=Max(Subquery(digest)))
        return VoterProgress({}, np.sort(parse_integers(everything["waiting"])), everything["digest"])
    found = shown.annotate(
        mine=FilteredRelation("votes", condition=Q(votes__participant=participant.pk))
    ).aggregate(
        answered=IntegersAsText(4 * F("number") + F("mine__value") + 1, filter=~Q(mine__value=None)),
        waiting=IntegersAsText("number", filter=Q(mine__value=None)),
        digest=Max(Subquery(digest)),
    )
    answered = parse_integers(found["answered"])
    values = dict(zip((answered // 4).tolist(), (answered % 4 - 1).tolist(), strict=True))
    return VoterProgress(values, np.sort(parse_integers(found["waiting"])), found["digest"])


def next_statement(conversation: Conversation, found: VoterProgress) -> AskedStatement | None:
    """Draw the next statement: half by what an answer would tell, half by a floor for what few have seen."""
    if not len(found.waiting):
        return None
    numbers, chance = next_statement_chances(routing_figures(conversation.pk, found.digest), found)
    drawn = draw_statement(chance, np.random.default_rng(secrets.randbits(128)))
    if drawn is None:
        return None
    statement = conversation.statements.get(number=int(numbers[drawn.statement]))
    return AskedStatement(statement, drawn.chance, len(found.waiting))


def next_statement_chances(
    known: StatementFigures, found: VoterProgress
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the chance of each statement by its place: those of the model, then those that are newer."""
    fresh = np.setdiff1d(found.waiting, known.numbers, assume_unique=True)
    seen = np.concatenate([known.seen, np.zeros(len(fresh), np.int64)])
    # What is not asked any more, or was said by themselves, is barred as a pass would be, and tells nothing.
    barred = np.flatnonzero(~np.isin(known.numbers, found.waiting, assume_unique=True))
    votes = {
        at: found.answered.get(number, 0)
        for at, number in zip(barred.tolist(), known.numbers[barred].tolist(), strict=True)
    }
    return np.concatenate([known.numbers, fresh]), statement_chances(known.model, votes, seen)
