"""Problems of files and rows in the language of the page."""

from django.utils.translation import gettext as _

from massline.tables.problems import RowProblem, UnreadableFile
from massline.tables.table import Table


def file_sentence(problem: UnreadableFile) -> str:
    """The reason a file could not be read, and what to do."""
    return {
        "empty-file": _("Nothing was imported: the file is empty."),
        "no-table": _(
            "Nothing was imported: this is not a table. Save it as CSV, XLSX or ODS and send it again."
        ),
        "no-rows": _("Nothing was imported: there are headings at most, and nothing below them."),
        "too-many-rows": _("Nothing was imported: more than %(n)d rows. Send the table in parts."),
        "too-many-columns": _("Nothing was imported: more than %(n)d columns. Leave some of them out."),
        "too-many-files": _("Nothing was imported: more than %(n)d files in one archive."),
        "broken-archive": _(
            "Nothing was imported: the archive does not open. Make it again, without a password."
        ),
        "archive-in-archive": _(
            "Nothing was imported: there is an archive inside an archive. Send the files in one zip."
        ),
        "too-large-unpacked": _(
            "Nothing was imported: the file unpacks to far more than such a table holds."
        ),
        "broken-workbook": _("Nothing was imported: this sheet does not open. Save it as CSV and send that."),
        "locked-workbook": _(
            "Nothing was imported: the file is locked with a password. Save it without one and send it again."
        ),
        "broken-quotes": _(
            "Nothing was imported: in many rows a quotation mark opens and never closes. Save the table again as CSV "
            "or XLSX."
        ),
    }[problem.code] % {"n": problem.most}


def table_notes(table: Table) -> list[str]:
    """What a person should know of how a table was read: the line of headings, sheets, and letters that were guessed."""
    notes = []
    if table.heading_row > 1:
        notes.append(
            _("Line %(line)d holds the headings; the lines above it were left out.")
            % {"line": table.heading_row}
        )
    if len(table.sheets) > 1:
        notes.append(
            _("The sheets %(names)s were read together.")
            % {"names": ", ".join(f"“{name}”" for name in table.sheets)}
        )
    notes += [
        _("The sheet “%(name)s” has other columns and was left out.") % {"name": name}
        for name in table.sheets_left_out
    ]
    if table.encoding:
        notes.append(
            _(
                "The file does not say how its letters are written; we read them as %(encoding)s. Please check them."
            )
            % {"encoding": table.encoding}
        )
    return notes


def row_sentences(table: Table) -> list[str]:
    """The rows of a table that are left out, each with its reason."""
    return [row_sentence(problem) for problem in table.named_problems]


def row_sentence(problem: RowProblem) -> str:
    """The reason a row is left out, with its number."""
    why = {
        "empty-row": _("Row %(row)d is empty."),
        "no-words": _("Row %(row)d is a notice of the app or a picture, not words."),
        "open-quote": _("Row %(row)d: a quotation mark opens and never closes. Add the closing one."),
        "too-many-cells": _(
            "Row %(row)d has %(cells)d cells, and the table has %(columns)d columns. Put quotation marks around a cell "
            "that holds the sign between cells."
        ),
    }[problem.code]
    return why % {"row": problem.number, "cells": problem.cells, "columns": problem.columns}
