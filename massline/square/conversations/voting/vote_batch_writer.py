"""The one write path for votes: `save_votes` for people, `save_answers` below it for everybody.

Many votes are written in one transaction. What is thanked for is on the disk; one bad vote fails alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from django.db import transaction
from django.utils import timezone

from massline.core.db.isolated_batch import write_batch
from massline.square.conversations.map_request import request_map
from massline.square.conversations.models import (
    Conversation,
    Participant,
    Statement,
    Value,
    Vote,
)
from massline.square.conversations.voting.admission import admit_participants
from massline.square.conversations.voting.blank_ballots import Blank
from massline.square.conversations.voting.change_marks import VoteMarks, lock_marks, renew_marks

AT_ONCE = 5_000
AT_ONCE_BY_KEY = 900


@dataclass(frozen=True)
class SentAnswer:
    """An answer as it was sent; `token` is the value of the voter's cookie, `blank` what the voter was given for a code."""

    org: str
    slug: str
    conversation: int
    token: str
    statement: int | None
    value: Value
    probability: float | None
    waiting: int | None = None
    blank: Blank | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to be recorded, by the keys of participant and statement; without a day it is given today.

    `shown_level` is for answers that others know already, brought in from elsewhere: results show them at once.
    """

    participant: int
    statement: int
    value: int
    voted_on: date | None = None
    probability: float | None = None
    waiting: int | None = None
    shown_level: str = ""


class VoteOutcome(Enum):
    KEPT = auto()
    CLOSED = auto()
    GONE = auto()
    NOT_ADMITTED = auto()
    ELSEWHERE = auto()


def save_votes(casts: Sequence[SentAnswer]) -> list[VoteOutcome | Exception]:
    """Keep all votes in one transaction and say what became of each, in their order; the last of two that are alike counts.

    Where one of them breaks the whole, each is tried by itself, and only the broken one is told so.

    Raises
    ------
    OperationalError
        The database cannot write now; nothing of all this was kept.
    """
    return write_batch(casts, _together, using="square")


def _together(casts: Sequence[SentAnswer]) -> list[VoteOutcome]:
    with transaction.atomic(using="square"):
        marks = lock_marks(cast.conversation for cast in casts)
        talks = {pk: held.conversation for pk, held in marks.items()}
        statements = _statements(casts, has_hall=any(talk.is_hall for talk in talks.values()))
        outcomes = [_judge(cast, talks.get(cast.conversation), statements) for cast in casts]
        accepted = [
            cast for cast, outcome in zip(casts, outcomes, strict=True) if outcome is VoteOutcome.KEPT
        ]
        people = admit_participants(accepted, talks)
        _keep(accepted, people, statements, {pk: mark for pk, mark in marks.items() if not talks[pk].is_hall})
    return [
        VoteOutcome.NOT_ADMITTED
        if outcome is VoteOutcome.KEPT and (cast.conversation, cast.token) not in people
        else outcome
        for cast, outcome in zip(casts, outcomes, strict=True)
    ]


def _statements(casts: Iterable[SentAnswer], *, has_hall: bool) -> dict[tuple[int, int], int]:
    """Find the statements that are shown, by conversation and number."""
    asked = {(cast.conversation, cast.statement) for cast in casts if cast.statement is not None}
    rows = Statement.objects.shown().filter(
        conversation__in={talk for talk, _number in asked}, number__in={number for _talk, number in asked}
    )
    if has_hall:
        # A motion is counted once: its close waits for votes under way, and later ones find it closed.
        rows = rows.select_for_update(no_key=True)
    return {(talk, number): pk for talk, number, pk in rows.values_list("conversation_id", "number", "pk")}


def _judge(
    cast: SentAnswer, talk: Conversation | None, statements: dict[tuple[int, int], int]
) -> VoteOutcome:
    if talk is None or (talk.organisation.slug, talk.slug) != (cast.org, cast.slug):
        return VoteOutcome.ELSEWHERE
    if not talk.is_open() or talk.key is None:
        return VoteOutcome.CLOSED
    if cast.statement is None or (talk.pk, cast.statement) not in statements:
        return VoteOutcome.GONE
    return VoteOutcome.KEPT


def _keep(
    accepted: Iterable[SentAnswer],
    people: dict[tuple[int, str], int],
    statements: dict[tuple[int, int], int],
    mapped: dict[int, VoteMarks],
) -> None:
    """Record the answers of those who may vote. A hall counts its motions and has no map."""
    admitted = [cast for cast in accepted if (cast.conversation, cast.token) in people]
    save_answers(
        [
            Answer(
                people[cast.conversation, cast.token],
                statements[cast.conversation, cast.statement],
                cast.value,
                probability=cast.probability,
                waiting=cast.waiting,
            )
            for cast in admitted
            if cast.statement is not None
        ],
        conversations=[cast.conversation for cast in admitted if cast.conversation in mapped],
        held=mapped,
    )


def save_answers(
    answers: Iterable[Answer], *, conversations: Iterable[int], held: dict[int, VoteMarks] | None = None
) -> None:
    """Write answers and ask for one new map for each of the conversations they were given in.

    They are written in the order of their keys, which are random: a batch does not say who came first. Of several answers to one statement by one participant the last counts; how it was drawn stays as it was first.
    `held` are the marks of conversations that have a map, where the transaction holds them already.
    """
    today = timezone.localdate()
    votes = {
        (answer.participant, answer.statement): Vote(
            participant_id=answer.participant,
            statement_id=answer.statement,
            value=answer.value,
            probability=answer.probability,
            waiting=answer.waiting,
            voted_on=answer.voted_on or today,
            shown_level=answer.shown_level,
            shown_value=answer.value if answer.shown_level else None,
        )
        for answer in answers
    }
    if not votes:
        return
    asked = list(dict.fromkeys(conversations))
    with transaction.atomic(using="square", savepoint=False):
        # Held before anything is written: whoever makes an edition holds them first too.
        marks = (
            lock_marks(asked or _conversations_of(votes)) if held is None else {pk: held[pk] for pk in asked}
        )
        Vote.objects.bulk_create(
            sorted(votes.values(), key=lambda vote: vote.pk),
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["participant", "statement"],
            update_fields=["value", "voted_on"],
        )
        renew_marks(marks, {participant for participant, _statement in votes})
        for conversation in asked:
            request_map(conversation)


def _conversations_of(votes: Iterable[tuple[int, int]]) -> list[int]:
    people = {participant for participant, _statement in votes}
    here = Participant.objects.filter(pk__in=people).order_by().values_list("conversation", flat=True)
    return list(here.distinct())


def set_counted_values(votes: Sequence[int], *, level: str, value: int | None) -> None:
    """Set how answers count in the present edition; without a value they do not."""
    for start in range(0, len(votes), AT_ONCE_BY_KEY):
        some = Vote.objects.filter(pk__in=votes[start : start + AT_ONCE_BY_KEY])
        some.update(shown_level=level, shown_value=value)
