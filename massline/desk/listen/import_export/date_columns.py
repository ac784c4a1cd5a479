"""Dates in tables. The order of day and month is inferred from the whole column, or left open."""

import re
from collections.abc import Iterable
from datetime import date

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_OTHER = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")


class DateColumn:
    """The date format of one column.

    Examples
    --------
    >>> Days(["11/20/2026 10:03:11", "3/4/2026"]).read("3/4/2026")
    datetime.date(2026, 3, 4)
    >>> Days(["3.4.2026"]).read("3.4.2026")
    datetime.date(2026, 4, 3)
    """

    def __init__(self, cells: Iterable[str]) -> None:
        self.month_first: bool | None = None
        for cell in cells:
            match = _OTHER.match(cell)
            if (match and match[2] == ".") or (match and int(match[1]) > 12):
                self.month_first = False
            elif match and int(match[3]) > 12:
                self.month_first = True

    def read(self, cell: str) -> date:
        """Parse a date, ignoring a time after it. Raises ValueError if day and month cannot be told apart."""
        if match := _ISO.match(cell):
            return date(int(match[1]), int(match[2]), int(match[3]))
        match = _OTHER.match(cell)
        if match is None or (self.month_first is None and match[1] != match[3]):
            raise ValueError(cell)
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        return date(year, first, second) if self.month_first else date(year, second, first)

    def reads(self, cells: Iterable[str]) -> bool:
        """True if every cell that is not empty can be parsed."""
        try:
            for cell in cells:
                if cell.strip():
                    self.read(cell.strip())
        except ValueError:
            return False
        return True
