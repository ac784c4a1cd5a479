"""A plain table of statements, or of answers to them, as the folder of a Polis export would say the same."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from massline.desk.listen.import_export.column_mapping import Means, Table, cells
from massline.files.votes_table import CODES
from massline.square.conversations.models import LONGEST_STATEMENT, Conversation, StatementState
from massline.square.conversations.polis.folder_reader import Folder, ReadStatement, Votes

ANSWERS = CODES | {
    **dict.fromkeys(("yes", "agreed", "ja", "sí", "si", "نعم"), 1),
    **dict.fromkeys(("no", "disagreed", "nein", "لا"), -1),
    **dict.fromkeys(("unsure", "passed", "neutral"), 0),
}


def statements_of(table: Table, meanings: Sequence[Means]) -> tuple[Folder, list[str]]:
    """One statement a row, each once."""
    texts: dict[str, int] = {}
    problems: list[str] = []
    for row, said in cells(table, meanings):
        text = said.get(Means.WORDS, "").strip()
        why = _unfit(text)
        if why:
            problems.append(_("Row %(row)d: %(why)s") % {"row": row, "why": why})
        else:
            texts.setdefault(text, len(texts))
    return _folder(texts, [], {}, 0), problems


def answers_of(
    table: Table, meanings: Sequence[Means], conversation: Conversation
) -> tuple[Folder, list[str]]:
    """One answer a row. A statement is told by its words, or by its number in this conversation."""
    there = {str(number): text for number, text in conversation.statements.values_list("number", "text")}
    has_words = Means.WORDS in meanings
    texts: dict[str, int] = {}
    kept: dict[tuple[str, int], int] = {}
    problems: list[str] = []
    given = 0
    for row, said in cells(table, meanings):
        person, cell = said.get(Means.PERSON, ""), said.get(Means.STATEMENT, "")
        text = said.get(Means.WORDS, "").strip() if has_words else there.get(cell, cell)
        value = ANSWERS.get(said.get(Means.ANSWER, "").casefold())
        why = _why_not(person, text, value, cell)
        if why:
            problems.append(_("Row %(row)d: %(why)s") % {"row": row, "why": why})
            continue
        assert value is not None
        given += 1
        kept[person, texts.setdefault(text, len(texts))] = value
    people = {name: number for number, name in enumerate(sorted({person for person, _number in kept}))}
    today = timezone.localdate()
    votes: Votes = {(people[person], number): (value, today) for (person, number), value in kept.items()}
    return _folder(texts, sorted(people.values()), votes, given - len(kept)), problems


def _why_not(person: str, text: str, value: int | None, cell: str) -> str:
    if not person:
        return _("nobody is named who answered; a number or a code is enough.")
    if value is None:
        return _("the answer is none of agree, disagree or pass, nor 1, -1 or 0.")
    if text == cell and cell.isdecimal():
        return _("this conversation has no statement %(n)s, and no column holds its words.") % {"n": cell[:9]}
    return _unfit(text)


def _unfit(text: str) -> str:
    if not text:
        return _("there are no words in it.")
    if len(text) > LONGEST_STATEMENT:
        return _("longer than %(n)d characters. Make two statements of it.") % {"n": LONGEST_STATEMENT}
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
