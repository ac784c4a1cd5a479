"""A Polis export folder as a conversation needs it: every statement, every participant, the last vote of each."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from massline.core.formula_guard import unguard_cell
from massline.core.plain_text import without_controls
from massline.files import polis
from massline.files.polis import Place, ProblemHandler, stop_at_problem
from massline.files.table import Unreadable
from massline.square.conversations.models import StatementState

Votes = dict[tuple[int, int], tuple[int, date]]


@dataclass(frozen=True)
class ReadStatement:
    number: int
    text: str
    author: int
    state: str
    made_on: date
    seed: bool
    reason: str
    uuid: UUID | None


@dataclass(frozen=True)
class Folder:
    """Content of an export folder. `replaced` counts votes that the same participant changed later.

    `lasting` says that its numbers mean the same sentences and people in every export of the same conversation, as
    those of Polis do; ours number people anew each time, so that nothing is told by the order in which they came.
    """

    topic: str
    description: str
    language: str
    statements: list[ReadStatement]
    participants: list[int]
    votes: Votes
    replaced: int
    levels: dict[int, str] = field(default_factory=dict)
    lasting: bool = False

    def digest(self) -> str:
        """A name for this content, so that the same folder is known again."""
        texts = [(statement.number, statement.text) for statement in self.statements]
        votes = sorted((*cell, value) for cell, (value, _day) in self.votes.items())
        return hashlib.sha256(repr((texts, self.participants, votes)).encode()).hexdigest()


def read_folder(path: Place, bad: ProblemHandler = stop_at_problem) -> Folder:
    """Read a whole export. `bad` is told of each row that cannot be read; what it lets pass is left out.

    Raises
    ------
    Unreadable
        Where a file is missing, or by `bad`; the sentence names the row.
    """
    statements = _statements(path, bad)
    votes, replaced = _votes(
        path, max((statement.made_on for statement in statements), default=_today()), bad
    )
    known = {statement.number for statement in statements}
    for strange in sorted({number for _, number in votes} - known):
        bad(Unreadable(f"There are votes on statement {strange}, which comments.csv does not hold."))
    votes = {cell: vote for cell, vote in votes.items() if cell[1] in known}
    about = polis.read_summary(path)
    return Folder(
        topic=unguard_cell(about.get("topic", "").strip()) or path.name,
        description=unguard_cell(about.get("conversation-description", "").strip()),
        language=about.get("language", "").strip(),
        statements=statements,
        participants=sorted({person for person, _ in votes} | _listed(path, bad)),
        votes=votes,
        replaced=replaced,
        levels=_levels(path),
        lasting=not any(statement.uuid for statement in statements),
    )


def _levels(path: Place) -> dict[int, str]:
    """By which way each came in, where our own export says so."""
    file = polis.find_file(path, "levels.csv")
    found: dict[int, str] = {}
    for row, cells in polis.read_records(file) if file else ():
        try:
            found[int(cells["participant"])] = cells["level"]
        except (KeyError, ValueError):
            raise Unreadable(
                f"{path.name}/levels.csv, row {row}: accepted are the columns participant with a number, and level."
            ) from None
    return found


def _statements(path: Place, bad: ProblemHandler) -> list[ReadStatement]:
    file = polis.find_file(path, "comments.csv")
    if file is None:
        raise Unreadable(f"{path.name} has no comments.csv (or comments.csv.gz), so there is nothing to ask.")
    found: dict[int, ReadStatement] = {}
    for row, cells in polis.read_records(file):
        try:
            statement = _statement(cells)
            if statement.number in found:
                raise ValueError(f"the number {statement.number} is there twice")
        except (KeyError, ValueError, OSError, OverflowError) as problem:
            message = (
                f"{file.name}, row {row}: accepted are the columns timestamp, comment-id, author-id, moderated "
                f"and comment-body ({problem})."
            )
            bad(Unreadable(message))
        else:
            found[statement.number] = statement
    return [found[number] for number in sorted(found)]


def _statement(cells: dict[str, str]) -> ReadStatement:
    number = int(cells["comment-id"])
    moderated = int(float(cells.get("moderated") or 0))
    state = cells.get("state") or ("turned_down" if moderated == -1 else "shown")
    if number < 0 or state not in StatementState.values:
        raise ValueError(f"comment-id {number}, state {state}")
    ours = bool(cells.get("uuid"))
    return ReadStatement(
        number=number,
        text=without_controls(unguard_cell(cells["comment-body"]) if ours else cells["comment-body"]),
        author=int(cells.get("author-id") or -1),
        state=state,
        made_on=_day(float(cells["timestamp"])),
        seed=cells.get("is-seed", "").lower() == "true",
        reason=unguard_cell(cells.get("reason", "")),
        uuid=UUID(cells["uuid"]) if ours else None,
    )


def _votes(path: Place, day: date, bad: ProblemHandler) -> tuple[Votes, int]:
    """The last vote on each statement; a matrix knows no days, so its votes get the last day known."""
    listed = polis.read_vote_events(path, bad)
    if listed is None:
        return {
            (person, number): (value, day) for person, number, value in polis.read_vote_matrix(path, bad)
        }, 0
    votes: Votes = {}
    for when, (person, number, value) in listed:
        votes[person, number] = (value, _day(when))
    return votes, len(listed) - len(votes)


def _listed(path: Place, bad: ProblemHandler) -> set[int]:
    """Participants as the export lists them, those who never voted included."""
    file = polis.find_file(path, "participants-votes.csv")
    people: set[int] = set()
    for row, cells in polis.read_records(file) if file else ():
        try:
            people.add(int(cells["participant"]))
        except (KeyError, ValueError):
            message = f"{path.name}/participants-votes.csv, row {row}: accepted is the column participant with a number."
            bad(Unreadable(message))
    return people


def _day(timestamp: float) -> date:
    """Exports count in milliseconds; some tools that make such files count in seconds."""
    seconds = timestamp / 1000 if timestamp > 1e11 else timestamp
    return datetime.fromtimestamp(seconds, UTC).date()


def _today() -> date:
    return datetime.now(UTC).date()
