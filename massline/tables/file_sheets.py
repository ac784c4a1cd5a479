"""A file taken apart into sheets of numbered rows, whatever its format. A text file is one sheet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from massline.tables.delimited_text import read_text
from massline.tables.encoding import decode
from massline.tables.limits import Limits
from massline.tables.problems import UnreadableFile
from massline.tables.workbook import OLD_WORKBOOK, SheetRows, read_workbook


@dataclass(frozen=True)
class Sheet:
    """Rows with their numbers in the file; `open_quotes` are rows whose quotes never close, with their text."""

    name: str
    rows: Sequence[tuple[int, list[str]]]
    is_hidden: bool = False
    open_quotes: Sequence[tuple[int, str]] = ()

    @property
    def filled(self) -> int:
        """Number of rows with something in them."""
        return sum(any(cells) for _number, cells in self.rows)


@dataclass(frozen=True)
class FileSheets:
    """The sheets of a file. `encoding` and `delimiter` are those of a text file; not `is_sure` if others fit as well."""

    sheets: list[Sheet] = field(default_factory=list)
    encoding: str = ""
    delimiter: str = ""
    is_sure: bool = True


def is_workbook(content: bytes) -> bool:
    """True for XLSX, ODS and XLS. Other archives begin with the same two bytes as XLSX and ODS."""
    if content.startswith(OLD_WORKBOOK):
        return True
    names = (b"[Content_Types].xml", b"application/vnd.oasis.opendocument.spreadsheet", b"xl/workbook.xml")
    return content[:2] == b"PK" and any(name in content for name in names)


def split_into_sheets(
    content: bytes, limits: Limits, *, encoding: str = "", delimiter: str = ""
) -> FileSheets:
    """Take a file apart. Raises UnreadableFile with the reason.

    `encoding` and `delimiter` are those somebody chose for a text file; without them, the file tells.
    """
    if content[:2] == b"PK" or content.startswith(OLD_WORKBOOK):
        sheets = [_sheet(sheet, limits) for sheet in read_workbook(content, limits)]
        if not any(sheet.filled for sheet in sheets):
            raise UnreadableFile("empty-file")
        return FileSheets(sheets)
    decoded = decode(content, encoding=encoding)
    if not decoded.text.strip():
        raise UnreadableFile("empty-file")
    if "\x00" in decoded.text[:4096]:
        raise UnreadableFile("no-table")
    text = read_text(decoded.text, limits, delimiter=delimiter)
    rows = list(_counted(text.rows, limits))
    return FileSheets(
        [Sheet("", rows, open_quotes=text.open_quotes)], decoded.encoding, text.delimiter, decoded.sure
    )


def _sheet(sheet: SheetRows, limits: Limits) -> Sheet:
    return Sheet(sheet.name, list(_counted(sheet.rows, limits)), sheet.is_hidden)


def _counted(rows: Iterable[tuple[int, list[str]]], limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Rows while their number and that of their cells stay within the limits."""
    filled = cells_in_all = 0
    for number, cells in rows:
        filled += any(cells)
        cells_in_all += len(cells)
        if filled > limits.rows + 1 or cells_in_all > limits.cells:
            raise UnreadableFile("too-many-rows", most=limits.rows)
        yield number, cells
