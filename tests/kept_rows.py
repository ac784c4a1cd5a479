"""Rows that many tests begin with: made once in a worker by the verbs everybody uses, afterwards put back as they were.

    riverside = made_once("riverside", found_riverside)

Rows are put back where the database stands as it stood before they were made, on the same day and by a clock that is
right. Anywhere else, and on PostgreSQL, they are made again; the rows and their numbers are the same either way. What
takes long to make is made by one worker for all: `made_once(name, make, for_all_workers=True)`.
"""

import copy
import fcntl
import pickle
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import time_machine
from django.conf import settings
from django.db import connections
from django.utils import timezone

DATABASES = ("square", "desk")
Made = TypeVar("Made")
Row = tuple[Any, ...]
Table = tuple[str, str]
Rows = dict[Table, dict[int, Row]]

_kept: dict[Hashable, "_Kept"] = {}
# Where the workers of a run keep what they share; the run names it.
shared_folder: Path | None = None


@dataclass(frozen=True)
class _Kept:
    """What a verb made, the rows that it added, and those it changed: rowid, column, value."""

    made: Any
    added: dict[Table, list[Row]] = field(default_factory=dict)
    changed: dict[Table, list[tuple[int, int, Any]]] = field(default_factory=dict)


def made_once(name: str, make: Callable[[], Made], *, for_all_workers: bool = False) -> Made:
    """Give what `make` gives, which must depend on nothing but the database and the name."""
    if connections["desk"].vendor != "sqlite" or time_machine.escape_hatch.is_travelling():
        return make()
    begun_at = (
        name,
        timezone.localdate(),
        settings.SMALL_CELL,
        tuple(_ask("desk", "SELECT id, small_cell, timezone FROM people_organisation ORDER BY id")),
        *[_numbers_given(database) for database in DATABASES],
    )
    if begun_at in _kept:
        _put_back(_kept[begun_at])
    elif for_all_workers and shared_folder is not None:
        digest = blake2b(repr(begun_at).encode(), digest_size=12).hexdigest()
        _kept[begun_at] = _made_by_one_worker(shared_folder / digest, make)
    else:
        _kept[begun_at] = _make(make)
    made: Made = copy.deepcopy(_kept[begun_at].made)
    return made


def _make(make: Callable[[], Any]) -> _Kept:
    before = _all_rows()
    return _compare(before, _Kept(make()), _all_rows())


def _made_by_one_worker(file: Path, make: Callable[[], Any]) -> _Kept:
    """Make the rows and write them down, or wait for the worker that does so and put its rows in."""
    file.parent.mkdir(exist_ok=True)
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if file.exists():
            kept: _Kept = pickle.loads(file.read_bytes())
            _put_back(kept)
        else:
            kept = _make(make)
            file.write_bytes(pickle.dumps(kept))
    return kept


def _numbers_given(database: str) -> tuple[Row, ...]:
    """The last number of each table that numbers its rows: it tells how far a story has come."""
    return tuple(_ask(database, "SELECT name, seq FROM sqlite_sequence ORDER BY name"))


def _all_rows() -> Rows:
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return {
        (database, table): {row[0]: row[1:] for row in _ask(database, f'SELECT rowid, * FROM "{table}"')}
        for database in DATABASES
        for (table,) in _ask(database, named)
    }


def _compare(before: Rows, kept: _Kept, after: Rows) -> _Kept:
    for table, rows in after.items():
        was = before[table]
        assert was.keys() <= rows.keys(), f"{table} lost rows"
        if added := [row for key, row in rows.items() if key not in was]:
            kept.added[table] = added
        if changed := [
            (key, column, value)
            for key, old in was.items()
            for column, value in enumerate(rows[key])
            if value != old[column]
        ]:
            kept.changed[table] = changed
    return kept


def _put_back(kept: _Kept) -> None:
    for (database, table), rows in kept.added.items():
        places = ", ".join("?" * len(rows[0]))
        _raw(database).executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)
    for (database, table), values in kept.changed.items():
        names = [name for _, name, *_ in _ask(database, f'PRAGMA table_info("{table}")')]
        for key, column, value in values:
            _raw(database).execute(
                f'UPDATE "{table}" SET "{names[column]}" = ? WHERE rowid = ?', (value, key)
            )


def _ask(database: str, sql: str) -> list[Row]:
    return list(_raw(database).execute(sql).fetchall())


def _raw(database: str) -> Any:
    """Beside Django, so that a test which counts queries counts its own."""
    connections[database].ensure_connection()
    return connections[database].connection
