"""Readings: the number of people of a section on each step, by day and source."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from massline.engine.mood.array_types import Flags, Floats, Ints
from massline.engine.mood.group_reports import ALIKE, GroupReport, effective_answers
from massline.engine.mood.reading_rows import Row, groups_by_section, read_row, refuse_repeated_rows

Place = tuple[str, int, str, str, tuple[tuple[int, float], ...]]
"""Section, day, item and source of a reading; a report's counts too, which keep it apart from others."""


@dataclass(frozen=True, eq=False)
class MoodReadings:
    """Answers added up by section, day, item and source, and reports each by itself, in one fixed order.

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
        People per step as they were heard; K is the widest item's number of steps.
    worth : (N,) float
        How many people asked one by one each of them is worth: 1 for answers, less in a group's report.
    is_report : (N,) bool
        Whether it is one report, with noise of its own, or answers added up.
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
    worth: Floats
    is_report: Flags
    rows: int
    left_out: Mapping[str, int]

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[Row],
        *,
        steps: Mapping[str, Sequence[int]] | Sequence[int] | None = None,
        add_up: bool = False,
        alike: float = 0.0,
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
        alike
            0 where every person was asked. Else each row is a report in which one step was written down for a
            group, and this is the intra-class correlation of its people: .2 if nothing better is known.

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
        read = [read_row(number, row) for number, row in enumerate(rows, start=1)]
        group_of = groups_by_section([(key[0], group) for key, _count, group in read])
        if not add_up and not alike:
            refuse_repeated_rows(read)
        cells: dict[Place, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        reports: list[tuple[Place, float]] = []
        for (section, day, item, source, category), count, _group in read:
            if alike and count:
                report = ((category, count),)
                reports.append(
                    ((section, day, item, source, report), effective_answers(count, alike) / count)
                )
            elif count:
                cells[section, day, item, source, ()][category] += count
        empty = sum(count == 0 for _key, count, _group in read)
        return _coded(cells, reports, group_of, steps, len(read), empty)

    @classmethod
    def from_reports(
        cls,
        reports: Iterable[GroupReport],
        *,
        steps: Mapping[str, Sequence[int]] | Sequence[int] | None = None,
        alike: float = ALIKE,
    ) -> "MoodReadings":
        """Read reports, each kept apart from the others.

        Parameters
        ----------
        reports
            In any order.
        steps
            As in `from_rows`.
        alike
            Intra-class correlation of the people of a report in which one step was written down for all.

        Raises
        ------
        ValueError
            Names the report (counted from 1) that cannot be read and says why.

        Examples
        --------
        >>> from datetime import date
        >>> one = Report(date(2026, 3, 1), "North", {5: 11})
        >>> r = MoodReadings.from_reports([one, one], steps=range(1, 6))
        >>> len(r.worth), r.people.tolist(), [round(float(w), 3) for w in r.worth]
        (2, [11.0, 11.0], [0.333, 0.333])
        """
        given = list(reports)
        places: list[tuple[Place, float]] = []
        for number, report in enumerate(given, start=1):
            for step, people in report.counts.items():
                read_row(number, (report.day, report.section, step, people))
            if report.people > 0:
                heard = tuple(sorted((step, float(n)) for step, n in report.counts.items() if n))
                worth = 1.0 if report.is_counted else effective_answers(report.people, alike) / report.people
                place = (report.section, report.day.toordinal(), report.item, report.source, heard)
                places.append((place, worth))
        group_of = groups_by_section([(report.section, report.groups) for report in given])
        empty = sum(report.people == 0 for report in given)
        return _coded({}, places, group_of, steps, len(given), empty)

    @property
    def people(self) -> Floats:
        """People heard in each, over all steps: (N,)."""
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


def _coded(
    cells: Mapping[Place, Mapping[int, float]],
    reports: Sequence[tuple[Place, float]],
    group_of: Mapping[str, tuple[str, ...]],
    steps: Mapping[str, Sequence[int]] | Sequence[int] | None,
    rows: int,
    empty: int,
) -> MoodReadings:
    lines = [(place, dict(heard), 1.0) for place, heard in cells.items()]
    lines += [(place, dict(place[4]), worth) for place, worth in reports]
    lines.sort(key=lambda line: (line[0], line[2]))
    places = [place for place, _heard, _worth in lines]
    sections = tuple(sorted(group_of))
    items = tuple(sorted({place[2] for place in places}))
    sources = tuple(sorted({place[3] for place in places}))
    ladders = tuple(_ladder(item, lines, steps) for item in items)
    item_code = {name: index for index, name in enumerate(items)}
    rank = [{step: place for place, step in enumerate(ladder)} for ladder in ladders]
    counts = np.zeros((len(lines), max((len(ladder) for ladder in ladders), default=0)))
    for line, (place, heard, _worth) in enumerate(lines):
        for step, people in heard.items():
            counts[line, rank[item_code[place[2]]][step]] += people
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
        worth=np.array([worth for _place, _heard, worth in lines], dtype=float),
        is_report=np.array([bool(place[4]) for place in places], dtype=bool),
        rows=rows,
        left_out={"rows without a reading": empty} if empty else {},
    )


def _ladder(
    item: str,
    lines: Sequence[tuple[Place, Mapping[int, float], float]],
    steps: Mapping[str, Sequence[int]] | Sequence[int] | None,
) -> tuple[int, ...]:
    given = {step for place, heard, _worth in lines if place[2] == item for step in heard}
    declared = steps.get(item) if isinstance(steps, Mapping) else steps
    if declared is None:
        return tuple(sorted(given))
    unknown = sorted(given - set(declared))
    if unknown:
        raise ValueError(f"category {unknown[0]} of item {item!r} is not one of its steps {sorted(declared)}")
    return tuple(sorted(set(declared)))
