"""Workbooks (XLSX, XLS, ODS) as sheets of text, read by python-calamine in a process of its own.

A few bytes of a workbook can name a cell a million rows down, and a reader then asks for all cells between. The process
has bounds of memory and time and no core file; it gets the file through a pipe, so that nothing touches a disk.
"""

import io
import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from massline.tables.limits import Limits
from massline.tables.problems import UnreadableFile
from massline.tables.workbook_limits import require_workbook_within_limits

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Room for a sheet of a million cells; what asks for more is no table that a person made.
MOST_MEMORY, MOST_SECONDS, MOST_CHARACTERS = 384 * 1024 * 1024, 30, 24 * 1024 * 1024


@dataclass(frozen=True)
class SheetRows:
    """A sheet by name. Row 1 is the first of the sheet, whether it is empty or not."""

    name: str
    rows: list[tuple[int, list[str]]]
    is_hidden: bool = False


def read_workbook(content: bytes, limits: Limits) -> list[SheetRows]:
    """Read every sheet. Raises UnreadableFile where it does not open or holds more than the limits."""
    if content[:2] == b"PK":
        require_workbook_within_limits(content, most_rows=limits.lines, most_cells=limits.cells)
    command = [sys.executable, "-m", "massline.tables.workbook", *map(str, (limits.lines, limits.columns))]
    try:
        done = subprocess.run(command, input=content, capture_output=True, check=False, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired as problem:
        raise UnreadableFile("too-large-unpacked") from problem
    if done.returncode:
        code = done.stderr.decode("ascii", "replace").strip().rpartition("\n")[2]
        known = ("locked-workbook", "broken-workbook", "too-many-rows", "too-many-columns")
        most = limits.rows if code == "too-many-rows" else limits.columns
        raise UnreadableFile(code, most=most) if code in known else UnreadableFile("too-large-unpacked")
    sheets: list[tuple[str, list[tuple[int, list[str]]], bool]] = json.loads(done.stdout)
    return [SheetRows(name, rows, is_hidden) for name, rows, is_hidden in sheets]


def cell_text(value: object) -> str:
    """A cell as people write it: whole numbers without a point, days as 2026-11-21."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 2**53:
            return str(int(value))  # a workbook keeps phone numbers as 4930123.0
        case datetime():
            return str(value.date() if value.time() == time() else value.replace(microsecond=0))
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return "" if value is None else str(value)


def _sheets(content: bytes, most_lines: int, most_columns: int) -> Iterator[tuple[str, list[Any], bool]]:
    from python_calamine import SheetVisibleEnum, load_workbook

    left = MOST_CHARACTERS
    book = load_workbook(io.BytesIO(content))
    for about in book.sheets_metadata:
        sheet = book.get_sheet_by_name(about.name)
        if sheet.height == 0 or sheet.start is None:
            continue
        if sheet.height > most_lines:
            raise UnreadableFile("too-many-rows")
        down, right = sheet.start
        rows = []
        for number, row in enumerate(sheet.iter_rows(), start=down + 1):
            cells = [*[""] * right, *map(cell_text, row)]
            while cells and not cells[-1]:
                cells.pop()
            if len(cells) > most_columns:
                raise UnreadableFile("too-many-columns")
            left -= sum(map(len, cells)) + len(cells)
            if left < 0:
                raise UnreadableFile("too-large-unpacked")
            rows.append((number, cells))
        yield about.name, rows, about.visible != SheetVisibleEnum.Visible


def _bound_this_process() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read a workbook from the standard input and write its sheets as JSON, or a code of FILE_PROBLEMS as an error."""
    _bound_this_process()
    from python_calamine import CalamineError, PasswordError

    try:
        sheets = list(_sheets(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2])))
        sys.stdout.buffer.write(json.dumps(sheets).encode())
    except UnreadableFile as problem:
        sys.exit(problem.code)
    except PasswordError:
        sys.exit("locked-workbook")
    except (CalamineError, ValueError, OSError):
        sys.exit("broken-workbook")


if __name__ == "__main__":
    main()
