"""Limits of a workbook (XLSX, ODS), counted while it is unpacked and before any of it is built in memory."""

import io
import re
import zipfile

from massline.core.archive_errors import BROKEN_ARCHIVE
from massline.tables.problems import UnreadableFile

MOST_FILES = 200
LARGEST_UNPACKED = 24 * 1024 * 1024
MOST_TAGS = 1_600_000
CHUNK = 64 * 1024
# Workbooks never declare entities; whoever does wants them expanded.
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROW = re.compile(rb"<(?:(?:\w+:)?row|table:table-row)[\s>/]")
_CELL = re.compile(rb"<(?:(?:\w+:)?c|table:table-cell)[\s>/]")


def require_workbook_within_limits(content: bytes, *, most_rows: int, most_cells: int) -> None:
    """Unpack every part piece by piece, and keep none. Raises UnreadableFile.

    Stated sizes are not believed. At most one piece is held, so memory stays flat whatever the file unpacks to.
    """
    left = LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            if len(members) > MOST_FILES:
                raise UnreadableFile("too-large-unpacked")
            for member in members:
                left -= _check_part(packed, member, left, most_rows, most_cells)
    except BROKEN_ARCHIVE as problem:
        raise UnreadableFile("broken-workbook") from problem


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
                raise UnreadableFile("too-large-unpacked")
            if _DECLARES.search(whole):
                raise UnreadableFile("broken-workbook")
    return size
