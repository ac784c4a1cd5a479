"""Change a running conversation: add statements, move its dates, hide or show results."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from massline.desk.guard.audit import chain
from massline.desk.listen.conversations.redaction import restore_hidden_words
from massline.desk.listen.rounds.actions import start_of_day
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations import moderation
from massline.square.conversations.models import Conversation, Statement


def add_statements(
    conversation: Conversation, *, round_: ListeningRound, texts: Sequence[str], by: Account | None
) -> list[Statement]:
    """Add statements to a running conversation; texts that are already shown are skipped."""
    with transaction.atomic(using="desk"), transaction.atomic(using="square"):
        there = set(conversation.statements.shown().values_list("text", flat=True))
        fresh = [text for text in dict.fromkeys(texts) if text not in there]
        added = [conversation_actions.add_statement(conversation, text=text, seed=True) for text in fresh]
        for statement in added:
            chain.append_line(round_.organisation, by, "added a statement", statement)
    return added


def undo_moderation(statement: Statement, *, round_: ListeningRound, by: Account) -> None:
    """Return a statement to the moderation queue. It is out of sight before its hidden words are back."""
    with transaction.atomic(using="desk"), transaction.atomic(using="square"):
        moderation.reopen_statement(statement)
        restore_hidden_words(statement)
        chain.append_line(round_.organisation, by, "took a moderation back", statement)


def reschedule_conversation(
    conversation: Conversation,
    *,
    round_: ListeningRound,
    opens_on: date,
    closes_on: date,
    results: str,
    shown: str,
    by: Account | None,
) -> None:
    """Change the dates and how results are shown. A closing day in the past closes the conversation at once."""
    organisation, today = round_.organisation, timezone.localdate(timezone=round_.organisation.zone)
    with transaction.atomic(using="desk"), transaction.atomic(using="square"):
        if opens_on != round_.opens_on:
            conversation.opens_at = (
                timezone.now() if opens_on == today else start_of_day(opens_on, organisation)
            )
        if closes_on != round_.closes_on:
            conversation.closes_at = start_of_day(closes_on + timedelta(days=1), organisation)
        conversation.results, conversation.shown = results, shown
        conversation.save(update_fields=["opens_at", "closes_at", "results", "shown"])
        round_.opens_on, round_.closes_on = opens_on, closes_on
        round_.save(update_fields=["opens_on", "closes_on"])
        chain.append_line(organisation, by, "arranged a conversation anew", conversation)


def close_conversation_now(conversation: Conversation, *, round_: ListeningRound, by: Account | None) -> None:
    """Close the conversation now, which also opens hidden results. The round stays open until the end of the day."""
    with transaction.atomic(using="desk"), transaction.atomic(using="square"):
        conversation.closes_at = timezone.now()
        conversation.opens_at = min(conversation.opens_at, conversation.closes_at)
        conversation.save(update_fields=["opens_at", "closes_at"])
        round_.closes_on = timezone.localdate(timezone=round_.organisation.zone)
        round_.opens_on = min(round_.opens_on, round_.closes_on)
        round_.save(update_fields=["opens_on", "closes_on"])
        chain.append_line(round_.organisation, by, "closed a conversation", conversation)
