"""Votes in stories, recorded as the pages record them."""

from massline.square.conversations.models import Participant, Statement
from massline.square.conversations.voting.record import Answer, record


def vote(
    participant: Participant,
    statement: Statement,
    *,
    value: int,
    probability: float | None = None,
    waiting: int | None = None,
) -> None:
    """Let one participant answer one statement."""
    given = Answer(participant.pk, statement.pk, value, probability=probability, waiting=waiting)
    record([given], conversations=[statement.conversation_id])
