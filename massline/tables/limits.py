"""Limits of a table, counted while it is read: a few megabytes can hold millions of empty rows or cells."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

from massline.tables.problems import UnreadableFile


@dataclass(frozen=True)
class Limits:
    """The most rows that are kept, columns, cells in all, and characters of a cell.

    `lines` bounds rows with the empty ones among them.
    """

    rows: int
    columns: int
    cells: int
    longest_cell: int = 1_000_000

    @property
    def lines(self) -> int:
        return 2 * self.rows


NO_LIMITS = Limits(rows=2**40, columns=2**40, cells=2**40, longest_cell=2**31 - 1)
"""For the command line, where people read files of their own."""

LONGEST_LOOKED_AT = 400
"""Characters of a cell by which its kind is told: a pattern that is searched for takes the square of what it is given."""


def count_lines(lines: "Iterable[str]", *, delimiter: str, limits: Limits) -> "Iterator[str]":
    """Yield the lines of a table, each counted before it is taken apart.

    Raises UnreadableFile at the first line beyond the limit. A cell may hold the delimiter as often as text does.
    """
    most_delimiters = limits.columns * min(limits.longest_cell, 100)
    for number, line in enumerate(lines, start=1):
        if number > limits.lines:
            raise UnreadableFile("too-many-rows", most=limits.rows)
        if delimiter and line.count(delimiter) >= most_delimiters:
            raise UnreadableFile("too-many-columns", most=limits.columns)
        yield line
