"""What the cells of a column look like: language, days, numbers, codes, addresses. Headings are not read here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from massline.tables.date_columns import DayColumn
from massline.tables.limits import LONGEST_LOOKED_AT
from massline.tables.number_columns import NumberColumn

SAMPLE = 200
MAIL = re.compile(r"[^\s@<>;,]+@[^\s@<>;,]+\.[^\s@<>;,]+")
PHONE = re.compile(r"\+?[\d\u0660-\u0669\u06f0-\u06f9][\d\u0660-\u0669\u06f0-\u06f9\s()./\u2011-]*")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_CODE = re.compile(r"(?=\S*\d)[\w.:/{}#-]+|[0-9a-fA-F-]{16,}")
_HOUR = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?:\s?[ap]\.?m\.?)?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Scripts that put no spaces between words.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\u1780-\u17ff\u1000-\u109f\u0e80-\u0eff]")
NOTHING_SAID = frozenset(
    {
        *("n/a", "na", "n.a.", "#n/a", "none", "nothing", "null", "nil", "-", "--", "–", "—", ".", "?", "x"),
        *("no answer", "no response", "prefer not to say", "k.a.", "keine angabe", "keine", "nichts"),
        *(
            "ninguno",
            "ninguna",
            "nada",
            "sin respuesta",
            "aucun",
            "aucune",
            "rien",
            "néant",
            "nenhum",
            "nenhuma",
        ),
        *("لا شيء", "لا يوجد", "لا جواب"),
    }
)


def is_blank_answer(text: str) -> bool:
    """True for an empty cell and for the words people write into one to say that it is empty."""
    return text.strip().casefold() in NOTHING_SAID or not text.strip()


@dataclass(frozen=True)
class ColumnKind:
    """Shares of a column's filled cells, 0 to 1. `language` is high for sentences, `distinct` for cells that differ."""

    filled: int
    language: float = 0.0
    distinct: float = 0.0
    mails: float = 0.0
    phones: float = 0.0
    is_day: bool = False
    is_number: bool = False
    is_code: bool = False

    @property
    def may_be_words(self) -> bool:
        """False for days, numbers, codes, links and addresses: such a column is never somebody's words."""
        return self.filled > 0 and not (self.is_day or self.is_number or self.is_code) and self.mails < 0.5


def measure_column_kind(cells: Sequence[str]) -> ColumnKind:
    """Look at the beginnings of the first filled cells of a column; patterns take the square of a cell's length."""
    beginnings = (cell[:LONGEST_LOOKED_AT].strip() for cell in cells)
    some = list(islice((cell for cell in beginnings if not is_blank_answer(cell)), SAMPLE))
    if not some:
        return ColumnKind(0)
    n = len(some)
    codes = sum(
        bool(_LINK.fullmatch(cell) or _HOUR.fullmatch(cell) or _CODE.fullmatch(cell)) for cell in some
    )
    return ColumnKind(
        filled=n,
        language=sum(map(_language, some)) / n,
        distinct=len(set(some)) / n,
        mails=sum(bool(MAIL.search(cell)) for cell in some) / n,
        phones=sum(is_phone(cell) for cell in some) / n,
        is_day=DayColumn(some, month_first=False).reads(some) or DayColumn(some).reads(some),
        is_number=NumberColumn(some).reads(some),
        is_code=codes > n / 2,
    )


def is_phone(text: str) -> bool:
    """True for a number that can be called, as people write it."""
    digits = sum(sign.isdecimal() for sign in text)
    return 6 <= digits <= 17 and bool(PHONE.fullmatch(text.strip()))


def _language(cell: str) -> float:
    """How much a cell reads like a sentence: 0 for one word, 1 from six words on."""
    unspaced = len(_UNSPACED.findall(cell))
    words = len(_WORD.findall(cell)) + unspaced / 2
    return min(1.0, max(0.0, (words - 1) / 5))


def find_text_column(columns: Sequence[Sequence[str]]) -> int | None:
    """The place of the column that reads most like language; None where no column can be somebody's words."""
    kinds = [measure_column_kind(cells) for cells in columns]
    scored = [
        (round(kind.language * (0.3 + 0.7 * kind.distinct), 3), kind.distinct, -place)
        for place, kind in enumerate(kinds)
        if kind.may_be_words
    ]
    return -max(scored)[2] if scored else None
