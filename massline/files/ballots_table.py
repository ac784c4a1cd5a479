"""Ballots in a table: one row a ballot, and the anonymous file that anybody can count again."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from massline.core.formula_guard import guard_cell, unguard_cell
from massline.engine.elections import Ballots, merge_ballots
from massline.files.table_reader import read_all_columns
from massline.files.text_columns import Columns, parse_count
from massline.files.unreadable_file import Unreadable

UNREADABLE_MARK, UNKNOWN_CANDIDATE, CANDIDATE_TWICE = (
    "unreadable_mark",
    "unknown_candidate",
    "candidate_twice",
)
COUNT, INVALID = "count", "invalid"
# Columns that are about a ballot, not about a candidate.
_ABOUT_BALLOT = {COUNT, INVALID, "ballot"}
_RANK = re.compile(r"rank[ _]?([1-9]\d*)", re.IGNORECASE)
_YES, _NO = {"1", "x", "yes", "y", "true", "✓", "✔"}, {"", "0", "no", "n", "false", "-", "–"}
# Higher numbers are no ranks of any ballot.
_LAST_RANK = 10_000


def read_ballots(
    path: Path, *, approvals: bool, equal_ranks: bool, candidates: Sequence[str] = ()
) -> Ballots:
    """Read ballots with a column for each rank, or one for each candidate with its rank or a cross.

    Parameters
    ----------
    approvals : whether marks are crosses rather than ranks.
    equal_ranks : whether two may stand at one rank.
    candidates : who stands; where empty, everybody whom the table names.

    A column `count` says how many ballots a row stands for, `invalid` why they do not count.
    """
    columns = read_all_columns(path)
    times = columns.read(COUNT, parse_count, "a whole number from 0") if columns.has(COUNT) else None
    counts = times if times is not None else [1] * columns.rows
    reasons = columns.text(INVALID) if columns.has(INVALID) else [""] * columns.rows
    ranked = sorted((int(found[1]), name) for name in columns.values if (found := _RANK.fullmatch(name)))
    stand = [_tidy(name) for name in candidates]
    if ranked:
        names, marks = _by_rank(columns, [name for _number, name in ranked], stand)
    else:
        names, marks = _by_candidate(columns, stand, approvals=approvals)
    if not names:
        raise Unreadable(
            f"{columns.source} names no candidate; accepted are columns rank1, rank2, … or one for each candidate."
        )
    invalid: Counter[str] = Counter()
    valid: list[tuple[list[int], int]] = []
    for mark, count, reason in zip(marks, counts, reasons, strict=True):
        if reason or isinstance(mark, str):
            invalid[reason or str(mark)] += count
        else:
            valid.append((mark, count))
    table = np.array([mark for mark, _count in valid], np.int64).reshape(-1, len(names))
    if approvals:
        table = (table > 0).astype(np.int64)
    return merge_ballots(
        names, table, [count for _mark, count in valid], invalid, equal_ranks=equal_ranks or approvals
    )


def ballots_csv(ballots: Ballots) -> bytes:
    """The anonymous file: each kind of ballot with its count, then the invalid ones by reason.

    `read_ballots` reads the same ballots back.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([COUNT, INVALID, *map(guard_cell, ballots.candidates)])
    for kind, count in zip(ballots.ranks.tolist(), ballots.counts.tolist(), strict=True):
        writer.writerow([count, "", *(rank or "" for rank in kind)])
    for reason, count in sorted(ballots.invalid.items()):
        writer.writerow([count, guard_cell(reason), *("" for _name in ballots.candidates)])
    return out.getvalue().encode()


def _by_rank(
    columns: Columns, ranks: Sequence[str], stand: Sequence[str]
) -> tuple[list[str], list[list[int] | str]]:
    """Candidates, and each ballot's ranks or why it is invalid, from the columns rank1, rank2, …"""
    cells = [[_tidy(cell) for cell in columns.text(name)] for name in ranks]
    names = list(stand) or sorted({cell for column in cells for cell in column if cell})
    _check_names(columns, names)
    place = {name: number for number, name in enumerate(names)}
    marks: list[list[int] | str] = []
    for ballot in zip(*cells, strict=True):
        named = [(rank, cell) for rank, cell in enumerate(ballot, start=1) if cell]
        if any(cell not in place for _rank, cell in named):
            marks.append(UNKNOWN_CANDIDATE)
        elif len({cell for _rank, cell in named}) < len(named):
            marks.append(CANDIDATE_TWICE)
        else:
            row = [0] * len(names)
            for rank, cell in named:
                row[place[cell]] = rank
            marks.append(row)
    return names, marks


def _by_candidate(
    columns: Columns, stand: Sequence[str], *, approvals: bool
) -> tuple[list[str], list[list[int] | str]]:
    """Candidates, and each ballot's ranks or why it is invalid, from a column for each candidate."""
    headings = {_tidy(name): name for name in columns.values if name.lower() not in _ABOUT_BALLOT}
    names = list(stand) or list(headings)
    _check_names(columns, names)
    if missing := [name for name in names if name not in headings]:
        raise Unreadable(f"{columns.source} has no column for {', '.join(missing)}.")
    read = _read_cross if approvals else _read_rank
    cells = [[read(cell) for cell in columns.text(headings[name])] for name in names]
    marks: list[list[int] | str] = []
    for ballot in zip(*cells, strict=True):
        row = [mark for mark in ballot if mark is not None]
        marks.append(row if len(row) == len(ballot) else UNREADABLE_MARK)
    return names, marks


def _check_names(columns: Columns, names: Sequence[str]) -> None:
    if len(set(names)) < len(names):
        raise Unreadable(f"{columns.source}: a candidate is named twice; accepted is each candidate once.")
    if taken := [name for name in names if name.lower() in _ABOUT_BALLOT or _RANK.fullmatch(name)]:
        raise Unreadable(f"{columns.source}: no candidate may be called {taken[0]!r}, since a column is.")


def _tidy(name: str) -> str:
    """A name as it is compared: composed letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", unguard_cell(name)).split())


def _read_cross(cell: str) -> int | None:
    mark = cell.casefold()
    return 1 if mark in _YES else 0 if mark in _NO else None


def _read_rank(cell: str) -> int | None:
    try:
        rank = parse_count(cell) if cell else 0
    except (ValueError, OverflowError):
        return None
    return rank if rank <= _LAST_RANK else None
