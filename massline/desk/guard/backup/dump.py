"""Backups of both databases: consistent, age-encrypted to at least two recipients, the key bag apart.

The key bag (the seals of the private keys) travels in a file of its own with a shorter life. Without it a copy
of the database opens no contact, so an old backup cannot bring back a key that was destroyed.

What is not encrypted yet, the seals among it, lies in the machine's memory alone where there is room (`/dev/shm`),
else beside the database it is a copy of; never where the backup goes. Memory can be swapped: encrypt the swap.
"""

import io
import json
import os
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
    decrypt_to,
    encrypt,
    pack,
    readers_of,
    unpack,
)
from massline.desk.guard.backup.postgres import Moment, Postgres, PostgresProblem
from massline.desk.guard.backup.sqlite import (
    KEY_BAG,
    NEVER_COPIED,
    bytes_of,
    check,
    copy_live,
    count_rows,
    plain,
    put_keys_back,
    take_out_keys,
)


@dataclass(frozen=True)
class Backup:
    """The two files of one backup, and how many rows each table had."""

    data: Path
    keys: Path
    rows: dict[str, int]


def make_backup(
    databases: Mapping[str, Path | Postgres], into: Path, recipients: Sequence[str], *, now: datetime
) -> Backup:
    """Copy the databases as they are at this moment and encrypt them.

    The square is held before the desk: what the desk collects in between is then still on the square's copy, and is
    collected again, rather than in neither. Raises BackupProblem where fewer than two recipients are named, one of
    them is not an age recipient, or a database cannot be copied.
    """
    readers = readers_of(recipients)
    into.mkdir(parents=True, exist_ok=True)
    stamp = now.strftime("%Y%m%dT%H%M%S")
    data, keys = into / f"massline-{stamp}.data.age", into / f"massline-{stamp}.keys.age"
    with _scratch(databases) as scratch:
        bag, rows = _copy_all(databases, scratch)
        packed = pack(scratch, rows)
        encrypt(io.BytesIO(json.dumps(bag).encode()), keys, readers)
        with open(packed, "rb") as content:
            encrypt(content, data, readers)
    return Backup(data, keys, rows)


def _copy_all(
    databases: Mapping[str, Path | Postgres], scratch: Path
) -> tuple[dict[str, list[dict[str, object]]], dict[str, int]]:
    """Put a copy of each database into the scratch folder; give the key bag, and the rows of every table."""
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
    far: dict[str, Moment] = {}
    for name in sorted(databases, key="square desk".find):
        where = databases[name]
        if isinstance(where, Postgres):
            far[name] = held.enter_context(postgres.moment(where))
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


def _dump(moment: Moment, into: Path) -> dict[str, list[dict[str, object]]]:
    present = moment.counts()
    moment.dump(into, without=[table for table in (*KEY_BAG, *NEVER_COPIED) if table in present])
    return {
        table: [{name: plain(value) for name, value in row.items()} for row in moment.rows(table)]
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
    """Put a backup into an empty folder, or into empty databases; give how many rows each table has.

    Raises BackupProblem where the identity does not open it, a byte is wrong, the rows are not as many as the backup
    counted itself, the folder holds databases, or a copy of PostgreSQL has no empty database to go to.
    """
    into.mkdir(parents=True, exist_ok=True)
    if any(into.glob("*.sqlite3")):
        raise BackupProblem(f"{into} holds databases already. Nothing was changed; name an empty folder.")
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=into) as folder:
        scratch = Path(folder)
        expected = unpack(decrypt_to(data, identity, scratch / "packed"), scratch)
        bag = json.loads(decrypt(keys, identity)) if keys else {}
        found: dict[str, int] = {}
        for copy in sorted(scratch.glob("*.sqlite3")):
            found |= {f"{copy.stem}.{table}": count for table, count in count_rows(copy).items()}
            check(copy)
        for dump in sorted(scratch.glob("*.pgdump")):
            found |= _into_postgres(dump, (servers or {}).get(dump.stem))
        if found != expected:
            raise BackupProblem(
                "The rows do not agree with the backup's own count. Nothing was put in place."
            )
        if bag:
            _bring_keys_back(scratch, servers or {}, bag)
        for copy in sorted(scratch.glob("*.sqlite3")):
            shutil.move(copy, into / copy.name)
    return found


def _into_postgres(dump: Path, target: Postgres | None) -> dict[str, int]:
    if target is None:
        raise BackupProblem(
            f"The {dump.stem} of this backup was on PostgreSQL. Name an empty database for it: --{dump.stem}-db."
        )
    try:
        if not postgres.is_empty(target):
            raise BackupProblem(f"The database {target.name} is not empty. Nothing was changed.")
        postgres.bring_back(dump, target)
        with target.connect() as connection:
            return {f"{dump.stem}.{table}": count for table, count in postgres.counts(connection).items()}
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
        table: [{name: bytes_of(value) for name, value in row.items()} for row in bag.get(table, [])]
        for table in KEY_BAG
    }
    try:
        postgres.put_rows(servers["desk"], rows)
    except PostgresProblem as problem:
        raise BackupProblem(str(problem)) from problem


@contextmanager
def _scratch(databases: Mapping[str, Path | Postgres]) -> Iterator[Path]:
    """A folder only this account may look into, gone afterwards: in memory where there is room, else beside the data."""
    files = [one for one in databases.values() if isinstance(one, Path)]
    needed = 3 * sum(file.stat().st_size for file in files)
    with tempfile.TemporaryDirectory(prefix=".massline-", dir=roomy(needed, files)) as folder:
        yield Path(folder)


def roomy(needed: int, files: Sequence[Path]) -> Path | None:
    """Where to put copies that are not encrypted yet: memory, else beside the first file they are copies of."""
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > needed:
        return memory
    return files[0].parent if files else None
