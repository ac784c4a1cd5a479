"""Reader of lists from other tools: CSV in any common form, XLSX, and people as OSDI JSON.

Everything stays in memory, so unsealed names never touch a disk.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from massline.core.formula_guard import unguard_cell
from massline.core.plain_text import one_line
from massline.core.refusal import CodedError
from massline.core.table_limits import TooManyColumns, TooManyRows, counted_lines
from massline.desk.contacts.imports.workbook_limits import BrokenWorkbook, TooLargeWorkbook, check_workbook

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5000, 60, 240
# Empty lines and empty cells take time and memory too.
MOST_LINES, MOST_CELLS = 2 * MOST_ROWS, (MOST_ROWS + 2) * (MOST_COLUMNS + 1)


class UnreadableTable(CodedError):
    """The reason a list could not be read; nothing of it was stored."""


@dataclass(frozen=True)
class Table:
    """Headings, and rows of as many cells, all text."""

    headers: list[str]
    rows: list[list[str]]

    def as_text(self) -> str:
        return json.dumps([self.headers, self.rows], ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "Table":
        headers, rows = json.loads(text)
        return cls(headers, rows)


def read_table(name: str, content: bytes) -> Table:
    """Read a list by its content; raises UnreadableTable with a sentence for the person who imports it."""
    if content[:2] == b"PK":
        table = _build_table(_read_xlsx(content))
    else:
        text = _decode(content)
        table = _build_table(_read_osdi(text) if text.lstrip()[:1] in {"{", "["} else _read_csv(text))
    if not table.rows:
        raise UnreadableTable(
            _("Nothing was imported: there are no people below the headings."), code="no-rows"
        )
    return table


def _decode(content: bytes) -> str:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # as older spreadsheets save it


def _read_csv(text: str) -> Iterator[list[str]]:
    first = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",;\t", key=first.count)
    try:
        lines = counted_lines(
            text, delimiter=delimiter, most_lines=MOST_LINES, most_columns=MOST_COLUMNS * LONGEST_CELL
        )
        for row in csv.reader(lines, delimiter=delimiter):
            yield [_clean(cell) for cell in row]
    except TooManyRows as problem:
        raise too_many_rows() from problem
    except TooManyColumns as problem:
        raise too_many_columns() from problem
    except csv.Error as problem:
        raise UnreadableTable(
            _("Nothing was imported: this is not a table. Save the list as CSV or XLSX."), code="no-table"
        ) from problem


def _read_xlsx(content: bytes) -> Iterator[list[str]]:
    try:
        check_workbook(content, most_rows=MOST_LINES, most_cells=MOST_CELLS)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1, values_only=True):
            yield [_clean(_cell_text(value)) for value in row]
    except TooLargeWorkbook as problem:
        raise UnreadableTable(
            _("Nothing was imported: the file is far too big for a list of people."),
            code="too-large-unpacked",
        ) from problem
    except BrokenWorkbook as problem:
        raise sheet_does_not_open() from problem
    except Exception as problem:
        raise sheet_does_not_open() from problem


def sheet_does_not_open() -> UnreadableTable:
    return UnreadableTable(
        _("Nothing was imported: the sheet won’t open. Save it as CSV."), code="broken-sheet"
    )


def too_many_rows() -> UnreadableTable:
    return UnreadableTable(
        _("Nothing was imported: more than %(n)d rows. Import it in parts.") % {"n": MOST_ROWS},
        code="too-many-rows",
    )


def too_many_columns() -> UnreadableTable:
    return UnreadableTable(
        _("Nothing was imported: more than %(n)d columns.") % {"n": MOST_COLUMNS}, code="too-many-columns"
    )


def _cell_text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a spreadsheet keeps phone numbers as 4930123.0
    return "" if value is None else str(value)


def _read_osdi(text: str) -> Iterator[list[str]]:
    try:
        document: Any = json.loads(text)
        people = document["_embedded"]["osdi:people"] if isinstance(document, dict) else document
        yield ["given_name", "family_name", "email", "phone", "language", "met on", "consent", "keep until"]
        for person in people:
            mail = _first(person.get("email_addresses"))
            phone = _first(person.get("phone_numbers"))
            agreed = person.get("custom_fields", {}).get("consent_on", "")
            agreed = agreed or (mail or phone).get("status", "")
            yield [
                person.get("given_name") or "",
                person.get("family_name") or "",
                mail.get("address") or "",
                phone.get("number") or "",
                next(iter(person.get("languages_spoken") or []), ""),
                (person.get("created_date") or "")[:10],
                agreed,
                person.get("custom_fields", {}).get("keep_until", ""),
            ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise UnreadableTable(
            _("Nothing was imported: this JSON has no people in OSDI format."), code="no-osdi"
        ) from problem


def _first(entries: Any) -> Mapping[str, Any]:
    entry: Mapping[str, Any] = next(iter(entries or []), {})
    return entry


def _build_table(rows: Iterable[list[str]]) -> Table:
    kept: list[list[str]] = []
    for row in rows:
        if any(row):
            kept.append(row)
        if len(kept) > MOST_ROWS + 1:
            raise too_many_rows()
    if not kept:
        raise UnreadableTable(_("Nothing was imported: the list is empty."), code="empty-list")
    # A spreadsheet returns a cell for every column requested, even where there is none.
    width = max(number for row in kept for number, cell in enumerate(row, 1) if cell)
    if width > MOST_COLUMNS:
        raise too_many_columns()
    even = [(row + [""] * width)[:width] for row in kept]
    return Table(even[0], even[1:])


def _clean(cell: str) -> str:
    return unguard_cell(" ".join(one_line(str(cell)).split())[:LONGEST_CELL], phones=True)
