"""How a file is to be read where somebody says so: which sheets, which line of headings, which letters and delimiter."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from massline.tables.delimited_text import DELIMITERS, ONE_CELL_A_LINE
from massline.tables.encoding import CHOICES as ENCODINGS
from massline.tables.file_sheets import FileSheets, split_into_sheets
from massline.tables.limits import Limits
from massline.tables.table import FileHead, Table, shape_table

HEAD_LINES, HEAD_CHARACTERS = 12, 80


@dataclass(frozen=True)
class ReadingOptions:
    """What somebody chose; whatever is empty is told by the file. `heading_row` is a line of the file, 0 for none."""

    sheets: tuple[str, ...] = ()
    heading_row: int | None = None
    encoding: str = ""
    delimiter: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> "ReadingOptions":
        """The choice that `as_json` wrote; anything else in it is passed over."""
        given = stored or {}
        row = given.get("heading_row")
        return cls(
            tuple(str(name) for name in given.get("sheets") or ()),
            row if isinstance(row, int) and row >= 0 else None,
            given["encoding"] if given.get("encoding") in ENCODINGS else "",
            given["delimiter"] if given.get("delimiter") in (*DELIMITERS, ONE_CELL_A_LINE) else "",
        )


NO_CHOICE = ReadingOptions()


def read_file(content: bytes, limits: Limits, choices: ReadingOptions = NO_CHOICE) -> Table:
    """Read a file as somebody chose. Sheets that are no longer there count as no choice. Raises UnreadableFile."""
    book = split_into_sheets(content, limits, encoding=choices.encoding, delimiter=choices.delimiter)
    names = tuple(sheet.name for sheet in book.sheets if sheet.filled)
    sheets = [name for name in choices.sheets if name in names]
    lines = _lines(book, sheets)
    table = shape_table(book, limits, sheets=sheets or None, heading_row=choices.heading_row)
    return replace(table, head=FileHead(names, lines, is_text=bool(book.encoding)))


def _lines(book: FileSheets, sheets: list[str]) -> tuple[tuple[int, str], ...]:
    """The first lines of the sheet the headings are in, with their numbers."""
    sheet = next(
        (sheet for sheet in book.sheets if sheet.filled > 1 and (not sheets or sheet.name in sheets)), None
    )
    rows = sheet.rows[: 3 * HEAD_LINES] if sheet else ()
    filled = [
        (number, " · ".join(cell.strip() for cell in cells if cell.strip()))
        for number, cells in rows
        if any(cells)
    ]
    return tuple((number, text[:HEAD_CHARACTERS]) for number, text in filled[:HEAD_LINES] if text)
