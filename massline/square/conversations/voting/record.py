"""The one write path for votes: `settle` for people, `record` below it for everybody.

Many votes are written in one transaction. What is thanked for is on the disk; one bad vote fails alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from django.db import OperationalError, transaction
from django.utils import timezone

from massline.square.conversations.map_request import request_map
from massline.square.conversations.models import (
    Conversation,
    Participant,
    Statement,
    Value,
    Vote,
)
from massline.square.conversations.trust_levels import Level

AT_ONCE = 5_000


@dataclass(frozen=True)
class Cast:
    """An answer as it came through the door; `token` is what the voter's cookie holds."""

    org: str
    slug: str
    conversation: int
    token: str
    statement: int | None
    value: Value
    probability: float | None
    waiting: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to record, by the keys of participant and statement; without a day it is dated today."""

    participant: int
    statement: int
    value: int
    voted_on: date | None = None
    probability: float | None = None
    waiting: int | None = None


class Outcome(Enum):
    KEPT = auto()
    CLOSED = auto()
    GONE = auto()
    NOT_ADMITTED = auto()
    ELSEWHERE = auto()


def record_votes(casts: Sequence[Cast]) -> list[Outcome | Exception]:
    """Keep all votes in one transaction and say what became of each, in their order; the last of two that are alike counts.

    Where one of them breaks the whole, each is tried by itself, and only the broken one is told so.

    Raises
    ------
    OperationalError
        The database cannot write now; nothing of all this was kept.
    """
    try:
        return [*_together(casts)]
    except OperationalError:
        raise
    except Exception as problem:  # noqa: BLE001 - whatever one vote does, its neighbours are kept; it is raised in its own request
        if len(casts) == 1:
            return [problem]
    with transaction.atomic(using="square"):
        return [_alone(cast) for cast in casts]


def _alone(cast: Cast) -> Outcome | Exception:
    try:
        return _together([cast])[0]
    except OperationalError:
        raise
    except Exception as problem:  # noqa: BLE001 - as above; its savepoint is rolled back
        return problem


def _together(casts: Sequence[Cast]) -> list[Outcome]:
    with transaction.atomic(using="square"):
        talks = Conversation.objects.select_related("organisation").in_bulk(
            {one.conversation for one in casts}
        )
        statements = _statements(casts)
        outcomes = [_judge(one, talks.get(one.conversation), statements) for one in casts]
        accepted = [one for one, outcome in zip(casts, outcomes, strict=True) if outcome is Outcome.KEPT]
        people = _participants(accepted, talks)
        _keep(accepted, people, statements)
    return [
        Outcome.NOT_ADMITTED
        if outcome is Outcome.KEPT and (one.conversation, one.token) not in people
        else outcome
        for one, outcome in zip(casts, outcomes, strict=True)
    ]


def _statements(casts: Iterable[Cast]) -> dict[tuple[int, int], int]:
    """Find the statements that are shown, by conversation and number."""
    asked = {(one.conversation, one.statement) for one in casts if one.statement is not None}
    rows = Statement.objects.shown().filter(
        conversation__in={talk for talk, _number in asked}, number__in={number for _talk, number in asked}
    )
    return {(talk, number): pk for talk, number, pk in rows.values_list("conversation_id", "number", "pk")}


def _judge(cast: Cast, talk: Conversation | None, statements: dict[tuple[int, int], int]) -> Outcome:
    if talk is None or (talk.organisation.slug, talk.slug) != (cast.org, cast.slug):
        return Outcome.ELSEWHERE
    if not talk.is_open() or talk.key is None:
        return Outcome.CLOSED
    if cast.statement is None or (talk.pk, cast.statement) not in statements:
        return Outcome.GONE
    return Outcome.KEPT


def _participants(accepted: Iterable[Cast], talks: dict[int, Conversation]) -> dict[tuple[int, str], int]:
    """Return the participants who may vote, by conversation and token; newcomers are let in where all are."""
    names = {
        (one.conversation, talks[one.conversation].pseudonym(one.token)): (one.conversation, one.token)
        for one in accepted
    }
    found = _known(names)
    fresh = [name for name in names if name not in found and talks[name[0]].open_to_all]
    if fresh:
        Participant.objects.bulk_create(
            [Participant(conversation_id=talk, key=key) for talk, key in fresh], ignore_conflicts=True
        )
        found |= _known(fresh)
    return {
        names[name]: pk
        for name, (pk, level) in found.items()
        if talks[name[0]].open_to_all or level != Level.OPEN
    }


def _known(names: Iterable[tuple[int, str]]) -> dict[tuple[int, str], tuple[int, str]]:
    wanted = set(names)
    rows = Participant.objects.filter(
        conversation__in={talk for talk, _key in wanted}, key__in={key for _talk, key in wanted}
    ).values_list("conversation_id", "key", "pk", "level")
    return {(talk, key): (pk, level) for talk, key, pk, level in rows if (talk, key) in wanted}


def _keep(
    accepted: Iterable[Cast], people: dict[tuple[int, str], int], statements: dict[tuple[int, int], int]
) -> None:
    """Record the answers of those who may vote."""
    admitted = [cast for cast in accepted if (cast.conversation, cast.token) in people]
    record(
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
        conversations=[cast.conversation for cast in admitted],
    )


def record(answers: Iterable[Answer], *, conversations: Iterable[int]) -> None:
    """Write answers and ask for one new map for each of the conversations they were given in.

    Of several answers to one statement by one participant the last counts; how it was drawn stays as it was first.
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
        )
        for answer in answers
    }
    if not votes:
        return
    Vote.objects.bulk_create(
        votes.values(),
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["participant", "statement"],
        update_fields=["value", "voted_on"],
    )
    for conversation in dict.fromkeys(conversations):
        request_map(conversation)
