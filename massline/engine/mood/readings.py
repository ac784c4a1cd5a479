"""What was heard: how many people of a section stood on which step, on which day, by whose hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from typing import Any

import numpy as np

from massline.engine.mood.array_types import Floats, Ints

Row = Sequence[Any]


@dataclass(frozen=True, eq=False)
class MoodReadings:
    """Readings added up by section, day, item and source, in one fixed order.

    Attributes
    ----------
    sections, items, sources
        Names, sorted. Without items or sources there is one, named "".
    groups
        For each way of grouping the sections, the group's name per section.
    steps
        Per item the categories in rising order, as they were written in the rows.
    section, item, source : (N,) int
        Codes of each reading into the names above.
    day : (N,) int
        Proleptic ordinal of the day (`date.toordinal`).
    counts : (N, K) float
        Readings per step; K is the widest item's number of steps.
    rows
        How many rows were read in.
    left_out
        Rows not used, counted by reason.
    """

    sections: tuple[str, ...]
    items: tuple[str, ...]
    sources: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    steps: tuple[tuple[int, ...], ...]
    section: Ints
    item: Ints
    source: Ints
    day: Ints
    counts: Floats
    rows: int
    left_out: Mapping[str, int]

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[Row],
        *,
        steps: Mapping[str, Sequence[int]] | Sequence[int] | None = None,
        add_up: bool = False,
    ) -> "MoodReadings":
        """Read `(day, section, category, count[, source[, item[, group]]])` rows.

        Parameters
        ----------
        rows
            `day` a `datetime.date`; `category` a whole number, higher meaning further up the ladder
            (agree 1, pass 0, disagree -1 for votes); `count` how many people, at least 0, need not be whole;
            `group` a name or a tuple of names, one per way of grouping, the same in all rows of a section.
        steps
            The categories that could have been given, per item or for all; else those that were.
        add_up
            Add rows that speak of the same section, day, category, source and item, instead of refusing them.

        Raises
        ------
        ValueError
            Names the row (counted from 1) that cannot be read and says why.

        Examples
        --------
        >>> from datetime import date
        >>> r = MoodReadings.from_rows([(date(2026, 3, 1), "North", 4, 3), (date(2026, 3, 1), "North", 2, 1)])
        >>> r.sections, r.steps, r.counts.tolist()
        (('North',), ((2, 4),), [[1.0, 3.0]])
        """
        seen: dict[tuple[str, int, str, str, int], tuple[float, int]] = {}
        group_of: dict[str, tuple[tuple[str, ...], int]] = {}
        empty = number = 0
        for number, row in enumerate(rows, start=1):
            key, count, group = _read(number, row)
            if key[0] in group_of and group_of[key[0]][0] != group:
                other = group_of[key[0]][1]
                raise ValueError(f"row {number}: section {key[0]!r} is in other groups than in row {other}")
            group_of.setdefault(key[0], (group, number))
            if key in seen and not add_up:
                raise ValueError(
                    f"rows {seen[key][1]} and {number} both count category {key[4]} of section {key[0]!r} on "
                    f"{date.fromordinal(key[1])}: add them up, or name their sources"
                )
            empty += count == 0
            seen[key] = (seen.get(key, (0.0, 0))[0] + count, number)
        _same_depth(group_of)
        cells = {key: value for key, (value, _) in seen.items() if value > 0}
        return _coded(cells, {name: group for name, (group, _) in group_of.items()}, steps, number, empty)

    @property
    def people(self) -> Floats:
        """Readings in each cell, over all steps: (N,)."""
        total: Floats = self.counts.sum(axis=1)
        return total

    @property
    def first_day(self) -> date:
        """The earliest day with a reading."""
        return date.fromordinal(int(self.day.min()))

    @property
    def last_day(self) -> date:
        """The latest day with a reading."""
        return date.fromordinal(int(self.day.max()))


def _read(number: int, row: Row) -> tuple[tuple[str, int, str, str, int], float, tuple[str, ...]]:
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


def _same_depth(group_of: Mapping[str, tuple[tuple[str, ...], int]]) -> None:
    depths = {len(group): row for group, row in group_of.values()}
    if len(depths) > 1:
        raise ValueError(f"row {max(depths.values())}: every section needs the same number of groupings")


def _coded(
    cells: Mapping[tuple[str, int, str, str, int], float],
    group_of: Mapping[str, tuple[str, ...]],
    steps: Mapping[str, Sequence[int]] | Sequence[int] | None,
    rows: int,
    empty: int,
) -> MoodReadings:
    sections = tuple(sorted(group_of))
    items = tuple(sorted({key[2] for key in cells}))
    sources = tuple(sorted({key[3] for key in cells}))
    ladders = tuple(_ladder(item, cells, steps) for item in items)
    width = max((len(ladder) for ladder in ladders), default=0)
    places = sorted({key[:4] for key in cells})
    line = {place: index for index, place in enumerate(places)}
    counts = np.zeros((len(places), width))
    rank = [{step: place for place, step in enumerate(ladder)} for ladder in ladders]
    item_code = {name: index for index, name in enumerate(items)}
    for key, count in cells.items():
        counts[line[key[:4]], rank[item_code[key[2]]][key[4]]] += count
    section_code = {name: index for index, name in enumerate(sections)}
    source_code = {name: index for index, name in enumerate(sources)}
    depth = len(next(iter(group_of.values()), ()))
    return MoodReadings(
        sections=sections,
        items=items,
        sources=sources,
        groups=tuple(tuple(group_of[name][level] for name in sections) for level in range(depth)),
        steps=ladders,
        section=np.array([section_code[place[0]] for place in places], dtype=np.int64),
        item=np.array([item_code[place[2]] for place in places], dtype=np.int64),
        source=np.array([source_code[place[3]] for place in places], dtype=np.int64),
        day=np.array([place[1] for place in places], dtype=np.int64),
        counts=counts,
        rows=rows,
        left_out={"rows without a reading": empty} if empty else {},
    )


def _ladder(
    item: str,
    cells: Mapping[tuple[str, int, str, str, int], float],
    steps: Mapping[str, Sequence[int]] | Sequence[int] | None,
) -> tuple[int, ...]:
    given = {key[4] for key in cells if key[2] == item}
    declared = steps.get(item) if isinstance(steps, Mapping) else steps
    if declared is None:
        return tuple(sorted(given))
    unknown = sorted(given - set(declared))
    if unknown:
        raise ValueError(f"category {unknown[0]} of item {item!r} is not one of its steps {sorted(declared)}")
    return tuple(sorted(set(declared)))
