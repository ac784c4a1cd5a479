"""Conversion of plain tables of statements or answers into the folder of a Polis export."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from massline.core.formula_guard import unguard_cell
from massline.desk.listen.import_export.column_mapping import ColumnMeaning, rows_by_meaning
from massline.files.votes_table import VALUES
from massline.square.conversations.models import LONGEST_STATEMENT, Conversation, StatementState
from massline.square.conversations.polis.folder_reader import Folder, ReadStatement, Votes
from massline.tables.column_kinds import is_blank_answer
from massline.tables.table import Table
from massline.tables.vocabulary import normalise_words, words_by_meaning


def folder_from_statements(table: Table, meanings: Sequence[ColumnMeaning]) -> tuple[Folder, list[str]]:
    """Read one statement per row, skipping repeats; return the folder and the problems by row.

    What was turned down or held stays so, with its reason.
    """
    texts: dict[str, int] = {}
    states: dict[int, tuple[str, str]] = {}
    problems: list[str] = []
    for row, values in rows_by_meaning(table, meanings):
        text = unguard_cell(values.get(ColumnMeaning.WORDS, "").strip())
        problem = _text_problem(text)
        if problem:
            problems.append(_("Row %(row)d: %(why)s") % {"row": row, "why": problem})
            continue
        number = texts.setdefault(text, len(texts))
        states[number] = (
            _state(values.get(ColumnMeaning.STATE, "")),
            unguard_cell(values.get(ColumnMeaning.REASON, "")),
        )
    return _folder(texts, [], {}, 0, states), problems


def _state(cell: str) -> str:
    """The state of a statement by our own word or the number of Polis; a word that is not known holds it back."""
    text = cell.strip().casefold().replace(" ", "_")
    known = {
        "": "shown",
        "1": "shown",
        "accepted": "shown",
        "0": "held",
        "-1": "turned_down",
        "rejected": "turned_down",
    }
    state = known.get(text, text)
    return state if state in StatementState.values else StatementState.HELD.value


def unknown_answers(table: Table, meanings: Sequence[ColumnMeaning]) -> Counter[str]:
    """Answers in words that are not known, with their counts."""
    known = words_by_meaning("answers")
    return Counter(
        normalise_words(answer)
        for _row, _person, _cell, _words, answer in _answers(table, meanings)
        if answer and normalise_words(answer) not in known
    )


def folder_from_answers(
    table: Table,
    meanings: Sequence[ColumnMeaning],
    conversation: Conversation,
    said: Mapping[str, str] | None = None,
) -> tuple[Folder, list[str]]:
    """Read one answer per row; statements are identified by their words or by their number in the conversation."""
    known_texts = {
        str(number): text for number, text in conversation.statements.values_list("number", "text")
    }
    has_words = ColumnMeaning.WORDS in meanings and ColumnMeaning.ANSWER_TO not in meanings
    texts: dict[str, int] = {}
    kept: dict[tuple[str, int], int] = {}
    problems: list[str] = []
    answers_count = 0
    for row, person, cell, words, answer in _answers(table, meanings):
        text = words.strip() if has_words else known_texts.get(cell, cell)
        word = normalise_words(answer)
        value = VALUES.get(words_by_meaning("answers").get(word, "") or (said or {}).get(word, ""))
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


def _answers(table: Table, meanings: Sequence[ColumnMeaning]) -> Iterator[tuple[int, str, str, str, str]]:
    """Every answer as its row, its person, the statement's number or heading, the statement's words, and the answer.

    Where each statement has a column, a row is one person; an empty cell there is no answer.
    """
    wide = [place for place, meaning in enumerate(meanings) if meaning == ColumnMeaning.ANSWER_TO]
    if not wide:
        for number, values in rows_by_meaning(table, meanings):
            yield (
                number,
                values.get(ColumnMeaning.PERSON, ""),
                values.get(ColumnMeaning.STATEMENT, ""),
                values.get(ColumnMeaning.WORDS, ""),
                values.get(ColumnMeaning.ANSWER, ""),
            )
        return
    named = meanings.index(ColumnMeaning.PERSON) if ColumnMeaning.PERSON in meanings else None
    for number, row in zip(table.numbers, table.rows, strict=True):
        person = (row[named].strip() if named is not None else "") or str(number)
        for place in wide:
            if not is_blank_answer(row[place]):
                yield number, person, table.headers[place], "", row[place].strip()


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


def _folder(
    texts: dict[str, int],
    people: list[int],
    votes: Votes,
    replaced: int,
    states: Mapping[int, tuple[str, str]] | None = None,
) -> Folder:
    today: date = timezone.localdate()
    statements = [
        ReadStatement(
            number=number,
            text=text,
            author=-1,
            state=(states or {}).get(number, (StatementState.SHOWN.value, ""))[0],
            made_on=today,
            seed=False,
            reason=(states or {}).get(number, ("", ""))[1],
            uuid=None,
        )
        for text, number in texts.items()
    ]
    return Folder("", "", "", statements, people, votes, replaced)
