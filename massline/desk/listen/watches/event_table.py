"""Events from a table: our own, those of ACLED, GDELT and the Crowd Counting Consortium, and similar ones."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from massline.core.invisible_characters import to_single_line
from massline.desk.listen.watches.feed_items import FeedItem, UnreadableItems, item_key, strip_tracking
from massline.tables.date_columns import DayColumn
from massline.tables.limits import Limits
from massline.tables.number_columns import NumberColumn
from massline.tables.problems import UnreadableFile
from massline.tables.reading_options import NO_CHOICE, ReadingOptions, read_file
from massline.tables.table import Table
from massline.tables.vocabulary import vocabulary
from massline.web.table_problem_messages import file_sentence, row_sentence

# A table is taken in by a commit for each thousand rows; nobody else writes for the third of a second that one takes.
MOST_ROWS, MOST_COLUMNS = 20_000, 2_000
LIMITS = Limits(rows=MOST_ROWS, columns=MOST_COLUMNS, cells=4_000_000)
LARGEST_COUNT = 1_000_000


@dataclass
class TableItems:
    """Items of a table, and a sentence for each row that was left out.

    `without_events` counts rows that say that nothing happened: their count is 0.
    """

    items: list[FeedItem] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    without_events: int = 0


@dataclass(frozen=True)
class _Columns:
    """The columns of each meaning, and how days and counts are written in them."""

    places: Mapping[str, Sequence[int]]
    days: DayColumn
    counts: NumberColumn

    def cell(self, row: Sequence[str], meaning: str) -> str:
        """The first filled cell of a meaning, on one line."""
        cells = (to_single_line(row[place]).strip() for place in self.places.get(meaning, ()))
        return next(filter(None, cells), "")


def read_events(
    content: bytes, *, month_first: bool | None = None, choices: ReadingOptions = NO_CHOICE
) -> TableItems:
    """Read a table of events, as somebody chose; `is_month_first` is the choice about days such as 3/4/2026.

    Raises
    ------
    UnreadableItems
        If no column holds days, if day and month cannot be told apart, or if no row can be read. A row that cannot
        be read is left out and named.
    """
    try:
        table = read_file(content, LIMITS, choices)
    except UnreadableFile as problem:
        raise UnreadableItems(file_sentence(problem), code=problem.code) from problem
    columns = _columns(table, month_first)
    found = TableItems(left_out=[row_sentence(problem) for problem in table.named_problems])
    first_problem: UnreadableItems | None = None
    for number, row in zip(table.numbers, table.rows, strict=True):
        try:
            item = _item(row, columns, number)
        except UnreadableItems as problem:
            first_problem = first_problem or problem
            found.left_out.append(str(problem))
        else:
            found.items.extend([item] if item.count else [])
            found.without_events += not item.count
    if first_problem and not found.items:
        raise UnreadableItems(
            _("Nothing was taken: %(why)s") % {"why": first_problem}, code=first_problem.code
        )
    return found


def _columns(table: Table, month_first: bool | None) -> _Columns:
    words = vocabulary("events")
    places = words.places(table.headers, words.preset_of(table.headers))
    if "day" not in places:
        raise UnreadableItems(
            _("Nothing was taken: no column holds the day. Name one of them day or date, in the first line."),
            code="no-day-column",
        )
    days = DayColumn(table.column(places["day"][0]), month_first=month_first)
    if days.is_open:
        raise UnreadableItems(
            _("Nothing was taken: days such as 3/4/2026 have two readings. Say which number is the month."),
            code="day-order",
        )
    counted = places.get("count", [])
    return _Columns(places, days, NumberColumn(table.column(counted[0]) if counted else ()))


def _item(row: Sequence[str], columns: _Columns, number: int) -> FeedItem:
    day_text = columns.cell(row, "day")
    try:
        day = columns.days.read(day_text)
    except ValueError:
        raise UnreadableItems(
            _("row %(row)d has the day “%(day)s”. Write days like 2026-11-30 or 30 November 2026.")
            % {"row": number, "day": day_text[:40]},
            code="unreadable-day",
        ) from None
    place = columns.cell(row, "place")
    title = columns.cell(row, "title")[:300] or place[:300] or str(day)
    known = columns.cell(row, "key") or "|".join(row)
    seen = columns.cell(row, "first_seen")[:10]
    is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", seen)
    return FeedItem(
        day,
        title,
        item_key(known),
        strip_tracking(columns.cell(row, "url")),
        place[:120],
        _count(columns.cell(row, "count"), columns.counts, number),
        columns.days.read(seen) if is_day else None,
    )


def _count(text: str, counts: NumberColumn, number: int) -> int:
    try:
        count = counts.read(text) if text else 1.0
    except ValueError:
        count = -1.0
    if not 0 <= count <= LARGEST_COUNT or count != int(count):
        raise UnreadableItems(
            _("row %(row)d has the count “%(count)s”. Write a whole number.")
            % {"row": number, "count": text[:40]},
            code="unreadable-count",
        )
    return int(count)
