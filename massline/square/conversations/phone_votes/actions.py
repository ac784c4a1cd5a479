"""Opening a hall, asking it a motion, and counting the answers. Only totals leave this module.

A hall is a conversation of its own kind: codes, blanks and the one way of writing votes are the same, so that what holds
for cards and answers there holds here. Each wording of a motion is a statement; a closed one takes no answer.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import Count, Q

from massline.core.disclosure_threshold import threshold
from massline.square.conversations.actions import add_statement, open_conversation
from massline.square.conversations.models import (
    Conversation,
    ResultsShown,
    Statement,
    StatementState,
    Value,
    Vote,
)
from massline.square.conversations.results.answer_arrays import read_answers
from massline.square.conversations.results.editions import find_changes
from massline.square.conversations.voting.vote_batch_writer import set_counted_values
from massline.square.organisations.models import PublicOrganisation


@dataclass(frozen=True)
class Answers:
    """How many answered yes, no, or neither."""

    yes: int = 0
    no: int = 0
    neither: int = 0

    @property
    def total(self) -> int:
        return self.yes + self.no + self.neither


def open_phone_vote_page(
    *, organisation: PublicOrganisation, meeting: str, closes_at: datetime
) -> Conversation:
    """Open a page on which a meeting votes; only whoever has a card or a code may answer."""
    return open_conversation(
        organisation=organisation,
        question=meeting,
        seeds=[],
        closes_at=closes_at,
        open_to_all=False,
        results=ResultsShown.SEALED,
        is_hall=True,
    )


def ask_wording(hall: Conversation, *, text: str) -> int:
    """Ask the hall one wording of a motion and return its number there."""
    return add_statement(hall, text=text, seed=True).number


def close_and_count_question(hall: Conversation, number: int) -> Answers:
    """Take no more answers and count those that were given; closing it again counts the same."""
    with transaction.atomic(using="square"):
        _set_state(hall, number, StatementState.CLOSED)
        return count_answers(hall, number)


def reopen_question(hall: Conversation, number: int) -> None:
    with transaction.atomic(using="square"):
        _set_state(hall, number, StatementState.SHOWN)


def _set_state(hall: Conversation, number: int, state: StatementState) -> None:
    # Votes under way lock the same row, so that none of them is thanked for and missed in the count.
    statement = hall.statements.select_for_update(no_key=True).get(number=number)
    statement.state = state
    statement.save(update_fields=["state"])


def count_answers(hall: Conversation, number: int) -> Answers:
    return _count(hall, number, "value")


def count_releasable_answers(hall: Conversation, number: int) -> Answers:
    """Count the answers that may be told while the vote is open; it moves in steps that give no single answer away.

    A step holds at least as many answers as the organisation's threshold, and as many others, drawn by lot, wait.
    """
    least = threshold(hall.organisation).k
    with transaction.atomic(using="square"):
        statement = hall.statements.select_for_update(no_key=True).get(number=number)
        asked = [number] if statement.state == StatementState.SHOWN else []
        waiting = list(find_changes(read_answers(hall), np.array(asked, np.int64), 1))
        if len(waiting) >= 2 * least:
            secrets.SystemRandom().shuffle(waiting)
            moving = waiting[least:]
            for place in {change.after for change in moving}:
                level, value = place or ("", None)
                votes = [change.vote for change in moving if change.after == place]
                set_counted_values(votes, level=level, value=value)
    return _count(hall, number, "shown_value")


def _count(hall: Conversation, number: int, column: str) -> Answers:
    votes = Vote.objects.filter(statement__conversation=hall, statement__number=number)
    totals = votes.aggregate(
        **{
            name: Count("pk", filter=Q(**{column: value}))
            for name, value in (("yes", Value.AGREE), ("no", Value.DISAGREE), ("neither", Value.PASS))
        }
    )
    return Answers(**totals)


def count_voted(hall: Conversation, number: int) -> int:
    return Vote.objects.filter(statement__conversation=hall, statement__number=number).count()


def open_questions(hall: Conversation) -> list[Statement]:
    """The motions that may be voted on now, the newest first."""
    return list(hall.statements.shown().order_by("-number"))
