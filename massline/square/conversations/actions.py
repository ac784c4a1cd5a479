"""Open a conversation, let people join it, and add statements."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from massline.core.db.erasure import erase_after_commit
from massline.square.conversations.models import (
    Conversation,
    Participant,
    Statement,
    StatementState,
    VoteMarks,
    WordsShown,
)
from massline.square.conversations.voting.blank_ballots import Blank
from massline.square.organisations.models import PublicOrganisation
from massline.square.organisations.page_slugs import free_page_slug

REMEMBERED_AFTER_CLOSE = timedelta(days=30)


def open_conversation(
    *,
    organisation: PublicOrganisation,
    question: str,
    seeds: list[str],
    intro: str = "",
    shown: str = WordsShown.HELD,
    closes_at: datetime | None = None,
    **fields: Any,
) -> Conversation:
    """Put a question on the square, with a few statements to begin with."""
    with transaction.atomic(using="square"):
        conversation = Conversation.objects.create(
            organisation=organisation,
            slug=free_page_slug(organisation, question, Conversation.objects.all(), default="conversation"),
            question=question,
            intro=intro,
            language=organisation.language,
            shown=shown,
            closes_at=closes_at,
            **fields,
        )
        VoteMarks.objects.create(conversation=conversation)
        for text in seeds:
            add_statement(conversation, text=text, seed=True)
    return conversation


def join_conversation(conversation: Conversation, *, token: str, blank: Blank | None = None) -> Participant:
    """Return the pseudonym this cookie has in this conversation, at the level of its blank."""
    by = {"level": blank.level, "way_id": blank.way} if blank else {}
    participant, _ = Participant.objects.get_or_create(
        conversation=conversation, key=conversation.pseudonym(token), defaults=by
    )
    return participant


def add_statement(
    conversation: Conversation,
    *,
    text: str,
    seed: bool = False,
    token: str | None = None,
    hold: bool = False,
) -> Statement:
    """Keep somebody's words to the byte, shown or held as the conversation says, under the mark of their cookie.

    No participant is written and no answer, so that nothing kept leads from a sentence to its writer's answers. The
    same words sent twice by the same browser (a double tap, a reload) are one statement. With `hold` somebody reads
    them first, whatever the conversation says.
    """
    with transaction.atomic(using="square"):
        Conversation.objects.select_for_update().get(pk=conversation.pk)
        known = conversation.statements_by(token).filter(text=text).first()
        if known is not None:
            return known
        last = conversation.statements.aggregate(last=Max("number"))["last"]
        at_once = (seed or conversation.shown == WordsShown.AT_ONCE) and not hold
        return Statement.objects.create(
            conversation=conversation,
            number=0 if last is None else last + 1,
            text=text,
            seed=seed,
            mark=conversation.author_mark(token) if token else "",
            language=conversation.language,
            state=StatementState.SHOWN if at_once else StatementState.HELD,
        )


def forget_pseudonyms() -> int:
    """Destroy the keys of conversations that closed a month ago: their votes can be joined to no cookie any more."""
    closed = Conversation.objects.filter(closes_at__lt=timezone.now() - REMEMBERED_AFTER_CLOSE)
    forgotten = closed.exclude(key=None).exclude(organisation__held=True).update(key=None)
    erase_after_commit("square")
    return forgotten
