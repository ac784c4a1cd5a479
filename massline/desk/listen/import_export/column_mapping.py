"""Meaning of the columns of a plain table of voices, statements or votes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.db import models
from django.utils.translation import gettext_lazy

from massline.core.plain_text import without_controls
from massline.desk.listen.import_export.archive_reader import UnusableFile
from massline.tables.book import open_book
from massline.tables.days import DayColumn
from massline.tables.limits import Limits
from massline.tables.problems import UnreadableFile
from massline.tables.table import Table, shape_table
from massline.web.table_refusals import file_sentence

MOST_COLUMNS = 60
MOST_ROWS = 200_000
LIMITS = Limits(MOST_ROWS, MOST_COLUMNS, 1_000_000)


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


def read_table(content: bytes) -> Table:
    """Read a table by its content. Raises UnusableFile."""
    try:
        table = shape_table(open_book(content, LIMITS), LIMITS)
    except UnreadableFile as problem:
        raise UnusableFile(file_sentence(problem), code=problem.code) from problem
    return replace(table, rows=[[without_controls(cell) for cell in row] for row in table.rows])


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
        if not DayColumn(written).reads(written[:200]):
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
    for number, row in zip(table.numbers, table.rows, strict=True):
        values = {means: cell for means, cell in zip(meanings, row, strict=True) if means}
        yield (
            number,
            {
                meaning: cell if meaning == ColumnMeaning.WORDS else cell.strip()
                for meaning, cell in values.items()
            },
        )
