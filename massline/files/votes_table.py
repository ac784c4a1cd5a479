"""Votes from a table or from a Polis export folder."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from massline.engine.votes import Id, VoteTable
from massline.files.polis import read_export
from massline.files.table import Columns, Unreadable, parse_moment, read_columns

CODES = {
    "1": 1,
    "+1": 1,
    "1.0": 1,
    "agree": 1,
    "0": 0,
    "0.0": 0,
    "+0": 0,
    "-0": 0,
    "pass": 0,
    "-1": -1,
    "−1": -1,
    "-1.0": -1,
    "disagree": -1,
}
ACCEPTED = "+1 (agree), 0 (pass) or -1 (disagree)"


@dataclass(frozen=True)
class VotesFile:
    """A table of votes, the words of the statements, and what did not get in, by reason."""

    table: VoteTable
    texts: dict[Id, str] = field(default_factory=dict)
    topic: str = ""
    left_out: dict[str, int] = field(default_factory=dict)


def read_votes(path: Path) -> VotesFile:
    """Read `participant, statement, value [, section, weight, voted_at, text]`, or a Polis export folder."""
    if path.is_dir():
        export = read_export(path)
        table = VoteTable.from_rows(export.rows, statements=export.statements)
        return VotesFile(table, export.texts, export.topic, export.left_out)
    columns = read_columns(
        path,
        needed=("participant", "statement", "value"),
        known=("section", "weight", "voted_at", "text"),
    )
    return _at_once(columns) or _from_columns(columns)


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
        return CODES[text.lower()]
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
