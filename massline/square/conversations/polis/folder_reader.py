"""A Polis export folder as a conversation needs it: every statement, every participant, the last vote of each."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from massline.core.formula_guard import unguard_cell
from massline.core.invisible_characters import strip_control_characters
from massline.files import polis_export
from massline.files.polis_export import ProblemHandler, stop_at_problem
from massline.files.polis_file_kinds import COMMENTS, LEVELS, MATRIX, PolisExport
from massline.files.unreadable_file import Unreadable
from massline.square.conversations.models import StatementState
from massline.tables.date_columns import moment_from_epoch

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


def read_folder(export: PolisExport, bad: ProblemHandler = stop_at_problem) -> Folder:
    """Read a whole export. `bad` is told of each row that cannot be read; what it lets pass is left out.

    Raises
    ------
    Unreadable
        Where a file is missing, or by `bad`; the sentence names the row.
    """
    statements = _statements(export, bad)
    votes, replaced = _votes(
        export, max((statement.made_on for statement in statements), default=_today()), bad
    )
    known = {statement.number for statement in statements}
    for strange in sorted({number for _, number in votes} - known):
        bad(Unreadable(f"There are votes on statement {strange}, which comments.csv does not hold."))
    votes = {cell: vote for cell, vote in votes.items() if cell[1] in known}
    about = polis_export.read_summary(export)
    return Folder(
        topic=unguard_cell(about.get("topic", "").strip()) or export.name,
        description=unguard_cell(about.get("conversation-description", "").strip()),
        language=about.get("language", "").strip(),
        statements=statements,
        participants=sorted({person for person, _ in votes} | _listed(export, bad)),
        votes=votes,
        replaced=replaced,
        levels=_levels(export),
        lasting=not any(statement.uuid for statement in statements),
    )


def _levels(export: PolisExport) -> dict[int, str]:
    """By which way each came in, where our own export says so."""
    file = export.files.get(LEVELS)
    found: dict[int, str] = {}
    for row, cells in polis_export.read_records(file) if file else ():
        try:
            found[int(cells["participant"])] = cells["level"]
        except (KeyError, ValueError):
            raise Unreadable(
                f"{export.name}/levels.csv, row {row}: accepted are the columns participant with a number, and level."
            ) from None
    return found


def _statements(export: PolisExport, bad: ProblemHandler) -> list[ReadStatement]:
    file = export.files.get(COMMENTS)
    if file is None:
        raise Unreadable(
            f"{export.name} has no comments.csv (or comments.csv.gz), so there is nothing to ask."
        )
    found: dict[int, ReadStatement] = {}
    for row, cells in polis_export.read_records(file):
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
        text=strip_control_characters(unguard_cell(cells["comment-body"]) if ours else cells["comment-body"]),
        author=int(cells.get("author-id") or -1),
        state=state,
        made_on=_day(float(cells["timestamp"])),
        seed=cells.get("is-seed", "").lower() == "true",
        reason=unguard_cell(cells.get("reason", "")),
        uuid=UUID(cells["uuid"]) if ours else None,
    )


def _votes(export: PolisExport, day: date, bad: ProblemHandler) -> tuple[Votes, int]:
    """The last vote on each statement; a matrix knows no days, so its votes get the last day known."""
    listed = polis_export.read_vote_events(export, bad)
    if listed is None:
        return {
            (person, number): (value, day)
            for person, number, value in polis_export.read_vote_matrix(export, bad)
        }, 0
    votes: Votes = {}
    for when, (person, number, value) in listed:
        votes[person, number] = (value, _day(when) if when else day)
    return votes, len(listed) - len(votes)


def _listed(export: PolisExport, bad: ProblemHandler) -> set[int]:
    """Participants as the export lists them, those who never voted included."""
    file = export.files.get(MATRIX)
    people: set[int] = set()
    for row, cells in polis_export.read_records(file) if file else ():
        try:
            people.add(int(cells["participant"]))
        except (KeyError, ValueError):
            said = f"{export.name}/participants-votes.csv, row {row}: accepted is the column participant with a number."
            bad(Unreadable(said))
    return people


def _day(timestamp: float) -> date:
    """Exports count in milliseconds; some tools that make such files count in seconds."""
    return moment_from_epoch(timestamp).date()


def _today() -> date:
    return datetime.now(UTC).date()
