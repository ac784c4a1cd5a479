"""Packing of backups with a manifest of rows and digests, and their encryption with age."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyrage


class BackupProblem(Exception):
    """A backup that cannot be made or read; the message is for the operator."""


def parse_recipients(recipients: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    if len(set(recipients)) < 2:
        raise BackupProblem("Name at least two recipients, so that one lost key does not lose the backup.")
    try:
        return [pyrage.x25519.Recipient.from_str(recipient) for recipient in dict.fromkeys(recipients)]
    except pyrage.RecipientError as problem:
        raise BackupProblem(f"One recipient is not an age recipient (age1…): {problem}") from problem


def pack_copies(scratch: Path, rows: dict[str, int]) -> Path:
    """Pack the copies and a manifest into one file beside them."""
    packed = scratch / "packed"
    files = sorted([*scratch.glob("*.sqlite3"), *scratch.glob("*.pgdump")])
    manifest = json.dumps({"rows": rows, "sha256": {file.name: _digest(file) for file in files}}).encode()
    with tarfile.open(packed, mode="w:gz") as archive:
        about = tarfile.TarInfo("manifest.json")
        about.size = len(manifest)
        archive.addfile(about, io.BytesIO(manifest))
        for file in files:
            archive.add(file, arcname=file.name)
    return packed


def unpack_copies(packed: Path, scratch: Path) -> dict[str, int]:
    with tarfile.open(packed, mode="r:gz") as archive:
        archive.extractall(scratch, filter="data")
    packed.unlink()
    manifest = json.loads((scratch / "manifest.json").read_text())
    for name, digest in manifest["sha256"].items():
        if _digest(scratch / name) != digest:
            raise BackupProblem(f"{name} is not what was backed up. Nothing was put in place.")
    rows: dict[str, int] = manifest["rows"]
    return rows


def _digest(file: Path) -> str:
    with open(file, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def encrypt(content: IO[bytes], into: Path, readers: list[pyrage.x25519.Recipient]) -> None:
    """Encrypt to a file; an interruption leaves no partial file under its name."""
    part = into.with_suffix(".part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as closed:
        pyrage.encrypt_io(content, closed, readers)
        closed.flush()
        os.fsync(closed.fileno())
    part.replace(into)


def decrypt(path: Path, identity: str) -> bytes:
    opened = io.BytesIO()
    with open_encrypted(path) as content:
        pyrage.decrypt_io(content, opened, [pyrage.x25519.Identity.from_str(identity.strip())])
    return opened.getvalue()


def decrypt_to(path: Path, identity: str, into: Path) -> Path:
    with open_encrypted(path) as content, open(into, "wb") as opened:
        pyrage.decrypt_io(content, opened, [pyrage.x25519.Identity.from_str(identity.strip())])
    return into


@contextmanager
def open_encrypted(path: Path) -> Iterator[IO[bytes]]:
    """Open an encrypted file. Raises BackupProblem if the file or the identity used within is wrong."""
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
