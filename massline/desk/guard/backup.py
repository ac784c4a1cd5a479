"""Backups of both databases: consistent, age-encrypted to at least two recipients, the key bag apart.

The key bag (the seals of the private keys) travels in a file of its own with a shorter life. Without it a copy
of the database opens no contact, so an old backup cannot bring back a key that was destroyed.

What is not encrypted yet, the seals among it, lies in the machine's memory alone where there is room (`/dev/shm`),
else beside the database it is a copy of; never where the backup goes. Memory can be swapped: encrypt the swap.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

import pyrage

from massline.desk.guard import postgres
from massline.desk.guard.postgres import Moment, Postgres, PostgresProblem

KEY_BAG = ("guard_holderseal",)
NEVER_COPIED = ("guard_unlock", "guard_invitation", "people_desksession")


class BackupProblem(Exception):
    """A backup that cannot be made or read, with a sentence for the person who runs it."""


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
    readers = _readers(recipients)
    into.mkdir(parents=True, exist_ok=True)
    stamp = now.strftime("%Y%m%dT%H%M%S")
    data, keys = into / f"massline-{stamp}.data.age", into / f"massline-{stamp}.keys.age"
    with _scratch(databases) as scratch:
        bag, rows = _copy_all(databases, scratch)
        packed = _pack(scratch, rows)
        _encrypt(io.BytesIO(json.dumps(bag).encode()), keys, readers)
        with open(packed, "rb") as content:
            _encrypt(content, data, readers)
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
        _copy(where, copy)
        bag |= _take_out_keys(copy)
        rows |= {f"{name}.{table}": count for table, count in _count(copy).items()}
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
        table: [{name: _plain(value) for name, value in row.items()} for row in moment.rows(table)]
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
        expected = _unpack(_decrypt_to(data, identity, scratch / "parcel"), scratch)
        bag = json.loads(_decrypt(keys, identity)) if keys else {}
        found: dict[str, int] = {}
        for copy in sorted(scratch.glob("*.sqlite3")):
            found |= {f"{copy.stem}.{table}": count for table, count in _count(copy).items()}
            _check(copy)
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
        _put_keys_back(near, bag)
        return
    rows = {
        table: [{name: _bytes(value) for name, value in row.items()} for row in bag.get(table, [])]
        for table in KEY_BAG
    }
    try:
        postgres.put_rows(servers["desk"], rows)
    except PostgresProblem as problem:
        raise BackupProblem(str(problem)) from problem


def _readers(recipients: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    if len(set(recipients)) < 2:
        raise BackupProblem("Name at least two recipients, so that one lost key does not lose the backup.")
    try:
        return [pyrage.x25519.Recipient.from_str(one) for one in dict.fromkeys(recipients)]
    except pyrage.RecipientError as problem:
        raise BackupProblem(f"One recipient is not an age recipient (age1…): {problem}") from problem


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


def _copy(source: Path, target: Path) -> None:
    """Copy through SQLite's own backup, which sees one moment whatever is written meanwhile."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _tables(copy: sqlite3.Connection) -> list[str]:
    found = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return sorted(str(name) for (name,) in found)


def _take_out_keys(path: Path) -> dict[str, list[dict[str, object]]]:
    bag = {}
    with closing(sqlite3.connect(path)) as copy:
        copy.row_factory = sqlite3.Row
        present = _tables(copy)
        for table in KEY_BAG:
            if table in present:
                rows = copy.execute(f'SELECT * FROM "{table}"').fetchall()
                bag[table] = [{name: _plain(row[name]) for name in row.keys()} for row in rows]  # noqa: SIM118
        for table in (*KEY_BAG, *NEVER_COPIED):
            if table in present:
                copy.execute(f'DELETE FROM "{table}"')
        copy.commit()
        copy.execute("VACUUM")
    return bag


def _plain(value: object) -> object:
    return {"hex": bytes(value).hex()} if isinstance(value, bytes | memoryview) else value


def _bytes(value: object) -> object:
    return bytes.fromhex(str(value["hex"])) if isinstance(value, dict) else value


def _put_keys_back(path: Path, bag: dict[str, list[dict[str, object]]]) -> None:
    with closing(sqlite3.connect(path)) as copy:
        for table in KEY_BAG:
            for row in bag.get(table, []):
                names = ", ".join(f'"{name}"' for name in row)
                marks = ", ".join("?" for _ in row)
                copy.execute(
                    f'INSERT INTO "{table}" ({names}) VALUES ({marks})', [_bytes(one) for one in row.values()]
                )
        copy.commit()


def _count(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as copy:
        return {
            table: int(copy.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])
            for table in _tables(copy)
        }


def _check(path: Path) -> None:
    with closing(sqlite3.connect(path)) as copy:
        said = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if said != "ok":
        raise BackupProblem(f"{path.name} is damaged: {said}. Nothing was put in place.")


def _pack(scratch: Path, rows: dict[str, int]) -> Path:
    """Put the copies and a list of what they are into one file beside them."""
    parcel = scratch / "parcel"
    files = sorted([*scratch.glob("*.sqlite3"), *scratch.glob("*.pgdump")])
    manifest = json.dumps({"rows": rows, "sha256": {file.name: _digest(file) for file in files}}).encode()
    with tarfile.open(parcel, mode="w:gz") as packed:
        about = tarfile.TarInfo("manifest.json")
        about.size = len(manifest)
        packed.addfile(about, io.BytesIO(manifest))
        for file in files:
            packed.add(file, arcname=file.name)
    return parcel


def _digest(file: Path) -> str:
    with open(file, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _unpack(packed: Path, scratch: Path) -> dict[str, int]:
    with tarfile.open(packed, mode="r:gz") as parcel:
        parcel.extractall(scratch, filter="data")
    packed.unlink()
    manifest = json.loads((scratch / "manifest.json").read_text())
    for name, digest in manifest["sha256"].items():
        if _digest(scratch / name) != digest:
            raise BackupProblem(f"{name} is not what was backed up. Nothing was put in place.")
    rows: dict[str, int] = manifest["rows"]
    return rows


def _decrypt(path: Path, identity: str) -> bytes:
    opened = io.BytesIO()
    with _readable(path) as content:
        pyrage.decrypt_io(content, opened, [pyrage.x25519.Identity.from_str(identity.strip())])
    return opened.getvalue()


def _decrypt_to(path: Path, identity: str, into: Path) -> Path:
    with _readable(path) as content, open(into, "wb") as opened:
        pyrage.decrypt_io(content, opened, [pyrage.x25519.Identity.from_str(identity.strip())])
    return into


@contextmanager
def _readable(path: Path) -> Iterator[IO[bytes]]:
    """Open an encrypted file; whatever is wrong with it or with the identity is said in one sentence."""
    try:
        with open(path, "rb") as content:
            yield content
    except pyrage.IdentityError as problem:
        raise BackupProblem("That is not an age identity (AGE-SECRET-KEY-…).") from problem
    except pyrage.DecryptError as problem:
        raise BackupProblem(
            f"{path.name} does not open with this identity, or a byte of it is wrong."
        ) from problem
    except OSError as problem:
        raise BackupProblem(
            f"{path} cannot be read, or a byte of it is wrong: {problem.strerror or problem}."
        ) from problem


def _encrypt(content: IO[bytes], into: Path, readers: list[pyrage.x25519.Recipient]) -> None:
    """Leave a whole encrypted file or none."""
    part = into.with_suffix(".part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as closed:
        pyrage.encrypt_io(content, closed, readers)
        closed.flush()
        os.fsync(closed.fileno())
    part.replace(into)
