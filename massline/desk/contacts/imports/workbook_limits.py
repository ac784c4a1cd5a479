"""Limits of a spreadsheet (XLSX), counted while it is unpacked and before any of it is built in memory."""

import io
import re
import zipfile

from massline.core.table_limits import BROKEN_ARCHIVE

MOST_FILES = 200
LARGEST_UNPACKED = 24 * 1024 * 1024
MOST_TAGS = 1_600_000
CHUNK = 64 * 1024
# Workbooks never declare entities; whoever does wants them expanded.
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROW, _CELL = re.compile(rb"<(?:\w+:)?row[\s>/]"), re.compile(rb"<(?:\w+:)?c[\s>/]")


class TooLargeWorkbook(ValueError):
    """A workbook that unpacks to more bytes, rows, cells or tags than a list has."""


class BrokenWorkbook(ValueError):
    """A file that cannot be read as a workbook."""


def check_workbook(content: bytes, *, most_rows: int, most_cells: int) -> None:
    """Unpack every part piece by piece, and keep none. Raises TooLargeWorkbook or BrokenWorkbook.

    Stated sizes are not believed. At most one piece is held, so memory stays flat whatever the file unpacks to.
    """
    left = LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            if len(members) > MOST_FILES:
                raise TooLargeWorkbook(f"{len(members)} files")
            for member in members:
                left -= _check_part(packed, member, left, most_rows, most_cells)
    except BROKEN_ARCHIVE as problem:
        raise BrokenWorkbook(type(problem).__name__) from problem


def _check_part(
    packed: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, most_rows: int, most_cells: int
) -> int:
    """Count one part and return its size in bytes."""
    size = rows = cells = tags = 0
    tail = b""
    with packed.open(member) as part:
        while chunk := part.read(CHUNK):
            size += len(chunk)
            piece = tail + chunk
            # A tag may be cut between two pieces: what follows the last "<" is counted with the next one.
            cut = piece.rfind(b"<") if len(piece) - piece.rfind(b"<") < 64 else len(piece)
            whole, tail = piece[:cut], piece[cut:]
            tags += whole.count(b"<")
            rows += len(_ROW.findall(whole))
            cells += len(_CELL.findall(whole))
            if size > left or tags > MOST_TAGS or rows > most_rows or cells > most_cells:
                raise TooLargeWorkbook(member.filename)
            if _DECLARES.search(whole):
                raise BrokenWorkbook(member.filename)
    return size
