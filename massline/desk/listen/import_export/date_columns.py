"""Days as tables write them. Which number is the month is told by the whole column, or it is not told at all."""

import re
from collections.abc import Iterable
from datetime import date

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_OTHER = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")


class Days:
    """How one column writes its days.

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
            found = _OTHER.match(cell)
            if (found and found[2] == ".") or (found and int(found[1]) > 12):
                self.month_first = False
            elif found and int(found[3]) > 12:
                self.month_first = True

    def read(self, cell: str) -> date:
        """Give the day, a time behind it left out; raises ValueError where it may be either of two."""
        if found := _ISO.match(cell):
            return date(int(found[1]), int(found[2]), int(found[3]))
        found = _OTHER.match(cell)
        if found is None or (self.month_first is None and found[1] != found[3]):
            raise ValueError(cell)
        one, two, year = int(found[1]), int(found[3]), int(found[4])
        return date(year, one, two) if self.month_first else date(year, two, one)

    def reads(self, cells: Iterable[str]) -> bool:
        """Say whether every cell that holds something can be read."""
        try:
            for cell in cells:
                if cell.strip():
                    self.read(cell.strip())
        except ValueError:
            return False
        return True
