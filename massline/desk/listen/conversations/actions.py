"""Leading a round's conversation while it runs: more statements, other days, sealed or open results."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.actions import midnight
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations import moderation
from massline.square.conversations.models import Conversation, Statement


def add_statements(
    conversation: Conversation, *, round_: ListeningRound, texts: Sequence[str], by: Account | None
) -> list[Statement]:
    """Put more statements to the people; one that stands there word for word already is not put again."""
    with transaction.atomic(using="desk"), transaction.atomic(using="square"):
        there = set(conversation.statements.shown().values_list("text", flat=True))
        fresh = [text for text in dict.fromkeys(texts) if text not in there]
        added = [conversation_actions.add_statement(conversation, text=text, seed=True) for text in fresh]
        for statement in added:
            chain.write(round_.organisation, by, "added a statement", statement)
    return added


def take_back(statement: Statement, *, round_: ListeningRound, by: Account) -> None:
    """Undo a moderation: the statement waits to be read again."""
    with transaction.atomic(using="desk"):
        moderation.take_back(statement)
        chain.write(round_.organisation, by, "took a moderation back", statement)


def arrange(
    conversation: Conversation,
    *,
    round_: ListeningRound,
    opens_on: date,
    closes_on: date,
    results: str,
    shown: str,
    by: Account | None,
) -> None:
    """Open and close earlier or later, seal the results or show them. A day that is over closes it at once."""
    organisation, today = round_.organisation, timezone.localdate(timezone=round_.organisation.zone)
    with transaction.atomic(using="desk"), transaction.atomic(using="square"):
        if opens_on != round_.opens_on:
            conversation.opens_at = timezone.now() if opens_on == today else midnight(opens_on, organisation)
        if closes_on != round_.closes_on:
            conversation.closes_at = midnight(closes_on + timedelta(days=1), organisation)
        conversation.results, conversation.shown = results, shown
        conversation.save(update_fields=["opens_at", "closes_at", "results", "shown"])
        round_.opens_on, round_.closes_on = opens_on, closes_on
        round_.save(update_fields=["opens_on", "closes_on"])
        chain.write(organisation, by, "arranged a conversation anew", conversation)


def end_now(conversation: Conversation, *, round_: ListeningRound, by: Account | None) -> None:
    """Close the conversation this moment; sealed results open with it. The round goes on until its day is over."""
    with transaction.atomic(using="desk"), transaction.atomic(using="square"):
        conversation.closes_at = timezone.now()
        conversation.opens_at = min(conversation.opens_at, conversation.closes_at)
        conversation.save(update_fields=["opens_at", "closes_at"])
        round_.closes_on = timezone.localdate(timezone=round_.organisation.zone)
        round_.opens_on = min(round_.opens_on, round_.closes_on)
        round_.save(update_fields=["opens_on", "closes_on"])
        chain.write(round_.organisation, by, "closed a conversation", conversation)
