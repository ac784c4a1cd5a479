"""Problems of files and rows: a code and its facts; pages translate them, commands print them."""

from dataclasses import dataclass

ROW_PROBLEMS = {
    "empty-row": "it is empty",
    "no-words": "a notice of the app, or a picture, not words",
    "open-quote": "a quotation mark opens and never closes; add the closing one",
    "too-many-cells": "it has {cells} cells below {columns} headings; put quotation marks around a cell that holds the delimiter",
}
FILE_PROBLEMS = {
    "empty-file": "the file is empty",
    "no-table": "this is not a table; save it as CSV, XLSX or ODS",
    "no-rows": "there are headings at most, and nothing below them",
    "too-many-rows": "it has more than {most} rows; send it in parts",
    "too-many-columns": "it has more than {most} columns",
    "too-many-files": "it holds more than {most} files",
    "broken-archive": "the archive does not open; make it again, without a password",
    "archive-in-archive": "there is an archive inside an archive; put the files into one zip",
    "too-large-unpacked": "it unpacks to far more than a table of this size holds",
    "broken-workbook": "this workbook does not open; save it as CSV",
    "locked-workbook": "this workbook is locked with a password; save it without one",
    "broken-quotes": "quotation marks open and never close in many rows; save it again as CSV or XLSX",
}


@dataclass(frozen=True)
class RowProblem:
    """The reason a row is left out. `number` counts from the first row below the headings, which is 1."""

    number: int
    code: str
    cells: int = 0
    columns: int = 0

    def __str__(self) -> str:
        return f"row {self.number}: {ROW_PROBLEMS[self.code].format(cells=self.cells, columns=self.columns)}"


class UnreadableFile(ValueError):
    """A file that cannot be read as a table; `code` is a key of FILE_PROBLEMS."""

    def __init__(self, code: str, *, most: int = 0) -> None:
        super().__init__(FILE_PROBLEMS[code].format(most=most))
        self.code = code
        self.most = most
