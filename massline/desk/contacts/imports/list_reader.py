"""Reader of lists from other tools: any common table, and people as OSDI (JSON) or vCard.

Everything stays in memory, so unsealed names never touch a disk.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from django.utils.translation import gettext as _

from massline.core.formula_guard import unguard_cell
from massline.core.invisible_characters import to_single_line
from massline.core.refusal import CodedError
from massline.desk.contacts.imports.people_files import read_cards, read_osdi
from massline.tables.encoding import decode
from massline.tables.limits import Limits
from massline.tables.problems import UnreadableFile
from massline.tables.reading_options import NO_CHOICE, ReadingOptions, read_file
from massline.tables.table import Table
from massline.web.table_problem_messages import file_sentence

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5000, 60, 240
# Empty lines and empty cells take time and memory too.
LIMITS = Limits(MOST_ROWS, MOST_COLUMNS, (MOST_ROWS + 2) * (MOST_COLUMNS + 1), LONGEST_CELL)


class UnreadableTable(CodedError):
    """The reason a list could not be read; nothing of it was stored."""


def read_table(content: bytes, choices: ReadingOptions = NO_CHOICE) -> Table:
    """Read a list by its content, and as somebody chose.

    Raises UnreadableTable with a sentence for the person who imports it.
    """
    head = content[:200].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head[:1] in {b"{", b"["}:
        table = _people(read_osdi, content, "no-osdi")
    elif head[:11].upper() == b"BEGIN:VCARD":
        table = _people(read_cards, content, "no-vcard")
    else:
        try:
            table = read_file(content, LIMITS, choices)
        except UnreadableFile as problem:
            raise UnreadableTable(file_sentence(problem), code=problem.code) from problem
    if not table.rows:
        raise UnreadableTable(
            _("Nothing was imported: there are no people below the headings."), code="no-rows"
        )
    return replace(
        table,
        headers=[_clean(header) for header in table.headers],
        rows=[[_clean(cell) for cell in row] for row in table.rows],
    )


def _people(read: Callable[[str], Iterator[list[str]]], content: bytes, code: str) -> Table:
    try:
        headers, *rows = islice(read(decode(content).text), MOST_ROWS + 2)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise UnreadableTable(
            _("Nothing was imported: this file has no people in OSDI or vCard format."), code=code
        ) from problem
    if len(rows) > MOST_ROWS:
        refused = UnreadableFile("too-many-rows", most=MOST_ROWS)
        raise UnreadableTable(file_sentence(refused), code=refused.code)
    return Table(headers, rows)


def _clean(cell: str) -> str:
    return unguard_cell(" ".join(to_single_line(str(cell)).split())[:LONGEST_CELL], phones=True)
