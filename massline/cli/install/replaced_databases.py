"""Puts a backup in the place of an installed house's databases; what was there is set aside, not destroyed."""

import json
import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from massline.cli.install.layout import DESK, SETTINGS, SQUARE, STATE
from massline.cli.restore import restore_into

ENDS = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True)
class BackupFiles:
    """A backup on this machine, and the identity that opens it."""

    data: Path
    keys: Path | None
    identity: Path


@dataclass(frozen=True)
class Place:
    """Where one database of an installed house lies, whose it is, and with which rights."""

    file: Path
    account: str
    mode: int


PLACES = {
    "square": Place(STATE / "shared/square.sqlite3", SQUARE, 0o660),
    "desk": Place(STATE / "desk/desk.sqlite3", DESK, 0o600),
}


def require_sqlite() -> None:
    choices = json.loads((SETTINGS / "choices.json").read_text())
    if "desk_db" in choices:
        raise click.ClickException(
            "This house is on PostgreSQL, where databases are not replaced by this command: restore into two empty ones "
            "(massline restore --square-db … --desk-db …) and run massline install --databases with their addresses."
        )


def put_backup_in_place(backup: BackupFiles) -> Path:
    """Restore it and put it in place while nothing runs; return the folder of what was there before.

    Raises ClickException where that does not work to the end; then everything is where it was.
    """
    require_sqlite()
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
    restored, aside = STATE / f"restored-{stamp}", STATE / f"set-aside-{stamp}"
    try:
        restore_into(backup.data, backup.keys, backup.identity, restored)
        exchange_databases(PLACES, restored, aside)
    except (OSError, LookupError, sqlite3.Error) as problem:
        raise click.ClickException(
            f"The backup could not be put in place ({problem}); the databases are as they were."
        ) from problem
    finally:
        if restored.exists():
            shutil.rmtree(restored)
    return aside


def exchange_databases(places: Mapping[str, Place], restored: Path, aside: Path) -> None:
    """Set aside what is there and put the restored databases in its place: all of them, or none."""
    copies = {restored / f"{name}.sqlite3": place for name, place in places.items()}
    for copy, place in copies.items():
        copy.chmod(place.mode)
        shutil.chown(copy, place.account, place.account)
    aside.mkdir(mode=0o700)
    files = (place.file.with_name(place.file.name + end) for place in copies.values() for end in ENDS)
    moves = [(file, aside / file.name) for file in files if file.exists()]
    moves += [(copy, place.file) for copy, place in copies.items()]
    done: list[tuple[Path, Path]] = []
    try:
        for move in moves:
            move[0].rename(move[1])
            done.append(move)
    except BaseException:
        for source, target in reversed(done):
            target.rename(source)
        aside.rmdir()
        raise
