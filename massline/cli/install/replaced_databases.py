"""Puts a backup in the place of an installed house's databases; what was there is set aside, not destroyed."""

import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from massline.cli.backup import restore_into
from massline.cli.install.layout import DESK, SETTINGS, SQUARE, STATE

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
            "(massline restore --square-db … --desk-db …) and run massline install with their addresses."
        )


def put_backup_in_place(backup: BackupFiles) -> Path:
    """Restore it and put it in place while nothing runs; return the folder of what was there before."""
    require_sqlite()
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
    restored, aside = STATE / f"restored-{stamp}", STATE / f"set-aside-{stamp}"
    restore_into(backup.data, backup.keys, backup.identity, restored)
    aside.mkdir(mode=0o700)
    for name, place in PLACES.items():
        for end in ENDS:
            there = place.file.with_name(place.file.name + end)
            if there.exists():
                there.rename(aside / there.name)
        copy = restored / f"{name}.sqlite3"
        copy.chmod(place.mode)
        shutil.chown(copy, place.account, place.account)
        os.rename(copy, place.file)
    shutil.rmtree(restored)
    return aside
