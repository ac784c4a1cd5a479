"""Meaning of the columns of a plain table of voices, statements or votes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.db import models
from django.utils.translation import gettext_lazy

from massline.core.invisible_characters import strip_control_characters
from massline.desk.listen.import_export.upload_reader import UnusableFile
from massline.tables.column_kinds import find_text_column, is_blank_answer
from massline.tables.date_columns import DayColumn
from massline.tables.limits import Limits
from massline.tables.problems import UnreadableFile
from massline.tables.reading_options import NO_CHOICE, ReadingOptions, read_file
from massline.tables.table import Table
from massline.tables.vocabulary import normalise_heading, normalise_words, vocabulary, words_by_meaning
from massline.web.table_problem_messages import file_sentence

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
    ANSWER_TO = "answer_to", gettext_lazy("answers to the statement in its heading")
    STATE = "state", gettext_lazy("shown, held or turned down")
    REASON = "reason", gettext_lazy("why it was turned down")


NEEDED = {
    TableKind.VOICES: (ColumnMeaning.WORDS,),
    TableKind.STATEMENTS: (ColumnMeaning.WORDS,),
    TableKind.VOTES: (ColumnMeaning.PERSON, ColumnMeaning.STATEMENT, ColumnMeaning.ANSWER),
}
# Columns of a table of answers with a column for each statement.
REPEATABLE = frozenset({ColumnMeaning.ANSWER_TO})
_OF_ANSWERS = frozenset({ColumnMeaning.PERSON, ColumnMeaning.STATEMENT, ColumnMeaning.ANSWER})
_OF_STATEMENTS = frozenset({ColumnMeaning.STATE, ColumnMeaning.REASON})


def read_table(content: bytes, choices: ReadingOptions = NO_CHOICE) -> Table:
    """Read a table or a list by its content, and as somebody chose. Raises UnusableFile."""
    try:
        table = read_file(content, LIMITS, choices)
    except UnreadableFile as problem:
        raise UnusableFile(file_sentence(problem), code=problem.code) from problem
    return replace(table, rows=[[strip_control_characters(cell) for cell in row] for row in table.rows])


def guess_columns(table: Table) -> tuple[TableKind, list[ColumnMeaning]]:
    """Guess a table's kind and columns. When in doubt it is voices, which are not published."""
    words = vocabulary("words")
    preset = words.preset_of(table.headers)
    meanings: list[ColumnMeaning] = []
    for heading in table.headers:
        # Decidim has a column for each language: body/en.
        known = words.meaning_of(heading, preset) or words.meaning_of(heading.partition("/")[0], preset)
        meaning = ColumnMeaning(known) if known in ColumnMeaning.values else ColumnMeaning.NOTHING
        meanings.append(ColumnMeaning.NOTHING if meaning in meanings else meaning)
    if set(meanings) >= _OF_ANSWERS:
        return TableKind.VOTES, _without(meanings, _OF_STATEMENTS)
    wide = _answer_columns(table, meanings)
    if wide:
        return TableKind.VOTES, [
            ColumnMeaning.ANSWER_TO
            if place in wide
            else meaning
            if meaning == ColumnMeaning.PERSON
            else ColumnMeaning.NOTHING
            for place, meaning in enumerate(meanings)
        ]
    kind = TableKind(preset.kind) if preset and preset.kind else TableKind.VOICES
    meanings = _without(
        meanings, _OF_ANSWERS | (frozenset() if kind == TableKind.STATEMENTS else _OF_STATEMENTS)
    )
    if ColumnMeaning.DAY in meanings:
        # An unreadable timestamp must not keep the words beside it from being imported.
        written = table.column(meanings.index(ColumnMeaning.DAY))
        if not DayColumn(written).reads(written[:200]):
            meanings[meanings.index(ColumnMeaning.DAY)] = ColumnMeaning.NOTHING
    if ColumnMeaning.WORDS not in meanings:
        unused = frozenset(preset.columns if preset else ())
        free = [
            table.column(place)
            if not meaning and normalise_heading(table.headers[place]) not in unused
            else []
            for place, meaning in enumerate(meanings)
        ]
        place = find_text_column(free)
        if place is not None:
            meanings[place] = ColumnMeaning.WORDS
    return kind, meanings


def _without(meanings: list[ColumnMeaning], others: frozenset[ColumnMeaning]) -> list[ColumnMeaning]:
    return [ColumnMeaning.NOTHING if meaning in others else meaning for meaning in meanings]


def _answer_columns(table: Table, meanings: Sequence[ColumnMeaning]) -> set[int]:
    """Places of columns that answer the statement in their heading; empty unless there are two with words in them."""
    answers = words_by_meaning("answers")
    found: set[int] = set()
    has_words = False
    for place, heading in enumerate(table.headers):
        cells = [normalise_words(cell) for cell in table.column(place)[:200] if not is_blank_answer(cell)]
        known = [cell for cell in cells if cell in answers]
        if (
            not cells
            or len(known) < 0.8 * len(cells)
            or meanings[place] in {ColumnMeaning.PERSON, ColumnMeaning.MOOD}
        ):
            continue
        spelled = any(not cell.lstrip("+-−").replace(".", "").isdecimal() for cell in known)
        if spelled or len(heading.split()) > 2:
            found.add(place)
            has_words = True
    return found if has_words and len(found) > 1 else set()


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
