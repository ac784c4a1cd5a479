"""Reading a Polis export folder as it comes: votes.csv or participants-votes.csv, and comments.csv.

The last vote of a person on a statement wins. Statements that moderators took out are left out with their
votes. The `agrees` and `disagrees` columns of comments.csv are not used: they differ from a recount.
"""

import csv
import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from massline.engine.votes import Id
from massline.files.table import Unreadable

_MODERATED_OUT = "-1"
# A folder on a disk, or the same files in an archive.
Place = Path | zipfile.Path
ProblemHandler = Callable[[Unreadable], None]


def stop_at_problem(problem: Unreadable) -> NoReturn:
    """Take the first row that cannot be read as the end; who shows all of them gathers them instead."""
    raise problem from None


@dataclass(frozen=True)
class PolisExport:
    """Content of an export: votes, all statements that may be shown, their words, and counts of what was left out."""

    rows: list[tuple[int, int, int]]
    statements: list[Id]
    texts: dict[Id, str]
    topic: str
    left_out: dict[str, int]


def read_export(folder: Path) -> PolisExport:
    """Read a folder exported from Polis.

    Raises
    ------
    Unreadable
        Where neither votes.csv nor participants-votes.csv is there, or a row cannot be read.
    """
    texts, moderated = read_comments(folder)
    listed = read_vote_events(folder)
    rows = read_vote_matrix(folder) if listed is None else [vote for _, vote in listed]
    kept = [row for row in rows if row[1] not in moderated]
    left_out = {
        "statements_moderated_out": len(moderated),
        "votes_on_statements_moderated_out": len(rows) - len(kept),
    }
    return PolisExport(
        kept,
        [number for number in texts if number not in moderated],
        texts,
        read_summary(folder).get("topic", ""),
        left_out,
    )


def find_file(folder: Place, name: str) -> Place | None:
    return next((p for p in (folder / name, folder / f"{name}.gz") if p.is_file()), None)


def read_records(path: Place) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows by column name, since exports of different years order their columns differently."""
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError) as error:
        raise Unreadable(f"{path.name} cannot be opened or is cut off ({error}).") from error
    csv.field_size_limit(2**31 - 1)
    text = io.StringIO(raw.decode("utf-8-sig", "replace"), newline="")
    reader = csv.reader(text)
    header = next(reader, [])
    for row, cells in enumerate(reader, start=1):
        if cells:
            yield row, dict(zip(header, cells, strict=False))


def read_vote_events(
    folder: Place, bad: ProblemHandler = stop_at_problem
) -> list[tuple[float, tuple[int, int, int]]] | None:
    """Every vote with its time (milliseconds), the oldest first; None where there is no votes.csv."""
    path = find_file(folder, "votes.csv")
    if path is None:
        return None
    listed = []
    for row, cells in read_records(path):
        try:
            when = float(cells["timestamp"])
            vote = (int(cells["voter-id"]), int(cells["comment-id"]), _vote(cells["vote"]))
        except (KeyError, ValueError):
            message = (
                f"{path.name}, row {row}: accepted are the columns timestamp, comment-id, voter-id and vote, "
                f"with a vote of 1, 0 or -1; found {_said(cells)}."
            )
            bad(Unreadable(message))
        else:
            listed.append((when, vote))
    listed.sort(key=lambda event: event[0])
    return listed


def _said(cells: dict[str, str]) -> str:
    return ", ".join(f"{name} {cell[:20] or 'nothing'}" for name, cell in list(cells.items())[:6])


def read_vote_matrix(folder: Place, bad: ProblemHandler = stop_at_problem) -> list[tuple[int, int, int]]:
    path = find_file(folder, "participants-votes.csv")
    if path is None:
        raise Unreadable(
            f"{folder.name} is not a Polis export: accepted is a folder with votes.csv or participants-votes.csv "
            "(also .csv.gz)."
        )
    votes = []
    for row, cells in read_records(path):
        try:
            person = int(cells["participant"])
            votes += [
                (person, int(name), _vote(value)) for name, value in cells.items() if name.isdigit() and value
            ]
        except (KeyError, ValueError) as error:
            message = (
                f"{path.name}, row {row}: accepted are the column participant and one column per statement "
                f"holding 1, 0, -1 or nothing ({error})."
            )
            bad(Unreadable(message))
    return votes


def _vote(text: str) -> int:
    number = float(text)
    if number not in (1, 0, -1):
        raise ValueError(f"a vote of {text}")
    return int(number)


def read_comments(folder: Path) -> tuple[dict[Id, str], set[Id]]:
    path = find_file(folder, "comments.csv")
    if path is None:
        return {}, set()
    texts: dict[Id, str] = {}
    moderated: set[Id] = set()
    for row, cells in read_records(path):
        try:
            number = int(cells["comment-id"])
        except (KeyError, ValueError):
            raise Unreadable(
                f"{path.name}, row {row}: accepted are the columns comment-id, comment-body and moderated."
            ) from None
        texts[number] = cells.get("comment-body", "")
        if cells.get("moderated", "").removesuffix(".0") == _MODERATED_OUT:
            moderated.add(number)
    return texts, moderated


def read_summary(folder: Place) -> dict[str, str]:
    """Read topic, address and description from summary.csv; empty where it is missing."""
    path = find_file(folder, "summary.csv")
    if path is None:
        return {}
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = csv.reader(io.StringIO(raw.decode("utf-8-sig", "replace"), newline=""))
    return {cells[0]: cells[1] for cells in rows if len(cells) > 1}
