"""Packing of backups with a manifest of rows and digests, and their encryption with age."""

import gzip
import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyrage

MANIFEST = "manifest.json"
MEMBER = re.compile(r"manifest\.json|(square|desk)\.(sqlite3|pgdump)")
BLOCK = 2**20


class BackupProblem(Exception):
    """A backup that cannot be made or read; the message is for the operator."""


def parse_recipients(recipients: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    if len(set(recipients)) < 2:
        raise BackupProblem("Name at least two recipients, so that one lost key does not lose the backup.")
    try:
        return [pyrage.x25519.Recipient.from_str(recipient) for recipient in dict.fromkeys(recipients)]
    except pyrage.RecipientError as problem:
        raise BackupProblem(f"One recipient is not an age recipient (age1…): {problem}") from problem


def encrypt_copies(
    scratch: Path, rows: dict[str, int], into: Path, readers: list[pyrage.x25519.Recipient]
) -> None:
    """Pack the copies and a manifest and encrypt them in one stream, so that nothing is written twice."""
    files = sorted([*scratch.glob("*.sqlite3"), *scratch.glob("*.pgdump")])
    manifest = json.dumps({"rows": rows, "sha256": {file.name: _digest(file) for file in files}}).encode()

    def pack(stream: IO[bytes]) -> None:
        with (
            gzip.GzipFile(fileobj=stream, mode="wb", compresslevel=6) as packed,
            tarfile.open(fileobj=packed, mode="w|") as archive,
        ):
            about = tarfile.TarInfo(MANIFEST)
            about.size = len(manifest)
            archive.addfile(about, io.BytesIO(manifest))
            for file in files:
                archive.add(file, arcname=file.name)

    try:
        _stream(pack, lambda packed: encrypt(packed, into, readers))
    except BaseException:
        into.unlink(missing_ok=True)  # what ended too early looks whole from outside
        raise


def decrypt_copies(data: Path, identity: str, scratch: Path) -> dict[str, int]:
    """Decrypt and unpack a backup in one stream, check every digest, and return the rows it counted."""

    def unpack(packed: IO[bytes]) -> None:
        with tarfile.open(fileobj=packed, mode="r|gz") as archive:
            for member in archive:
                _unpack(archive, member, scratch)
        while packed.read(BLOCK):
            pass  # what the archive is padded with

    try:
        _stream(lambda stream: _decrypt(data, identity, stream), unpack)
    except (tarfile.TarError, EOFError, zlib.error) as problem:
        raise BackupProblem(f"{data.name} holds no backup that can be read: {problem}.") from problem
    manifest = json.loads((scratch / MANIFEST).read_text())
    for name, digest in manifest["sha256"].items():
        if _digest(scratch / name) != digest:
            raise BackupProblem(f"{name} is not what was backed up. Nothing was put in place.")
    rows: dict[str, int] = manifest["rows"]
    return rows


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, scratch: Path) -> None:
    """Write one plain file of an expected name; nothing else in an archive reaches the disk."""
    content = archive.extractfile(member) if member.isfile() else None
    if content is None or not MEMBER.fullmatch(member.name):
        raise BackupProblem(
            f"The backup holds {member.name!r}, which no backup of ours does. Nothing was put in place."
        )
    with open(os.open(scratch / member.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copy:
        shutil.copyfileobj(content, copy, BLOCK)


def _stream(write: Callable[[IO[bytes]], None], read: Callable[[IO[bytes]], None]) -> None:
    """Let one function read what another writes meanwhile; the error of the writer says more than that of the reader."""
    there, here = os.pipe()
    with ThreadPoolExecutor(1, "archive") as pool:
        with open(there, "rb") as source:
            written = pool.submit(_write_and_close, write, here)
            try:
                read(source)
            except Exception:
                source.close()  # the writer meets a broken pipe and ends
                trouble = written.exception()
                if trouble is not None and not isinstance(trouble, BrokenPipeError):
                    raise trouble from None
                raise
        written.result()


def _write_and_close(write: Callable[[IO[bytes]], None], handle: int) -> None:
    with open(handle, "wb") as stream:
        write(stream)


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
    _decrypt(path, identity, opened)
    return opened.getvalue()


def _decrypt(path: Path, identity: str, into: IO[bytes]) -> None:
    with open_encrypted(path) as content:
        pyrage.decrypt_io(content, into, [pyrage.x25519.Identity.from_str(identity.strip())])


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
