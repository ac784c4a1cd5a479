"""The columns of one file as text, with readers that name the row they cannot read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import isfinite
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from massline.files.unreadable_file import Unreadable
from massline.tables.date_columns import DayColumn
from massline.tables.number_columns import NumberColumn

Value = TypeVar("Value")
Column = list[str] | NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Columns:
    """The columns of one file as text, or as whole numbers where the file says so.

    An empty text is a value that is not there.
    """

    source: str
    rows: int
    values: dict[str, Column]
    header: Sequence[str] = ()

    def has(self, name: str) -> bool:
        return name in self.values

    def verbatim(self, name: str) -> list[str]:
        """A column as it stands."""
        column = self.values[name]
        return column if isinstance(column, list) else list(map(str, column.tolist()))

    def text(self, name: str) -> list[str]:
        """A column without spaces around the values."""
        return [value.strip() for value in self.verbatim(name)]

    def integers(self, name: str) -> NDArray[np.int64] | None:
        """A column of nothing but whole numbers, read at once; None where any value is written otherwise."""
        column = self.values[name]
        if not isinstance(column, list):
            return column
        try:
            known = {value: int(value) for value in set(column)}
        except ValueError:
            return None
        # 007 and 7 are different ids: only numbers in their plain form are numbers here.
        if any(str(number) != value or abs(number) >= 2**63 for value, number in known.items()):
            return None
        return np.fromiter(map(known.__getitem__, column), np.int64, len(column))

    def read(self, name: str, read: Callable[[str], Value], accepted: str) -> list[Value]:
        """Read each value of a column; the first that cannot be read is named with its row."""
        known: dict[str, Value] = {}
        out = []
        for row, value in enumerate(self.verbatim(name), start=1):
            if value not in known:
                try:
                    known[value] = read(value.strip())
                except ValueError:
                    raise self.bad(row, name, value, accepted) from None
            out.append(known[value])
        return out

    def days(self, name: str, *, month_first: bool | None = None) -> list[date | None]:
        """A column of days, in whatever way the column writes them; None where nothing is written.

        Raises Unreadable at the first that cannot be read, or where day and month cannot be told apart.
        """
        written = DayColumn(self.verbatim(name), month_first=month_first)
        if written.is_open:
            raise Unreadable(
                f"{self.source}: {name} holds days such as 3/4/2026, which have two readings; add --day-first or "
                "--month-first."
            )
        return self.read(name, lambda text: written.read(text) if text else None, "a day like 2026-11-21")

    def amounts(self, name: str, *, accepted: str = "a number from 0") -> list[float | None]:
        """A column of numbers that are not negative, with decimal comma or point; None where nothing is written."""
        written = NumberColumn(self.verbatim(name))

        def amount(text: str) -> float | None:
            number = written.read(text) if text else None
            if number is not None and not 0 <= number < float("inf"):
                raise ValueError(text)
            return number

        return self.read(name, amount, accepted)

    def filled(self, name: str, values: Sequence[Value | None], accepted: str) -> list[Value]:
        """The values of a column that must all be there; the first that is missing is named with its row."""
        for row, value in enumerate(values, start=1):
            if value is None:
                raise self.bad(row, name, "", accepted)
        return [value for value in values if value is not None]

    def bad(self, row: int, name: str, value: str, accepted: str) -> Unreadable:
        shown = value if len(value) <= 60 else value[:60] + "…"
        return Unreadable(f"{self.source}, row {row}: {name} is {shown!r}; accepted is {accepted}.")


def parse_whole_number(text: str) -> int:
    """A whole number, also when a spreadsheet wrote it as 3.0."""
    number = float(text)
    if number != int(number):
        raise ValueError(text)
    return int(number)


def parse_count(text: str) -> int:
    """A whole number that is not negative."""
    number = parse_whole_number(text)
    if number < 0:
        raise ValueError(text)
    return number


def parse_moment(text: str) -> float:
    """A time as seconds: a number, or an ISO date with or without a time of day."""
    try:
        number = float(text)
    except ValueError:
        when = datetime.fromisoformat(text)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    if not isfinite(number):
        raise ValueError(text)
    return number
