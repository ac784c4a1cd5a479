"""Reading a list as it comes from elsewhere: CSV in any common shape, a sheet of XLSX, people as OSDI writes them.

Everything stays in memory: names that are not sealed yet touch no disk.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from massline.core.formula_guard import unguarded

MOST_ROWS, MOST_COLUMNS, LONGEST = 5000, 60, 240


UNPACKED = 60 * 1024 * 1024


class Unreadable(ValueError):
    """Why a list could not be read; nothing of it was kept."""


@dataclass(frozen=True)
class Table:
    """A heading for each column, and rows of as many cells, all text."""

    headers: list[str]
    rows: list[list[str]]

    def as_text(self) -> str:
        return json.dumps([self.headers, self.rows], ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "Table":
        headers, rows = json.loads(text)
        return cls(headers, rows)


def read(name: str, content: bytes) -> Table:
    """Read a list by what it is; raises Unreadable with a sentence for whoever brought it."""
    if content[:2] == b"PK":
        found = _square(_sheet(content))
    else:
        text = _letters(content)
        found = _square(_osdi(text) if text.lstrip()[:1] in {"{", "["} else _csv(text))
    if not found.rows:
        raise Unreadable(_("Nothing was taken: there are headings at most, and nobody below them."))
    return found


def _letters(content: bytes) -> str:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # as older spreadsheets save it


def _csv(text: str) -> Iterator[list[str]]:
    first = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",;\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [_plain(cell) for cell in row]
    except csv.Error as problem:
        raise Unreadable(_("Nothing was taken: this is no table. Save the list as CSV or XLSX.")) from problem


def _sheet(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > UNPACKED:
                raise Unreadable(_("Nothing was taken: the sheet unpacks to far more than a list of people."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1, values_only=True):
            yield [_plain(_cell(value)) for value in row]
    except Unreadable:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError) as problem:
        raise Unreadable(_("Nothing was taken: this sheet does not open. Save it as CSV.")) from problem


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a spreadsheet keeps phone numbers as 4930123.0
    return "" if value is None else str(value)


def _osdi(text: str) -> Iterator[list[str]]:
    try:
        found: Any = json.loads(text)
        people = found["_embedded"]["osdi:people"] if isinstance(found, dict) else found
        yield ["given_name", "family_name", "email", "phone", "language", "met on", "consent", "keep until"]
        for one in people:
            mail: dict[str, Any] = next(iter(one.get("email_addresses") or []), {})
            phone: dict[str, Any] = next(iter(one.get("phone_numbers") or []), {})
            agreed = one.get("custom_fields", {}).get("consent_on", "")
            agreed = agreed or (mail or phone).get("status", "")
            yield [
                one.get("given_name") or "",
                one.get("family_name") or "",
                mail.get("address") or "",
                phone.get("number") or "",
                next(iter(one.get("languages_spoken") or []), ""),
                (one.get("created_date") or "")[:10],
                agreed,
                one.get("custom_fields", {}).get("keep_until", ""),
            ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise Unreadable(_("Nothing was taken: this JSON holds no people as OSDI writes them.")) from problem


def _square(rows: Iterable[list[str]]) -> Table:
    kept = [row for row in rows if any(row)]
    if not kept:
        raise Unreadable(_("Nothing was taken: the list is empty."))
    if len(kept) > MOST_ROWS + 1:
        raise Unreadable(_("Nothing was taken: more than %(n)d rows. Bring it in parts.") % {"n": MOST_ROWS})
    # A spreadsheet gives a cell for every column it was asked for, also where there is none.
    width = max(number for row in kept for number, cell in enumerate(row, 1) if cell)
    if width > MOST_COLUMNS:
        raise Unreadable(_("Nothing was taken: more than %(n)d columns.") % {"n": MOST_COLUMNS})
    even = [(row + [""] * width)[:width] for row in kept]
    return Table(even[0], even[1:])


def _plain(cell: str) -> str:
    return unguarded(" ".join(str(cell).replace("\x00", "").split())[:LONGEST], phones=True)
