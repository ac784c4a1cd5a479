"""A plain table of voices, statements or votes: which column is what, and what each row says."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from massline.desk.listen.import_export.archive_reader import Unusable, delimiter_of, letters
from massline.desk.listen.import_export.date_columns import Days

MOST_COLUMNS = 60
MOST_ROWS = 200_000


class Kind(models.TextChoices):
    """What a file is, in the words of the page."""

    VOICES = "voices", gettext_lazy("What people said. It stays at the desk, like what is heard at doors.")
    STATEMENTS = "statements", gettext_lazy("Statements to agree or disagree with. They stand on the square.")
    VOTES = "votes", gettext_lazy("Statements, and how people answered them, one answer a row.")
    POLIS = "polis", gettext_lazy("A conversation from Polis, or from Massline.")


class Means(models.TextChoices):
    """What a column can be; what it is not is not kept."""

    NOTHING = "", gettext_lazy("leave it out")
    WORDS = "words", gettext_lazy("the words")
    SECTION = "section", gettext_lazy("section")
    WHAT = "what", gettext_lazy("said, asked, needs or offers")
    DAY = "day", gettext_lazy("day")
    MOOD = "mood", gettext_lazy("mood, 1 to 5 or in words")
    LANGUAGE = "language", gettext_lazy("language")
    PERSON = "person", gettext_lazy("who answered, as a number or a code")
    STATEMENT = "statement", gettext_lazy("which statement")
    ANSWER = "answer", gettext_lazy("the answer: agree, disagree or pass")


NEEDED = {
    Kind.VOICES: (Means.WORDS,),
    Kind.STATEMENTS: (Means.WORDS,),
    Kind.VOTES: (Means.PERSON, Means.STATEMENT, Means.ANSWER),
}
_HEADINGS = {
    Means.WORDS: "words text voice voices said comment comments commentbody statementtext body sentence quote theirwords theirownwords answertext "
    "response texto comentario palabras aussage wortlaut نص كلام",
    Means.SECTION: "section block building department site sección sektion abteilung haus قسم",
    Means.WHAT: "kind type what tipo art نوع",
    Means.DAY: "day date when datum fecha timestamp createdat تاريخ",
    Means.MOOD: "mood ánimo stimmung مزاج",
    Means.LANGUAGE: "language lang idioma sprache لغة",
    Means.PERSON: "participant participantid person voter voterid pseudonym respondent who",
    Means.STATEMENT: "statement statementid commentid item question",
    Means.ANSWER: "value vote answer choice voto stimme",
}


@dataclass(frozen=True)
class Table:
    headers: list[str]
    rows: list[list[str]]

    def examples(self, column: int) -> list[str]:
        return [row[column] for row in self.rows[:40] if row[column].strip()][:2]


def read(content: bytes) -> Table:
    """Read a table as it stands; every row has as many cells as there are headings."""
    text = letters(content)
    first = text.lstrip().split("\n", 1)[0]
    csv.field_size_limit(1_000_000)
    try:
        rows = [
            row
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(first))
            if any(row)
        ]
    except csv.Error as problem:
        raise Unusable(
            _("Nothing was taken: this is no table. Save it as CSV and send it again.")
        ) from problem
    if len(rows) < 2:
        raise Unusable(_("Nothing was taken: there are headings at most, and nothing below them."))
    if len(rows) > MOST_ROWS + 1:
        raise Unusable(_("Nothing was taken: more than %(n)d rows. Bring it in parts.") % {"n": MOST_ROWS})
    if len(rows[0]) > MOST_COLUMNS:
        raise Unusable(_("Nothing was taken: more than %(n)d columns.") % {"n": MOST_COLUMNS})
    width = len(rows[0])
    return Table([one.strip() for one in rows[0]], [(row + [""] * width)[:width] for row in rows[1:]])


def guess(table: Table) -> tuple[Kind, list[Means]]:
    """Say what a table seems to be. Where it may be either, it is voices: they do not go out."""
    found: list[Means] = []
    for header in table.headers:
        bare = "".join(char for char in header.casefold() if char.isalnum())
        means = next((one for one, words in _HEADINGS.items() if bare in words.split()), Means.NOTHING)
        found.append(Means.NOTHING if means in found else means)
    if {Means.PERSON, Means.STATEMENT, Means.ANSWER} <= set(found):
        return Kind.VOTES, found
    if Means.DAY in found:
        # A form's timestamp that cannot be read is no reason to lose the words beside it.
        written = [row[found.index(Means.DAY)] for row in table.rows]
        if not Days(written).reads(written[:200]):
            found[found.index(Means.DAY)] = Means.NOTHING
    if Means.WORDS not in found:
        found[_wordiest(table)] = Means.WORDS
    return Kind.VOICES, found


def _wordiest(table: Table) -> int:
    """The column in which most is written."""
    some = table.rows[:200]
    return max(range(len(table.headers)), key=lambda column: sum(len(row[column]) for row in some))


def cells(table: Table, meanings: Sequence[Means]) -> Iterator[tuple[int, dict[Means, str]]]:
    """Each row by what its columns mean, numbered from 1 below the headings; the words stay as they were written."""
    for number, row in enumerate(table.rows, start=1):
        said = {means: cell for means, cell in zip(meanings, row, strict=True) if means}
        yield number, {one: cell if one == Means.WORDS else cell.strip() for one, cell in said.items()}
