"""All answers of a conversation as columns of numbers, in the order of pseudonyms, so that no answer is read twice."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from massline.square.conversations.models import Conversation, Participant, Vote
from massline.square.conversations.trust_levels import Level
from massline.square.conversations.voting.vote_batch_writer import AT_ONCE_BY_KEY

Ints = NDArray[np.int64]
Small = NDArray[np.int8]
Floats = NDArray[np.float64]

LEVELS = tuple(Level)
CODES = {level.value: code for code, level in enumerate(LEVELS)}
NOT_SHOWN = 2
BYTES_A_VOTE = 60
AT_ONCE = 50_000
Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, eq=False)
class People:
    """Participants in the order of their pseudonyms, (P,) each; `aside` where their invitation is set aside, or the day they came in by the open door."""

    pk: Ints
    key: NDArray[np.bytes_]
    level: Small
    section: NDArray[np.object_]
    way: Ints
    aside: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class AnswerArrays:
    """Answers in the order of people and statements' numbers.

    Attributes
    ----------
    start : (P + 1,) the answers of person i are the slice start[i]:start[i + 1]
    number, pk, value : (V,) statement, key of the row, and what was answered
    shown, shown_level : as it counts in the present edition; `shown` is 2 where it does not
    chance, waiting : how the statement was drawn, not a number where that was not kept
    weight : the answer's weight had statements been drawn evenly, not a number where it is not worked out
    """

    people: People
    start: Ints
    number: NDArray[np.int32]
    pk: Ints
    value: Small
    shown: Small
    shown_level: Small
    chance: Floats
    waiting: Floats
    weight: Floats

    @property
    def size(self) -> int:
        """Bytes that it and the estimates made of it take in memory, about."""
        return BYTES_A_VOTE * len(self.pk) + 200 * len(self.people.pk)

    @property
    def each(self) -> Ints:
        """Answers of each person."""
        return np.diff(self.start)

    @cached_property
    def voter(self) -> NDArray[np.int32]:
        """Who gave each answer, by position."""
        return np.repeat(np.arange(len(self.people.pk), dtype=np.int32), self.each)

    def count(self, at: Ints, *, level: Small, shown: Small) -> None:
        """Note how some answers count from now on; what these people's answers weigh is to be worked out again."""
        self.shown[at], self.shown_level[at] = shown, level
        for person in np.unique(self.voter[at]).tolist():
            self.weight[self.start[person] : self.start[person + 1]] = np.nan

    def renewed(self, conversation: Conversation, spans: Spans) -> "AnswerArrays":
        """The same with everybody whose number is in one of these spans read again."""
        fresh = read_answers(conversation, spans)
        inside = np.zeros(len(self.people.pk), bool)
        for first, last in spans:
            inside |= (self.people.pk >= first) & (self.people.pk <= last)
        return splice_people(self, inside, fresh)


def read_answers(conversation: Conversation, spans: Spans | None = None) -> AnswerArrays:
    """Read everybody, or those whose numbers are in some spans, with all their answers."""
    if spans is None:
        rows = Vote.objects.filter(participant__conversation=conversation)
        return sort_answers(
            read_people(conversation, Participant.objects.filter(conversation=conversation)), [rows]
        )
    within = Q(pk__in=[])
    for first, last in spans:
        within |= Q(pk__gte=first, pk__lte=last)
    people = read_people(conversation, Participant.objects.filter(within))
    keys = people.pk.tolist()
    return sort_answers(
        people,
        [
            Vote.objects.filter(participant__in=keys[start : start + AT_ONCE_BY_KEY])
            for start in range(0, len(keys), AT_ONCE_BY_KEY)
        ],
    )


def sort_answers(people: People, rows: "Sequence[QuerySet[Vote]]") -> AnswerArrays:
    """The answers of these people, sorted."""
    order = np.argsort(people.pk)
    columns = read_rows_as_arrays(
        [
            some.order_by().values_list(
                *("participant_id", "statement__number", "pk", "value", "shown_value", "shown_level"),
                *("probability", "waiting"),
            )
            for some in rows
        ],
        [np.int64, np.int32, np.int64, np.int8, float, "U10", float, float],
    )
    who = order[np.searchsorted(people.pk, columns[0], sorter=order)]
    turn = np.lexsort((columns[1], who))
    number, pk, value, shown, level, chance, waiting = (column[turn] for column in columns[1:])
    names, which = np.unique(level, return_inverse=True)
    codes = np.array([CODES.get(str(name), 0) for name in names], np.int8)
    start = np.zeros(len(people.pk) + 1, np.int64)
    np.cumsum(np.bincount(who, minlength=len(people.pk)), out=start[1:])
    counted = np.where(np.isnan(shown), NOT_SHOWN, shown).astype(np.int8)
    shown_level = codes[which] if len(codes) else np.zeros(0, np.int8)
    weight = np.full(len(pk), np.nan)
    return AnswerArrays(people, start, number, pk, value, counted, shown_level, chance, waiting, weight)


def read_people(conversation: Conversation, rows: "QuerySet[Participant]") -> People:
    """These people, those of other conversations left out."""
    columns = read_rows_as_arrays(
        [
            rows.order_by().values_list(
                *("conversation_id", "pk", "key", "level", "section", "way_id", "way__set_aside", "joined_on")
            )
        ],
        [np.int64, np.int64, "S64", object, object, float, object, object],
    )
    here = np.flatnonzero(columns[0] == conversation.pk)
    here = here[np.argsort(columns[2][here], kind="stable")]
    pk, key, level, section, way, reason, day = (column[here] for column in columns[1:])
    days = set(conversation.days_aside.values_list("day", flat=True))
    return People(
        pk,
        key,
        np.array([CODES[str(name)] for name in level], np.int8),
        section,
        np.nan_to_num(way).astype(np.int64),
        np.array(
            [
                bool(why) or (name == Level.OPEN and came_on in days)
                for why, name, came_on in zip(reason, level, day, strict=True)
            ],
            bool,
        ),
    )


def read_rows_as_arrays(
    rows: "Sequence[QuerySet[Any, tuple[Any, ...]]]", kinds: Sequence[Any]
) -> list[NDArray[Any]]:
    """Rows of some queries as one array a column."""
    parts: list[list[NDArray[Any]]] = [[np.zeros(0, kind)] for kind in kinds]
    for some in rows:
        waiting = some.iterator(chunk_size=AT_ONCE)
        while batch := list(islice(waiting, AT_ONCE)):
            for part, column, kind in zip(parts, zip(*batch, strict=True), kinds, strict=True):
                part.append(np.array(column, kind))
    return [np.concatenate(part) for part in parts]


def splice_people(before: AnswerArrays, inside: NDArray[np.bool_], fresh: AnswerArrays) -> AnswerArrays:
    """Put `fresh` people in the places of those `inside`, each where its pseudonym belongs; all in one copy."""
    removed = np.flatnonzero(inside)
    at = np.searchsorted(before.people.key, fresh.people.key)
    pieces: list[tuple[bool, int, int]] = []
    here = done = 0
    for place in np.union1d(removed, at).tolist():
        pieces.append((False, here, place))
        upto = int(np.searchsorted(at, place, side="right"))
        pieces.append((True, done, upto))
        done, here = upto, place + int(place < len(inside) and inside[place])
    pieces.append((False, here, len(inside)))

    def join(name: str) -> NDArray[Any]:
        sides = (getattr(before.people, name), getattr(fresh.people, name))
        return np.concatenate([sides[new][first:last] for new, first, last in pieces])

    def join_votes(name: str) -> NDArray[Any]:
        sides = ((getattr(before, name), before.start), (getattr(fresh, name), fresh.start))
        return np.concatenate(
            [sides[new][0][sides[new][1][first] : sides[new][1][last]] for new, first, last in pieces]
        )

    each = np.concatenate([(fresh if new else before).each[first:last] for new, first, last in pieces])
    return AnswerArrays(
        People(*(join(part.name) for part in fields(People))),
        np.concatenate([np.zeros(1, np.int64), np.cumsum(each)]),
        *(join_votes(part.name) for part in fields(AnswerArrays) if part.name not in {"people", "start"}),
    )
