"""What the cells of a list say about being contacted. A no in any column beats every yes, for its own way or for all.

Nothing is guessed: a word that is not known counts as no answer until somebody has said what it means.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from massline.tables.date_columns import DayColumn
from massline.tables.vocabulary import normalise_words, words_by_meaning


class ConsentAnswer(StrEnum):
    """An answer to whether we may contact somebody; SILENT where a cell is empty, UNREAD where its word is not known."""

    YES = "yes"
    NO = "no"
    OPEN = "open"
    SILENT = "silent"
    UNREAD = "unread"


# In a column that says no, only these take the no back; any other word there is a no.
_NOT_SO = frozenset(
    {
        *(
            "no",
            "n",
            "false",
            "f",
            "0",
            "0.0",
            "off",
            "none",
            "never",
            "null",
            "active",
            "valid",
            "ok",
            "not on hold",
        ),
        *(
            "subscribed",
            "clean",
            "good",
            "nein",
            "falsch",
            "non",
            "faux",
            "falso",
            "nao",
            "لا",
            "خطأ",
            "unchecked",
            "☐",
        ),
        *("opted in", "opt in", "opt-in", "n/a", "na", "-"),
    }
)


@dataclass(frozen=True)
class ListChoices:
    """What somebody decided about a list: that all of it agreed, on which day, words by what they mean, the order of days."""

    vouched: bool = False
    vouched_on: date | None = None
    words: Mapping[str, ConsentAnswer] = field(default_factory=dict)
    month_first: bool | None = None


NO_CHOICES = ListChoices()


@dataclass(frozen=True)
class ConsentColumn:
    """One column of consent and how it writes its days."""

    place: int
    says_no: bool
    days: DayColumn

    def answer(self, cell: str, choices: ListChoices) -> ConsentAnswer:
        """What a cell says. A day in a column of consent is the day of a yes, in a column of refusal that of a no."""
        text = normalise_words(cell)
        if not text and not cell.strip():
            return ConsentAnswer.SILENT
        if self.says_no:
            if text in choices.words:
                return ConsentAnswer.NO if choices.words[text] == ConsentAnswer.NO else ConsentAnswer.SILENT
            return ConsentAnswer.SILENT if text in _NOT_SO else ConsentAnswer.NO
        if self.is_day(cell):
            return ConsentAnswer.YES
        known = words_by_meaning("consent").get(text) or words_by_meaning("consent").get(cell.strip())
        return ConsentAnswer(known) if known else choices.words.get(text, ConsentAnswer.UNREAD)

    def is_day(self, cell: str) -> bool:
        """True for a day, also where day and month have two readings."""
        return DayColumn([cell], month_first=True).reads([cell]) or DayColumn(
            [cell], month_first=False
        ).reads([cell])

    def day(self, cell: str) -> date | None:
        try:
            return self.days.read(cell)
        except (ValueError, OverflowError):
            return None
