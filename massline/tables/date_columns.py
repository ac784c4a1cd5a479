"""Days and times in tables. The order of day and month is told by the whole column, or left open and asked."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from massline.tables.vocabulary import month_of

_YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})\s?([/.\-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d/.-])")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?\d{6}Z?)?$")
_NAMED = re.compile(
    r"(?:[^\W\d_]+\.?,?\s+)??(\d{1,2})(?:\.|st|nd|rd|th|er|º)?(?:\s+(?:de|d')?\s*|[-/.])([^\W\d_]+)\.?,?(?:\s+(?:de|del)\s+|[\s-]+)(\d{4})"
)
_NAME_FIRST = re.compile(r"(?:[^\W\d_]+,?\s+)??([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
# Day 0 of workbooks, which count a 29 February 1900 that never was.
_SERIAL_START = date(1899, 12, 30)
_EARLIEST, _LATEST = 1900, 2199


class DayColumn:
    """The way one column writes its days.

    `is_month_first` is None as long as nothing tells day and month apart; `is_open` says that this matters for a cell.

    Examples
    --------
    >>> DayColumn(["11/20/2026 10:03:11", "3/4/2026"]).read("3/4/2026")
    datetime.date(2026, 3, 4)
    >>> DayColumn(["3.4.2026"]).read("3.4.2026")
    datetime.date(2026, 4, 3)
    >>> DayColumn(["3/4/2026"]).is_open
    True
    """

    def __init__(self, cells: Iterable[str], *, month_first: bool | None = None) -> None:
        self.month_first = month_first
        self.is_open = False
        told: set[bool] = set()
        open_cells = False
        for cell in {cell[:60] for cell in cells}:
            match = _YEAR_LAST.match(_plain(cell))
            if match is None or not _is_month_or_day(match):
                continue
            first, second = int(match[1]), int(match[3])
            if match[2] == "." or first > 12 >= second:
                told.add(False)
            elif second > 12 >= first:
                told.add(True)
            elif first != second:
                open_cells = True
        if month_first is None and len(told) == 1:
            self.month_first = told.pop()
        elif month_first is None:
            # Both orders in one column: each cell that has one reading is read by it, the others are asked about.
            self.is_open = open_cells

    def read(self, cell: str) -> date:
        """Parse a day, ignoring a time after it. Raises ValueError if it has no reading, or more than one."""
        text = _plain(cell)
        if match := _YEAR_FIRST.match(text) or _COMPACT.match(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _YEAR_LAST.match(text):
            return self._with_year_last(match, cell)
        if (match := _NAMED.match(text)) and (month := month_of(match[2])):
            return date(int(match[3]), month, int(match[1]))
        if (match := _NAME_FIRST.match(text)) and (month := month_of(match[1])):
            return date(int(match[3]), month, int(match[2]))
        if match := _SERIAL.fullmatch(text):
            return _SERIAL_START + timedelta(days=int(match[1]))
        if _EPOCH.fullmatch(text):
            return moment_from_epoch(float(text)).date()
        raise ValueError(cell)

    def _with_year_last(self, match: re.Match[str], cell: str) -> date:
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        year += 2000 if len(match[4]) == 2 and year < 70 else 1900 if len(match[4]) == 2 else 0
        if match[2] == "." or first > 12:
            return date(year, second, first)
        if second > 12 or first == second or self.month_first:
            return date(year, first, second)
        if self.month_first is None:
            raise ValueError(cell)
        return date(year, second, first)

    def reads(self, cells: Iterable[str]) -> bool:
        """True if every cell that is not empty can be parsed to a day that people write, and some cell is."""
        filled = [cell for cell in cells if cell.strip()]
        try:
            return bool(filled) and all(_EARLIEST <= self.read(cell).year <= _LATEST for cell in filled)
        except (ValueError, OverflowError):
            return False


def moment_from_epoch(number: float) -> datetime:
    """A moment as seconds or milliseconds since 1970. Raises ValueError beyond the calendar."""
    seconds = number / 1000 if abs(number) > 1e11 else number
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError) as problem:
        raise ValueError(str(number)) from problem


def _is_month_or_day(match: re.Match[str]) -> bool:
    return 1 <= int(match[1]) <= 31 and 1 <= int(match[3]) <= 31


def _plain(cell: str) -> str:
    """A cell with its digits as 0 to 9 and without marks of direction."""
    text = cell.strip().strip("\u200e\u200f\u202a\u202c\ufeff[")
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
