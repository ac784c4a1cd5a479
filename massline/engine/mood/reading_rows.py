"""Rows of readings, one by one: read, or refused with the number of the row and the reason."""

from collections.abc import Sequence
from datetime import date, datetime
from math import isfinite
from typing import Any

import numpy as np

Row = Sequence[Any]


def read_row(number: int, row: Row) -> tuple[tuple[str, int, str, str, int], float, tuple[str, ...]]:
    """Section, day, item, source and category of a row, its count, and the section's groups."""
    if not 4 <= len(row) <= 7:
        raise ValueError(f"row {number}: expected 4 to 7 values, found {len(row)}")
    day, section, category, count = row[:4]
    source, item, group = [*row[4:], "", "", ""][:3]
    if not isinstance(day, date) or isinstance(day, datetime):
        raise ValueError(f"row {number}: the day must be a date without a time, not {day!r}")
    if isinstance(category, bool) or not isinstance(category, int | np.integer):
        raise ValueError(f"row {number}: the category must be a whole number, not {category!r}")
    if isinstance(count, bool) or not isinstance(count, int | float | np.integer | np.floating):
        raise ValueError(f"row {number}: the count must be a number, not {count!r}")
    if not isfinite(count) or count < 0:
        raise ValueError(f"row {number}: the count must be 0 or more, not {count!r}")
    names = (str(group),) if isinstance(group, str) else tuple(str(name) for name in group or ())
    if names == ("",):
        names = ()
    key = (str(section or ""), day.toordinal(), str(item or ""), str(source or ""), int(category))
    return key, float(count), names


def groups_by_section(named: Sequence[tuple[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """Groups of every section; each section is in the same ones in all rows, and in as many as others."""
    group_of: dict[str, tuple[tuple[str, ...], int]] = {}
    for number, (section, group) in enumerate(named, start=1):
        before, row = group_of.setdefault(section, (group, number))
        if before != group:
            raise ValueError(f"row {number}: section {section!r} is in other groups than in row {row}")
    depths = {len(group): row for group, row in group_of.values()}
    if len(depths) > 1:
        raise ValueError(f"row {max(depths.values())}: every section needs the same number of groupings")
    return {section: group for section, (group, _row) in group_of.items()}


def refuse_repeated_rows(
    read: Sequence[tuple[tuple[str, int, str, str, int], float, tuple[str, ...]]],
) -> None:
    """Refuse rows that count the same twice."""
    seen: dict[tuple[str, int, str, str, int], int] = {}
    for number, (key, _count, _group) in enumerate(read, start=1):
        if key in seen:
            raise ValueError(
                f"rows {seen[key]} and {number} both count category {key[4]} of section {key[0]!r} on "
                f"{date.fromordinal(key[1])}: add them up, or name their sources"
            )
        seen[key] = number
