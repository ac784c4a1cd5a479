"""Conversion of plain tables of statements or answers into the folder of a Polis export."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from massline.desk.listen.import_export.column_mapping import ColumnMeaning, rows_by_meaning
from massline.files.votes_table import VALUES
from massline.square.conversations.models import LONGEST_STATEMENT, Conversation, StatementState
from massline.square.conversations.polis.folder_reader import Folder, ReadStatement, Votes
from massline.tables.table import Table
from massline.tables.vocabulary import folded, words_of


def folder_from_statements(table: Table, meanings: Sequence[ColumnMeaning]) -> tuple[Folder, list[str]]:
    """Read one statement per row, skipping repeats; return the folder and the problems by row."""
    texts: dict[str, int] = {}
    problems: list[str] = []
    for row, values in rows_by_meaning(table, meanings):
        text = values.get(ColumnMeaning.WORDS, "").strip()
        problem = _text_problem(text)
        if problem:
            problems.append(_("Row %(row)d: %(why)s") % {"row": row, "why": problem})
        else:
            texts.setdefault(text, len(texts))
    return _folder(texts, [], {}, 0), problems


def folder_from_answers(
    table: Table, meanings: Sequence[ColumnMeaning], conversation: Conversation
) -> tuple[Folder, list[str]]:
    """Read one answer per row; statements are identified by their words or by their number in the conversation."""
    known_texts = {
        str(number): text for number, text in conversation.statements.values_list("number", "text")
    }
    has_words = ColumnMeaning.WORDS in meanings
    texts: dict[str, int] = {}
    kept: dict[tuple[str, int], int] = {}
    problems: list[str] = []
    answers_count = 0
    for row, values in rows_by_meaning(table, meanings):
        person, cell = values.get(ColumnMeaning.PERSON, ""), values.get(ColumnMeaning.STATEMENT, "")
        text = values.get(ColumnMeaning.WORDS, "").strip() if has_words else known_texts.get(cell, cell)
        value = VALUES.get(words_of("answers").get(folded(values.get(ColumnMeaning.ANSWER, "")), ""))
        problem = _answer_problem(person, text, value, cell)
        if problem:
            problems.append(_("Row %(row)d: %(why)s") % {"row": row, "why": problem})
            continue
        assert value is not None
        answers_count += 1
        kept[person, texts.setdefault(text, len(texts))] = value
    people = {name: number for number, name in enumerate(sorted({person for person, _number in kept}))}
    today = timezone.localdate()
    votes: Votes = {(people[person], number): (value, today) for (person, number), value in kept.items()}
    return _folder(texts, sorted(people.values()), votes, answers_count - len(kept)), problems


def _answer_problem(person: str, text: str, value: int | None, cell: str) -> str:
    if not person:
        return _("it doesn’t say who answered; a number or a code is enough.")
    if value is None:
        return _("the answer must be agree, disagree or pass, or 1, -1 or 0.")
    if text == cell and cell.isdecimal():
        return _("there is no statement %(n)s here, and no column with its text.") % {"n": cell[:9]}
    return _text_problem(text)


def _text_problem(text: str) -> str:
    if not text:
        return _("there is no text in it.")
    if len(text) > LONGEST_STATEMENT:
        return _("over %(n)d characters. Split it into two statements.") % {"n": LONGEST_STATEMENT}
    return ""


def _folder(texts: dict[str, int], people: list[int], votes: Votes, replaced: int) -> Folder:
    today: date = timezone.localdate()
    statements = [
        ReadStatement(
            number=number,
            text=text,
            author=-1,
            state=StatementState.SHOWN.value,
            made_on=today,
            seed=False,
            reason="",
            uuid=None,
        )
        for text, number in texts.items()
    ]
    return Folder("", "", "", statements, people, votes, replaced)
