"""Files out of what was sent: archives are unpacked within limits, whatever sizes and names they state."""

import gzip
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO

from massline.core.archive_errors import BROKEN_ARCHIVE
from massline.tables.file_sheets import is_workbook
from massline.tables.problems import UnreadableFile

GZIP = b"\x1f\x8b"
ENDINGS = (".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xls", ".ods", ".json", ".jsonl")


def unpack_files(
    sent: Iterable[tuple[str, bytes]], *, most_bytes: int, most_files: int
) -> Iterator[tuple[str, bytes]]:
    """Yield every file with its name; of a zip, those that can hold a table. Workbooks stay whole.

    Raises UnreadableFile for an archive that is broken, holds another one, or unpacks to more than the limits in all.
    """
    left = most_bytes
    for name, content in sent:
        for inner, opened in _opened(name, content, left, most_files):
            left -= len(opened)
            if left < 0:
                raise UnreadableFile("too-large-unpacked", most=most_bytes)
            if opened.strip():
                yield inner, opened


def _opened(name: str, content: bytes, left: int, most_files: int) -> Iterator[tuple[str, bytes]]:
    try:
        if content[:2] == b"PK" and not is_workbook(content):
            yield from _members(content, left, most_files)
        elif content[:2] == GZIP:
            yield name.removesuffix(".gz"), _unzipped(io.BytesIO(content), left)
        else:
            yield name, content
    except BROKEN_ARCHIVE as problem:
        raise UnreadableFile("broken-archive") from problem


def _members(content: bytes, left: int, most_files: int) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        listed = [member for member in packed.infolist() if not member.is_dir()]
        if len(listed) > most_files:
            raise UnreadableFile("too-many-files", most=most_files)
        for member in listed:
            path, _slash, name = member.filename.rpartition("/")
            is_table = name.lower().removesuffix(".gz").endswith(ENDINGS)
            if not is_table or name.startswith(".") or path.startswith("__MACOSX"):
                continue
            with packed.open(member) as file:
                opened = _at_most(file, left)
                if opened[:2] == GZIP:
                    opened = _unzipped(io.BytesIO(opened), left)
            if opened[:2] == b"PK" and not is_workbook(opened):
                raise UnreadableFile("archive-in-archive")
            left -= len(opened)
            yield name.removesuffix(".gz"), opened


def _unzipped(packed: io.BytesIO, left: int) -> bytes:
    with gzip.open(packed) as file:
        opened = _at_most(file, left)
    if opened[:2] in (b"PK", GZIP):
        raise UnreadableFile("archive-in-archive")
    return opened


def _at_most(file: IO[bytes] | gzip.GzipFile, left: int) -> bytes:
    opened = bytes(file.read(max(left, 0) + 1))
    if len(opened) > left:
        raise UnreadableFile("too-large-unpacked", most=left)
    return opened
