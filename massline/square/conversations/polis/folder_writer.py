"""Writing a conversation as a folder that Polis tools read, and that we read back without a change.

Days stand as midnight UTC, since no finer time is kept. Sections are left out: with votes beside them they
could tell who somebody is. So are authors: whose handwriting somebody knows, they would know all answers of. Answers
and levels are those of the present edition, and every file numbers people anew. Whoever came alone on a day, or by a
way of their own, would be known by it: answers given here all stand on the day the conversation began, and a level of
few people counts as the next weaker one.
"""

import csv
import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from django.utils import timezone

from massline.core.disclosure_threshold import threshold
from massline.core.formula_guard import guard_cell
from massline.engine.privacy.threshold import Threshold
from massline.square.conversations.models import Conversation, Statement, StatementState, Vote
from massline.square.conversations.polis.folder_import import number_at_origin
from massline.square.conversations.trust_levels import Level, level_named
from massline.web.absolute_urls import public_url

# A statement of any other state counts as one that nobody has read.
MODERATED: dict[str, int] = {StatementState.SHOWN: 1, StatementState.HELD: 0, StatementState.TURNED_DOWN: -1}
NO_AUTHOR = -1

WrittenVote = tuple[int, int, int, date]


def export_conversation(conversation: Conversation, folder: Path) -> int:
    """Write the five files into a new folder; give the number of votes."""
    numbers = number_participants(conversation)
    votes = _votes(conversation, numbers)
    statements = list(conversation.statements.order_by("number"))
    folder.mkdir(parents=True)
    _write(folder / "comments.csv", COMMENT, _comments(statements, votes))
    _write(
        folder / "votes.csv",
        ["timestamp", "datetime", "comment-id", "voter-id", "vote"],
        ([_milliseconds(day), _words(day), number, person, value] for person, number, value, day in votes),
    )
    names = [str(statement.number) for statement in statements]
    _write(folder / "participants-votes.csv", [*PARTICIPANT, *names], _matrix(statements, numbers, votes))
    _write(folder / "levels.csv", ["participant", "level"], _levels(conversation, numbers))
    _write(folder / "summary.csv", None, _summary(conversation, statements, votes))
    return len(votes)


COMMENT = [
    *("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "is-seed"),
    *("comment-body", "uuid", "state", "reason"),
]
PARTICIPANT = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"]


def number_participants(conversation: Conversation) -> dict[int, int]:
    """Number the people whose answers are shown, for this file alone; those from Polis keep their number."""
    participants = conversation.participants.filter(votes__shown_value__isnull=False).distinct()
    known = list(participants.values_list("pk", "key"))
    everybody = conversation.participants.values_list("pk", "key")
    numbered = {pk: number for pk, key in everybody if (number := number_at_origin(key)) is not None}
    others = [pk for pk, _key in known if pk not in numbered]
    secrets.SystemRandom().shuffle(others)
    first = max(numbered.values(), default=-1) + 1
    return numbered | {pk: number for number, pk in enumerate(others, start=first)}


def _votes(conversation: Conversation, numbers: dict[int, int]) -> list[WrittenVote]:
    shown = Vote.objects.filter(statement__conversation=conversation, shown_value__isnull=False)
    rows = shown.values_list(
        "participant_id", "participant__key", "statement__number", "shown_value", "voted_on"
    )
    began = timezone.localdate(conversation.opens_at)
    votes = [
        (numbers[person], number, value, began if number_at_origin(key) is None else day)
        for person, key, number, value, day in rows.iterator()
        if value is not None
    ]
    return sorted(votes, key=lambda vote: (vote[3], vote[0], vote[1]))


def _comments(statements: Sequence[Statement], votes: Sequence[WrittenVote]) -> Iterable[list[object]]:
    counted = Counter((number, value) for _, number, value, _ in votes)
    for statement in statements:
        yield [
            *(_milliseconds(statement.made_on), _words(statement.made_on), statement.number),
            NO_AUTHOR,
            *(counted[statement.number, 1], counted[statement.number, -1]),
            *(MODERATED.get(statement.state, 0), str(statement.seed).lower()),
            *(
                guard_cell(statement.text),
                str(statement.uuid),
                str(statement.state),
                guard_cell(statement.reason),
            ),
        ]


def _matrix(
    statements: Sequence[Statement], numbers: dict[int, int], votes: Sequence[WrittenVote]
) -> Iterable[list[object]]:
    cells = {(person, number): value for person, number, value, _ in votes}
    for person in sorted(numbers.values()):
        row = [cells.get((person, statement.number)) for statement in statements]
        answers = Counter(row)
        answered = len(row) - answers[None]
        yield [
            person,
            "",
            0,
            answered,
            answers[1],
            answers[-1],
            *("" if v is None else v for v in row),
        ]


def _levels(conversation: Conversation, numbers: dict[int, int]) -> Iterable[list[object]]:
    """By which way each came in; in a file of its own, since Polis knows no such thing."""
    shown = Vote.objects.filter(statement__conversation=conversation, shown_value__isnull=False)
    ranks: dict[int, int] = {}
    for person, level in shown.values_list("participant_id", "shown_level").distinct():
        rank = level_named(level).rank
        ranks[person] = min(ranks.get(person, rank), rank)
    told = merge_small_levels(ranks, threshold(conversation.organisation))
    return sorted([numbers[person], list(Level)[rank].value] for person, rank in told.items())


def merge_small_levels(ranks: dict[int, int], threshold: Threshold) -> dict[int, int]:
    """Count people of a level that has too few as of the next weaker one; nobody's is told where that has too few.

    >>> from massline.engine.privacy.threshold import Threshold
    >>> merge_small_levels({1: 4, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1}, Threshold(5))
    {1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1}
    >>> merge_small_levels({1: 4, 2: 1}, Threshold(5))
    {}
    """
    told = dict(ranks)
    for rank in sorted(set(ranks.values()), reverse=True):
        people = [person for person, its in told.items() if its == rank]
        weaker = max((other for other in told.values() if other < rank), default=None)
        if threshold.shows(len(people)):
            continue
        if weaker is None:
            return {}
        told |= dict.fromkeys(people, weaker)
    return told


def _summary(
    conversation: Conversation, statements: Sequence[Statement], votes: Sequence[WrittenVote]
) -> Iterable[list[object]]:
    snapshot = conversation.latest_snapshot()
    least = snapshot.estimate.result.least_votes if snapshot else 1
    shown = {statement.number for statement in statements if statement.state == StatementState.SHOWN}
    answered = Counter(person for person, number, _value, _day in votes if number in shown)
    yield ["topic", guard_cell(conversation.question)]
    yield ["url", public_url(conversation.get_absolute_url())]
    yield ["voters", len({person for person, *_vote in votes})]
    yield [
        "voters-in-conv",
        sum(n >= least for n in answered.values()),
    ]  # who answered enough to be on the map
    yield [
        "commenters",
        len({statement.mark or statement.author_id for statement in statements} - {None, ""}),
    ]
    yield ["comments", len(statements)]
    yield ["conversation-description", guard_cell(conversation.intro)]
    yield ["language", conversation.language]


def _write(path: Path, header: list[str] | None, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
        if header:
            csv.writer(file, lineterminator="\n").writerow(header)
        writer.writerows(rows)


def _milliseconds(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp()) * 1000


def _words(day: date) -> str:
    return datetime.combine(day, time(), UTC).strftime("%a %b %d %H:%M:%S UTC %Y")
