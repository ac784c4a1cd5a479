"""Backups of both databases: consistent, and encrypted with age to at least two recipients.

The key bag (the seals of the private keys) is a separate file that is deleted sooner. Without it a copy of the
database decrypts no contact, so an old backup cannot restore a key that was destroyed.

Unencrypted copies are made in memory (`/dev/shm`) if they take less than a quarter of what this process may use, else
beside the database, never in the backup folder. Memory can be swapped out, so encrypt the swap.
"""

import io
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from massline.desk.guard.backup import postgres
from massline.desk.guard.backup.archive import (
    BackupProblem,
    decrypt,
    decrypt_copies,
    encrypt,
    encrypt_copies,
    parse_recipients,
)
from massline.desk.guard.backup.postgres import DatabaseSnapshot
from massline.desk.guard.backup.postgres_address import Postgres, PostgresProblem
from massline.desk.guard.backup.scratch_folder import choose_scratch_folder
from massline.desk.guard.backup.sqlite import (
    KEY_BAG,
    NEVER_COPIED,
    copy_live,
    count_rows,
    from_json_value,
    put_keys_back,
    require_integrity,
    take_out_keys,
    to_json_value,
)


@dataclass(frozen=True)
class Backup:
    """The two files of one backup, and the number of rows of each table."""

    data: Path
    keys: Path
    rows: dict[str, int]


def make_backup(
    databases: Mapping[str, Path | Postgres], into: Path, recipients: Sequence[str], *, now: datetime
) -> Backup:
    """Copy the databases as they are at this moment and encrypt them.

    The square is copied before the desk: sign-ups that the desk collects in between are then in the square's copy
    and are collected again, instead of being in neither. Raises BackupProblem if fewer than two recipients are
    named, one of them is not an age recipient, or a database cannot be copied.
    """
    readers = parse_recipients(recipients)
    into.mkdir(parents=True, exist_ok=True)
    stamp = now.strftime("%Y%m%dT%H%M%S")
    data, keys = into / f"massline-{stamp}.data.age", into / f"massline-{stamp}.keys.age"
    with _scratch(databases) as scratch:
        bag, rows = _copy_all(databases, scratch)
        encrypt(io.BytesIO(json.dumps(bag).encode()), keys, readers)
        encrypt_copies(scratch, rows, data, readers)
    return Backup(data, keys, rows)


def _copy_all(
    databases: Mapping[str, Path | Postgres], scratch: Path
) -> tuple[dict[str, list[dict[str, object]]], dict[str, int]]:
    """Copy each database into the scratch folder; return the key bag and the number of rows of every table."""
    try:
        with ExitStack() as held:
            return _copy_each(databases, scratch, held)
    except PostgresProblem as problem:
        raise BackupProblem(str(problem)) from problem


def _copy_each(
    databases: Mapping[str, Path | Postgres], scratch: Path, held: ExitStack
) -> tuple[dict[str, list[dict[str, object]]], dict[str, int]]:
    bag: dict[str, list[dict[str, object]]] = {}
    rows: dict[str, int] = {}
    far: dict[str, DatabaseSnapshot] = {}
    for name in sorted(databases, key="square desk".find):
        where = databases[name]
        if isinstance(where, Postgres):
            far[name] = held.enter_context(postgres.hold_snapshot(where))
            continue
        copy = scratch / f"{name}.sqlite3"
        copy_live(where, copy)
        bag |= take_out_keys(copy)
        rows |= {f"{name}.{table}": count for table, count in count_rows(copy).items()}
    for name, moment in far.items():
        bag |= _dump(moment, scratch / f"{name}.pgdump")
        left_out = (*KEY_BAG, *NEVER_COPIED)
        counted = moment.counts().items()
        rows |= {f"{name}.{table}": 0 if table in left_out else count for table, count in counted}
    return bag, rows


def _dump(moment: DatabaseSnapshot, into: Path) -> dict[str, list[dict[str, object]]]:
    present = moment.counts()
    moment.dump(into, without=[table for table in (*KEY_BAG, *NEVER_COPIED) if table in present])
    return {
        table: [{name: to_json_value(value) for name, value in row.items()} for row in moment.rows(table)]
        for table in KEY_BAG
        if table in present
    }


def restore_backup(
    data: Path,
    keys: Path | None,
    identity: str,
    into: Path,
    *,
    servers: Mapping[str, Postgres] | None = None,
) -> dict[str, int]:
    """Restore a backup into an empty folder or into empty databases; return the number of rows of each table.

    Raises BackupProblem if the identity does not open it, a file is damaged, the rows do not agree with the
    backup's own count, the folder holds databases, or there is no empty database for a copy of PostgreSQL.
    """
    into.mkdir(parents=True, exist_ok=True)
    if any(into.glob("*.sqlite3")):
        raise BackupProblem(f"{into} holds databases already. Nothing was changed; name an empty folder.")
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=into) as folder:
        scratch = Path(folder)
        expected = decrypt_copies(data, identity, scratch)
        bag = json.loads(decrypt(keys, identity)) if keys else {}
        counted: dict[str, int] = {}
        for copy in sorted(scratch.glob("*.sqlite3")):
            counted |= {f"{copy.stem}.{table}": count for table, count in count_rows(copy).items()}
            require_integrity(copy)
        for dump in sorted(scratch.glob("*.pgdump")):
            counted |= _into_postgres(dump, (servers or {}).get(dump.stem))
        if counted != expected:
            raise BackupProblem(
                "The rows do not agree with the backup's own count. Nothing was put in place."
            )
        if bag:
            _bring_keys_back(scratch, servers or {}, bag)
        for copy in sorted(scratch.glob("*.sqlite3")):
            shutil.move(copy, into / copy.name)
    return counted


def _into_postgres(dump: Path, target: Postgres | None) -> dict[str, int]:
    if target is None:
        raise BackupProblem(
            f"The {dump.stem} of this backup was on PostgreSQL. Name an empty database for it: --{dump.stem}-db."
        )
    try:
        if not postgres.is_empty(target):
            raise BackupProblem(f"The database {target.name} is not empty. Nothing was changed.")
        postgres.restore_dump(dump, target)
        with target.connect() as connection:
            return {f"{dump.stem}.{table}": count for table, count in postgres.count_rows(connection).items()}
    except PostgresProblem as problem:
        raise BackupProblem(str(problem)) from problem


def _bring_keys_back(
    scratch: Path, servers: Mapping[str, Postgres], bag: dict[str, list[dict[str, object]]]
) -> None:
    near = scratch / "desk.sqlite3"
    if near.is_file():
        put_keys_back(near, bag)
        return
    rows = {
        table: [{name: from_json_value(value) for name, value in row.items()} for row in bag.get(table, [])]
        for table in KEY_BAG
    }
    try:
        postgres.insert_key_bag_rows(servers["desk"], rows)
    except PostgresProblem as problem:
        raise BackupProblem(str(problem)) from problem


@contextmanager
def _scratch(databases: Mapping[str, Path | Postgres]) -> Iterator[Path]:
    """A private temporary folder, in memory if there is room, else beside the data."""
    files = [database for database in databases.values() if isinstance(database, Path)]
    sizes = [file.stat().st_size for file in files]
    try:
        sizes += [
            postgres.size_of(database) for database in databases.values() if isinstance(database, Postgres)
        ]
    except PostgresProblem as problem:
        raise BackupProblem(str(problem)) from problem
    # A copy of each, and room to write the largest anew without what never leaves the house.
    folder = choose_scratch_folder(sum(sizes) + max(sizes, default=0), [file.parent for file in files])
    with tempfile.TemporaryDirectory(prefix=".massline-", dir=folder) as scratch:
        yield Path(scratch)
