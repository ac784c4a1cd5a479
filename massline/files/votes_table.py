"""Votes from a table or from a Polis export."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from massline.engine.votes import Id, VoteTable
from massline.files.polis_export import read_export
from massline.files.polis_file_kinds import COMMENTS, MATRIX, VOTES, PolisExport, open_export
from massline.files.table_reader import STANDARD_INPUT, read_columns
from massline.files.text_columns import Columns, parse_moment
from massline.files.unreadable_file import Unreadable
from massline.tables.vocabulary import normalise_words, words_by_meaning

# A larger file is a table of votes, which is read without being held whole beside its copy.
LARGEST_EXPORT_FILE = 256 * 1024 * 1024
VALUES = {"agree": 1, "pass": 0, "disagree": -1}
ACCEPTED = "+1 (agree), 0 (pass) or -1 (disagree)"


@dataclass(frozen=True)
class VotesFile:
    """A table of votes, the words of the statements, and what did not get in, by reason."""

    table: VoteTable
    texts: dict[Id, str] = field(default_factory=dict)
    topic: str = ""
    left_out: dict[str, int] = field(default_factory=dict)


def read_votes(path: Path) -> VotesFile:
    """Read `participant, statement, value [, section, weight, voted_at, text]`, or a Polis export.

    An export is a folder, a zip or one of its files: it is told by its headings, not by its name.
    """
    export = _export(path)
    if export is not None:
        votes = read_export(export)
        table = VoteTable.from_rows(votes.rows, statements=votes.statements)
        return VotesFile(table, votes.texts, votes.topic, votes.left_out)
    columns = read_columns(
        path,
        needed=("participant", "statement", "value"),
        known=("section", "weight", "voted_at", "text"),
        aliases=("text",),
    )
    return _at_once(columns) or _from_columns(columns)


def _export(path: Path) -> PolisExport | None:
    """The Polis export at a path; None for a plain table. A matrix alone has no other columns that we know."""
    if path == STANDARD_INPUT or not (path.is_dir() or _may_be_export(path)):
        return None
    export = open_export(path)
    is_export = {VOTES, MATRIX, COMMENTS} & export.files.keys()
    return export if is_export or path.is_dir() else None


def _may_be_export(path: Path) -> bool:
    """True for archives, and for small files that could be one table of an export."""
    return path.is_file() and (
        zipfile.is_zipfile(path)
        or (
            path.suffix.lower() in {".csv", ".tsv", ".txt", ".gz"}
            and path.stat().st_size < LARGEST_EXPORT_FILE
        )
    )


def _at_once(columns: Columns) -> VotesFile | None:
    """Three columns of plain whole numbers, read at once: a hundred million votes need no text."""
    if any(columns.has(name) for name in ("section", "weight", "voted_at", "text")):
        return None
    people, asked, values = (columns.integers(name) for name in ("participant", "statement", "value"))
    if people is None or asked is None or values is None or (np.abs(values) > 1).any():
        return None
    return VotesFile(VoteTable.from_arrays(people, asked, values))


def _from_columns(columns: Columns) -> VotesFile:
    values = columns.read("value", _code, ACCEPTED)
    keep = [i for i, value in enumerate(values) if value is not None]
    people, statements = _ids(columns, "participant", keep), _ids(columns, "statement", keep)
    times = (
        columns.read("voted_at", parse_moment, "a date like 2026-11-21T18:30 or seconds")
        if columns.has("voted_at")
        else None
    )
    table = VoteTable.from_arrays(
        people,
        statements,
        [v for v in values if v is not None],
        voted_at=None if times is None else [times[i] for i in keep],
        sections=_of_each(columns, "section", people, keep),
        weights=_weights(columns, people, keep),
    )
    texts = _of_each(columns, "text", statements, keep) or {}
    empty = columns.rows - len(keep)
    return VotesFile(table, texts, left_out={"rows_without_a_vote": empty} if empty else {})


def _code(text: str) -> int | None:
    if not text:
        return None
    try:
        return VALUES[words_by_meaning("answers")[normalise_words(text)]]
    except KeyError:
        raise ValueError(text) from None


def _ids(columns: Columns, name: str, keep: Sequence[int]) -> list[Id]:
    """Ids as whole numbers where all of them are, else as text."""
    listed = columns.text(name)
    for i in keep:
        if not listed[i]:
            raise Unreadable(f"{columns.source}, row {i + 1}: {name} is empty; accepted is any id.")
    chosen = [listed[i] for i in keep]
    plain = all(_plain(text) for text in set(chosen))
    return [int(text) for text in chosen] if plain else list(chosen)


def _plain(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and (digits == "0" or digits[0] != "0") and len(digits) < 19


def _of_each(columns: Columns, name: str, ids: Sequence[Id], keep: Sequence[int]) -> dict[Id, str] | None:
    """Read the one value of a column for each id. Raises Unreadable if an id has two different values."""
    if not columns.has(name):
        return None
    listed = columns.verbatim(name) if name == "text" else columns.text(name)
    found: dict[Id, str] = {}
    for i, key in zip(keep, ids, strict=True):
        if not listed[i]:
            continue
        if found.setdefault(key, listed[i]) != listed[i]:
            raise Unreadable(
                f"{columns.source}, row {i + 1}: {key!r} has the {name} {listed[i]!r} here but "
                f"{found[key]!r} before; accepted is one {name} each."
            )
    return found


def _weights(columns: Columns, people: Sequence[Id], keep: Sequence[int]) -> dict[Id, float] | None:
    texts = _of_each(columns, "weight", people, keep)
    if texts is None:
        return None
    weights = {}
    for person, text in texts.items():
        try:
            weights[person] = float(text)
        except ValueError:
            row = keep[people.index(person)] + 1
            raise columns.bad(row, "weight", text, "a number above 0") from None
    return weights
