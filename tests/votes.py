"""Votes in stories, recorded as the pages record them."""

from massline.square.conversations.models import Conversation, Participant, Statement, Vote
from massline.square.conversations.voting.vote_batch_writer import Answer, save_answers, set_counted_values


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
    save_answers([given], conversations=[statement.conversation_id])


def tell_everything(conversation: Conversation) -> None:
    """Let every answer count in the results, as an edition does once many more have come."""
    for given in Vote.objects.filter(statement__conversation=conversation).select_related("participant"):
        set_counted_values([given.pk], level=given.participant.level, value=given.value)
