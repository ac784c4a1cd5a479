"""Meaning of the columns of a plain table of voices, statements or votes."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from massline.core.plain_text import without_controls
from massline.core.table_limits import TooManyColumns, TooManyRows, counted_lines
from massline.desk.listen.import_export.archive_reader import UnusableFile, decode_text, find_delimiter
from massline.desk.listen.import_export.date_columns import DateColumn

MOST_COLUMNS = 60
MOST_ROWS = 200_000
# Empty lines and empty cells take memory too; a cell of words may hold that many commas.
MOST_LINES, MOST_CELLS, MOST_COMMAS_IN_A_CELL = 2 * MOST_ROWS, 1_000_000, 100


class TableKind(models.TextChoices):
    """Kinds of tables that can be imported."""

    VOICES = "voices", gettext_lazy("What people said. Only organisers see it, like door reports.")
    STATEMENTS = "statements", gettext_lazy("Statements to agree or disagree with. Everyone can see them.")
    VOTES = "votes", gettext_lazy("Statements with people’s answers, one answer per row.")
    POLIS = "polis", gettext_lazy("A conversation from Polis, or from Massline.")


class ColumnMeaning(models.TextChoices):
    """Meanings of a column; columns without one are not imported."""

    NOTHING = "", gettext_lazy("leave out")
    WORDS = "words", gettext_lazy("what they said")
    SECTION = "section", gettext_lazy("section")
    WHAT = "what", gettext_lazy("kind: said, asked, needs or offers")
    DAY = "day", gettext_lazy("day")
    MOOD = "mood", gettext_lazy("mood, 1 to 5 or in words")
    LANGUAGE = "language", gettext_lazy("language")
    PERSON = "person", gettext_lazy("who answered (a number or code)")
    STATEMENT = "statement", gettext_lazy("which statement")
    ANSWER = "answer", gettext_lazy("the answer: agree, disagree or pass")


NEEDED = {
    TableKind.VOICES: (ColumnMeaning.WORDS,),
    TableKind.STATEMENTS: (ColumnMeaning.WORDS,),
    TableKind.VOTES: (ColumnMeaning.PERSON, ColumnMeaning.STATEMENT, ColumnMeaning.ANSWER),
}
_HEADINGS = {
    ColumnMeaning.WORDS: "words text voice voices said comment comments commentbody statementtext body sentence quote theirwords theirownwords answertext "
    "response texto comentario palabras aussage wortlaut نص كلام",
    ColumnMeaning.SECTION: "section block building department site sección sektion abteilung haus قسم",
    ColumnMeaning.WHAT: "kind type what tipo art نوع",
    ColumnMeaning.DAY: "day date when datum fecha timestamp createdat تاريخ",
    ColumnMeaning.MOOD: "mood ánimo stimmung مزاج",
    ColumnMeaning.LANGUAGE: "language lang idioma sprache لغة",
    ColumnMeaning.PERSON: "participant participantid person voter voterid pseudonym respondent who",
    ColumnMeaning.STATEMENT: "statement statementid commentid item question",
    ColumnMeaning.ANSWER: "value vote answer choice voto stimme",
}


@dataclass(frozen=True)
class Table:
    headers: list[str]
    rows: list[list[str]]

    def examples(self, column: int) -> list[str]:
        return [row[column] for row in self.rows[:40] if row[column].strip()][:2]


def read_table(content: bytes) -> Table:
    """Parse CSV; every row is padded or cut to the number of headings. Raises UnusableFile."""
    text = decode_text(content)
    first = text.lstrip().split("\n", 1)[0]
    csv.field_size_limit(1_000_000)
    try:
        rows = _read_rows(text, find_delimiter(first))
    except TooManyRows as problem:
        raise UnusableFile(
            _("Nothing was imported: more than %(n)d rows. Import it in parts.") % {"n": MOST_ROWS},
            code="too-many-rows",
        ) from problem
    except TooManyColumns as problem:
        raise UnusableFile(
            _("Nothing was imported: more than %(n)d columns.") % {"n": MOST_COLUMNS}, code="too-many-columns"
        ) from problem
    except csv.Error as problem:
        raise UnusableFile(
            _("Nothing was imported: this is not a table. Save it as CSV and send it again."), code="no-table"
        ) from problem
    if len(rows) < 2:
        raise UnusableFile(_("Nothing was imported: there are no rows below the headings."), code="no-rows")
    if len(rows[0]) > MOST_COLUMNS:
        raise UnusableFile(
            _("Nothing was imported: more than %(n)d columns.") % {"n": MOST_COLUMNS}, code="too-many-columns"
        )
    width = len(rows[0])
    return Table([header.strip() for header in rows[0]], [(row + [""] * width)[:width] for row in rows[1:]])


def _read_rows(text: str, delimiter: str) -> list[list[str]]:
    """Rows with something in them, counted while they are read. Raises TooManyRows or TooManyColumns."""
    rows: list[list[str]] = []
    cells = 0
    lines = counted_lines(
        text, delimiter=delimiter, most_lines=MOST_LINES, most_columns=MOST_COLUMNS * MOST_COMMAS_IN_A_CELL
    )
    for row in csv.reader(lines, delimiter=delimiter):
        if any(row):
            rows.append([without_controls(cell) for cell in row])
            cells += len(row)
        if len(rows) > MOST_ROWS + 1 or cells > MOST_CELLS:
            raise TooManyRows(str(MOST_ROWS))
    return rows


def guess_columns(table: Table) -> tuple[TableKind, list[ColumnMeaning]]:
    """Guess a table's kind and columns. When in doubt it is voices, which are not published."""
    meanings: list[ColumnMeaning] = []
    for header in table.headers:
        bare = "".join(char for char in header.casefold() if char.isalnum())
        means = next(
            (meaning for meaning, words in _HEADINGS.items() if bare in words.split()), ColumnMeaning.NOTHING
        )
        meanings.append(ColumnMeaning.NOTHING if means in meanings else means)
    if {ColumnMeaning.PERSON, ColumnMeaning.STATEMENT, ColumnMeaning.ANSWER} <= set(meanings):
        return TableKind.VOTES, meanings
    if ColumnMeaning.DAY in meanings:
        # An unreadable timestamp must not keep the words beside it from being imported.
        written = [row[meanings.index(ColumnMeaning.DAY)] for row in table.rows]
        if not DateColumn(written).reads(written[:200]):
            meanings[meanings.index(ColumnMeaning.DAY)] = ColumnMeaning.NOTHING
    if ColumnMeaning.WORDS not in meanings:
        meanings[_wordiest(table)] = ColumnMeaning.WORDS
    return TableKind.VOICES, meanings


def _wordiest(table: Table) -> int:
    """Index of the column with the most text."""
    some = table.rows[:200]
    return max(range(len(table.headers)), key=lambda column: sum(len(row[column]) for row in some))


def rows_by_meaning(
    table: Table, meanings: Sequence[ColumnMeaning]
) -> Iterator[tuple[int, dict[ColumnMeaning, str]]]:
    """Yield rows keyed by column meaning, numbered from 1 below the headings; words are not stripped."""
    for number, row in enumerate(table.rows, start=1):
        values = {means: cell for means, cell in zip(meanings, row, strict=True) if means}
        yield (
            number,
            {
                meaning: cell if meaning == ColumnMeaning.WORDS else cell.strip()
                for meaning, cell in values.items()
            },
        )
