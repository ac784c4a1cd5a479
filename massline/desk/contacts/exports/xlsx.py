"""XLSX files written in memory only, so that decrypted names never touch a disk."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from massline.core.invisible_characters import strip_control_characters

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class InMemoryWriter(ExcelWriter):
    """Writer that keeps each sheet in memory, where openpyxl uses a temporary file."""

    def write_worksheet(self, ws: Any) -> None:
        out = io.BytesIO()
        packer: Any = self  # the stubs name only what is public
        writer: Any = WorksheetWriter(ws, out)
        writer.write()
        ws._rels = writer._rels
        packer._archive.writestr(ws.path[1:], out.getvalue())
        packer.manifest.append(ws)


def build_xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows of text, the first of them headings, into one sheet. Days are days; every other cell is text, never a formula."""
    book = Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            if _DAY.fullmatch(text):
                sheet.cell(number, column, date.fromisoformat(text)).number_format = "yyyy-mm-dd"
                continue
            cell = sheet.cell(number, column, strip_control_characters(text))
            cell.data_type = "s"
    sheet.freeze_panes = "A2"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        InMemoryWriter(book, archive).write_data()
    return packed.getvalue()
