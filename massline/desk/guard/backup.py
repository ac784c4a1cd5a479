"""Backups of both databases: consistent, age-encrypted to at least two recipients, the key bag apart.

The key bag (the seals of the private keys) travels in a file of its own with a shorter life. Without it a copy
of the database opens no contact, so an old backup cannot bring back a key that was destroyed.
"""

import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyrage

KEY_BAG = ("guard_holderseal",)
NEVER_COPIED = ("guard_unlock", "guard_invitation", "django_session")


class BackupProblem(Exception):
    """A backup that cannot be made or read, with a sentence for the person who runs it."""


@dataclass(frozen=True)
class Backup:
    """The two files of one backup, and how many rows each table had."""

    data: Path
    keys: Path
    rows: dict[str, int]


def make_backup(
    databases: dict[str, Path], into: Path, recipients: Sequence[str], *, now: datetime
) -> Backup:
    """Copy the SQLite databases as they are at this moment and encrypt them.

    Raises BackupProblem where fewer than two recipients are named or one of them is not an age recipient.
    """
    readers = _readers(recipients)
    into.mkdir(parents=True, exist_ok=True)
    stamp = now.strftime("%Y%m%dT%H%M%S")
    with _scratch(into) as scratch:
        bag: dict[str, list[dict[str, object]]] = {}
        rows: dict[str, int] = {}
        for name, path in databases.items():
            copy = scratch / f"{name}.sqlite3"
            _copy(path, copy)
            bag |= _take_out_keys(copy)
            rows |= {f"{name}.{table}": count for table, count in _count(copy).items()}
        packed = _pack(scratch, rows)
    data, keys = into / f"massline-{stamp}.data.age", into / f"massline-{stamp}.keys.age"
    _write(data, pyrage.encrypt(packed, readers))
    _write(keys, pyrage.encrypt(json.dumps(bag).encode(), readers))
    return Backup(data, keys, rows)


def restore_backup(data: Path, keys: Path | None, identity: str, into: Path) -> dict[str, int]:
    """Put a backup into an empty folder; give how many rows each table has, checked against the backup's own count.

    Raises BackupProblem where the identity does not open it, a byte is wrong, or the folder holds databases.
    """
    into.mkdir(parents=True, exist_ok=True)
    if any(into.glob("*.sqlite3")):
        raise BackupProblem(f"{into} holds databases already. Nothing was changed; name an empty folder.")
    with _scratch(into) as scratch:
        expected = _unpack(_decrypt(data, identity), scratch)
        bag = json.loads(_decrypt(keys, identity)) if keys else {}
        found: dict[str, int] = {}
        for copy in sorted(scratch.glob("*.sqlite3")):
            found |= {f"{copy.stem}.{table}": count for table, count in _count(copy).items()}
            _check(copy)
        if found != expected:
            raise BackupProblem(
                "The rows do not agree with the backup's own count. Nothing was put in place."
            )
        if bag:
            _put_keys_back(scratch / "desk.sqlite3", bag)
        for copy in sorted(scratch.glob("*.sqlite3")):
            shutil.move(copy, into / copy.name)
    return found


def _readers(recipients: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    if len(set(recipients)) < 2:
        raise BackupProblem("Name at least two recipients, so that one lost key does not lose the backup.")
    try:
        return [pyrage.x25519.Recipient.from_str(one) for one in dict.fromkeys(recipients)]
    except pyrage.RecipientError as problem:
        raise BackupProblem(f"One recipient is not an age recipient (age1…): {problem}") from problem


@contextmanager
def _scratch(beside: Path) -> Iterator[Path]:
    """A folder only this account may look into, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=beside) as folder:
        yield Path(folder)


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


def _pack(scratch: Path, rows: dict[str, int]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as packed:
        files = sorted(scratch.glob("*.sqlite3"))
        digests = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
        manifest = json.dumps({"rows": rows, "sha256": digests}).encode()
        about = tarfile.TarInfo("manifest.json")
        about.size = len(manifest)
        packed.addfile(about, io.BytesIO(manifest))
        for file in files:
            packed.add(file, arcname=file.name)
    return out.getvalue()


def _unpack(packed: bytes, scratch: Path) -> dict[str, int]:
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as parcel:
        parcel.extractall(scratch, filter="data")
    manifest = json.loads((scratch / "manifest.json").read_text())
    for name, digest in manifest["sha256"].items():
        if hashlib.sha256((scratch / name).read_bytes()).hexdigest() != digest:
            raise BackupProblem(f"{name} is not what was backed up. Nothing was put in place.")
    rows: dict[str, int] = manifest["rows"]
    return rows


def _decrypt(path: Path, identity: str) -> bytes:
    try:
        return bytes(pyrage.decrypt(path.read_bytes(), [pyrage.x25519.Identity.from_str(identity.strip())]))
    except pyrage.IdentityError as problem:
        raise BackupProblem("That is not an age identity (AGE-SECRET-KEY-…).") from problem
    except pyrage.DecryptError as problem:
        raise BackupProblem(
            f"{path.name} does not open with this identity, or a byte of it is wrong."
        ) from problem
    except OSError as problem:
        raise BackupProblem(f"{path} cannot be read: {problem.strerror}.") from problem


def _write(path: Path, content: bytes) -> None:
    """Leave a whole file or none."""
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.chmod(0o600)
    part.replace(path)
