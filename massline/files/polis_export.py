"""Votes and statements of a Polis export: votes.csv or participants-votes.csv, and comments.csv.

The last vote of a person on a statement wins. Statements that moderators took out are left out with their
votes. The `agrees` and `disagrees` columns of comments.csv are not used: they differ from a recount.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from massline.engine.votes import Id
from massline.files.polis_file_kinds import COMMENTS, MATRIX, SUMMARY, VOTES, ExportFile, PolisExport
from massline.files.unreadable_file import Unreadable

_MODERATED_OUT = "-1"
ProblemHandler = Callable[[Unreadable], None]


def stop_at_problem(problem: Unreadable) -> NoReturn:
    """Take the first row that cannot be read as the end; who shows all of them gathers them instead."""
    raise problem from None


@dataclass(frozen=True)
class ExportVotes:
    """Content of an export: votes, all statements that may be shown, their words, and counts of what was left out."""

    rows: list[tuple[int, int, int]]
    statements: list[Id]
    texts: dict[Id, str]
    topic: str
    left_out: dict[str, int]


def read_export(export: PolisExport) -> ExportVotes:
    """Read the votes of an export, and its statements where it holds them.

    Raises
    ------
    Unreadable
        Where neither votes.csv nor participants-votes.csv is there, or a row cannot be read.
    """
    texts, moderated = read_comments(export)
    listed = read_vote_events(export)
    rows = read_vote_matrix(export) if listed is None else [vote for _, vote in listed]
    kept = [row for row in rows if row[1] not in moderated]
    left_out = {
        "statements_moderated_out": len(moderated),
        "votes_on_statements_moderated_out": len(rows) - len(kept),
    }
    return ExportVotes(
        kept,
        [number for number in texts if number not in moderated],
        texts,
        read_summary(export).get("topic", ""),
        left_out,
    )


def read_records(file: ExportFile) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows by column name, since exports of different years order their columns differently."""
    rows = file.rows()
    header = [name.strip().lower() for name in next(rows, [])]
    for row, cells in enumerate(rows, start=1):
        if any(cells):
            yield row, dict(zip(header, cells, strict=False))


def read_vote_events(
    export: PolisExport, bad: ProblemHandler = stop_at_problem
) -> list[tuple[float, tuple[int, int, int]]] | None:
    """Every vote with its time (seconds or milliseconds; 0 where none is kept), the oldest first; None where there is no votes.csv."""
    file = export.files.get(VOTES)
    if file is None:
        return None
    listed = []
    for row, cells in read_records(file):
        try:
            when = float(cells.get("timestamp") or 0)
            vote = (int(cells["voter-id"]), int(cells["comment-id"]), _vote(cells["vote"]))
        except (KeyError, ValueError):
            said = (
                f"{file.name}, row {row}: accepted are the columns timestamp, comment-id, voter-id and vote, "
                f"with a vote of 1, 0 or -1; found {_said(cells)}."
            )
            bad(Unreadable(said))
        else:
            listed.append((when, vote))
    listed.sort(key=lambda event: event[0])
    return listed


def _said(cells: dict[str, str]) -> str:
    return ", ".join(f"{name} {cell[:20] or 'nothing'}" for name, cell in list(cells.items())[:6])


def read_vote_matrix(
    export: PolisExport, bad: ProblemHandler = stop_at_problem
) -> list[tuple[int, int, int]]:
    file = export.files.get(MATRIX)
    if file is None:
        raise Unreadable(
            f"{export.name} is not a Polis export: accepted is a folder or zip with votes.csv or "
            "participants-votes.csv (also .csv.gz)."
        )
    votes = []
    for row, cells in read_records(file):
        try:
            person = int(cells["participant"])
            votes += [
                (person, int(name), _vote(value)) for name, value in cells.items() if name.isdigit() and value
            ]
        except (KeyError, ValueError) as error:
            said = (
                f"{file.name}, row {row}: accepted are the column participant and one column per statement "
                f"holding 1, 0, -1 or nothing ({error})."
            )
            bad(Unreadable(said))
    return votes


def _vote(text: str) -> int:
    number = float(text)
    if number not in (1, 0, -1):
        raise ValueError(f"a vote of {text}")
    return int(number)


def read_comments(export: PolisExport) -> tuple[dict[Id, str], set[Id]]:
    file = export.files.get(COMMENTS)
    if file is None:
        return {}, set()
    texts: dict[Id, str] = {}
    moderated: set[Id] = set()
    for row, cells in read_records(file):
        try:
            number = int(cells["comment-id"])
        except (KeyError, ValueError):
            raise Unreadable(
                f"{file.name}, row {row}: accepted are the columns comment-id, comment-body and moderated."
            ) from None
        texts[number] = cells.get("comment-body", "")
        if cells.get("moderated", "").removesuffix(".0") == _MODERATED_OUT:
            moderated.add(number)
    return texts, moderated


def read_summary(export: PolisExport) -> dict[str, str]:
    """Read topic, address and description from summary.csv; empty where it is missing."""
    file = export.files.get(SUMMARY)
    return {cells[0]: cells[1] for cells in file.rows() if len(cells) > 1} if file else {}
