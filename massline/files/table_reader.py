"""Reading any common table into named columns of text, with complaints a person can act on."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from massline.core.archive_errors import BROKEN_ARCHIVE
from massline.files.parquet import Reader, first_line, read_parquet
from massline.files.text_columns import Column, Columns
from massline.files.unreadable_file import Unreadable
from massline.tables.archives import unpack_files
from massline.tables.delimited_text import TextRows, read_text
from massline.tables.encoding import decode
from massline.tables.file_sheets import is_workbook, split_into_sheets
from massline.tables.limits import NO_LIMITS, Limits
from massline.tables.problems import UnreadableFile
from massline.tables.table import choose_sheets
from massline.tables.vocabulary import vocabulary

STANDARD_INPUT = Path("-")
# Of an archive; a table of a hundred million votes is smaller.
_MOST_BYTES, _MOST_FILES = 2**34, 10_000
_WORKBOOK_LIMITS = Limits(rows=2**20, columns=2**14, cells=2**22)
# Titles may stand above the headings, in so many rows.
_MOST_TITLES = 25


def read_columns(
    path: Path, *, needed: Sequence[str], known: Sequence[str] = (), aliases: Sequence[str] = ()
) -> Columns:
    """Read a table (CSV or similar text, XLSX, XLS, ODS, Parquet; also zipped) that has the needed columns, in any order.

    Row 1 is the first below the header. Columns that are neither needed nor known are not read. A needed column, and
    a known one that is among `aliases`, may bear another of its usual names. `-` is the standard input.

    Raises
    ------
    Unreadable
        With what is wrong and what is accepted.
    """
    source = "standard input" if path == STANDARD_INPUT else path.name
    header, columns_at = read_parquet(path) if path.suffix == ".parquet" else _table(path, source, needed)
    places = _places(header, needed, known, {*needed, *aliases})
    missing = [name for name in needed if name not in places]
    if missing:
        wanted = ", ".join([*needed, *(f"[{name}]" for name in known)])
        found = ", ".join(_shown_heading(name) for name in header[:30] if name.strip()) or "none"
        raise Unreadable(
            f"{source} has no column {' nor '.join(missing)}; accepted are {wanted}; found are {found}."
        )
    chosen = [name for name in (*needed, *known) if name in places]
    columns = columns_at([places[name] for name in chosen])
    return Columns(source, len(columns[0]) if columns else 0, dict(zip(chosen, columns, strict=True)), header)


def read_all_columns(path: Path) -> Columns:
    """Read every column of a table that has a heading, by that heading as it stands; row 1 is the first below it.

    Raises Unreadable with what is wrong, also where two columns bear the same heading.
    """
    source = "standard input" if path == STANDARD_INPUT else path.name
    header, columns_at = read_parquet(path) if path.suffix == ".parquet" else _table(path, source, ())
    places = {name.strip(): place for place, name in enumerate(header) if name.strip()}
    if len(places) < sum(bool(name.strip()) for name in header):
        raise Unreadable(f"{source} has two columns of the same name; accepted is each name once.")
    columns = columns_at(list(places.values()))
    return Columns(source, len(columns[0]) if columns else 0, dict(zip(places, columns, strict=True)), header)


def _shown_heading(name: str) -> str:
    """A heading as it may be shown in a message: never bytes of a file that is no table."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
    return plain if len(plain) <= 40 else plain[:40] + "…"


def _places(
    header: Sequence[str], needed: Sequence[str], known: Sequence[str], aliases: set[str]
) -> dict[str, int]:
    """The place of each column: by its own name first, then by another usual name of a heading that is left."""
    own = {name.strip().lower(): place for place, name in reversed(list(enumerate(header)))}
    wanted = (*needed, *known)
    places = {name: own[name] for name in wanted if name in own}
    usual = vocabulary("estimates").places(header)
    for name in wanted:
        free = [place for place in usual.get(name, ()) if place not in places.values()]
        if name not in places and name in aliases and free:
            places[name] = free[0]
    return places


def _table(path: Path, source: str, needed: Sequence[str]) -> Reader:
    """The names of the columns, and a function that reads those at the given places."""
    try:
        raw = sys.stdin.buffer.read() if path == STANDARD_INPUT else path.read_bytes()
        files = list(unpack_files([(source, raw)], most_bytes=_MOST_BYTES, most_files=_MOST_FILES))
        if len(files) > 1:
            names = ", ".join(name for name, _content in files[:6])
            raise Unreadable(f"{source} holds {len(files)} tables ({names}); give one of them.")
        found = _rows(files[0][1] if files else b"")
        rows = _sound(found, source)
        header, started = _header(rows, needed)
    except UnreadableFile as problem:
        if problem.code == "empty-file":
            raise Unreadable(f"{source} is empty; a table starts with a line of column names.") from problem
        if problem.code == "broken-archive":
            raise Unreadable(f"{source} cannot be opened or is cut off.") from problem
        raise Unreadable(f"{source} is not a readable table: {problem}.") from problem
    except BROKEN_ARCHIVE as error:
        raise Unreadable(f"{source} cannot be opened or is cut off ({first_line(error)}).") from error
    return header, lambda places: _columns(_chained(started, rows), len(header), places, source)


def _rows(content: bytes) -> TextRows:
    """The rows of a text, read as they are asked for, or those of the fullest sheet of a workbook."""
    if content[:2] == b"PK" or is_workbook(content):
        sheet = choose_sheets(split_into_sheets(content, _WORKBOOK_LIMITS), None)[0]
        # A workbook drops the empty cells at the end of a row.
        width = max((len(cells) for _line, cells in sheet.rows), default=0)
        padded = ((line, cells and [*cells, *[""] * (width - len(cells))]) for line, cells in sheet.rows)
        return TextRows("", padded)
    text = decode(content).text
    if not text.strip():
        raise UnreadableFile("empty-file")
    if "\x00" in text[:4096]:
        raise UnreadableFile("no-table")
    return read_text(text, NO_LIMITS)


def _sound(found: TextRows, source: str) -> Iterator[list[str]]:
    """Rows with something in them. Raises Unreadable at a row whose quotes never close."""
    number = 0
    for line, cells in found.rows:
        number += bool(cells)
        if found.open_quotes and found.open_quotes[-1][0] == line:
            raise Unreadable(
                f"{source} is not a readable table: in line {line} a quotation mark opens and never closes."
            )
        if cells:
            yield cells


def _header(rows: Iterator[list[str]], needed: Sequence[str]) -> tuple[list[str], list[list[str]]]:
    """The row that names the needed columns, and what was read below it; else the first row and all below it."""
    head: list[list[str]] = []
    for row in rows:
        head.append(row)
        if len(head) == 1 and not any(row):
            head.pop()
        elif all(name in _places(row, needed, (), set(needed)) for name in needed):
            return row, []
        if len(head) > _MOST_TITLES:
            break
    if not head:
        raise UnreadableFile("empty-file")
    return head[0], head[1:]


def _chained(started: list[list[str]], rows: Iterator[list[str]]) -> Iterator[list[str]]:
    yield from started
    yield from rows


def _columns(rows: Iterator[list[str]], width: int, places: Sequence[int], source: str) -> list[Column]:
    columns: list[list[str]] = [[] for _ in places]
    same: dict[str, str] = {}  # a value that stands in a million rows is kept once
    number = 0
    for row in rows:
        if len(row) != width:
            if not any(row):
                continue
            filled = max(place for place, cell in enumerate(row, start=1) if cell)
            if filled > width or (len(row) < width and len(row) <= max(places)):
                raise Unreadable(
                    f"{source} is not a readable table: row {number + 1} has {len(row)} values for {width} columns."
                )
        number += 1
        for column, place in zip(columns, places, strict=True):
            column.append(same.setdefault(row[place], row[place]))
    return [*columns]
