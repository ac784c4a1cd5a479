"""Daily counts of events per watched issue: what happened, when we first saw it, what was announced."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Row = Sequence[Any]

AHEAD = 7
"""Days a forecast looks ahead; announcements beyond them are left out."""


@dataclass(frozen=True, eq=False)
class IssueCounts:
    """An issue, day by day from `first`; a day nobody counted an event on is a 0.

    Attributes
    ----------
    issue
        Its name; "" where rows name none.
    first
        The first day.
    count : (T,) float
        Events of each day, as far as they were seen by the last day.
    announced : (T + 7,) float
        Events announced for each day, the next seven included.
    lag, seen : (M,) int, (M,) float
        For events whose first sighting is known: days from event to sighting, and how many; `of` is the
        event's day.
    of : (M,) int
        Place of the event's day in `count`.
    """

    issue: str
    first: date
    count: Floats
    announced: Floats
    lag: Ints
    seen: Floats
    of: Ints

    @property
    def last(self) -> date:
        """The last day counted."""
        return self.first + timedelta(days=len(self.count) - 1)

    @property
    def weekday(self) -> Ints:
        """Day of the week of each day and of the seven after, Monday 0: (T + 7,)."""
        days: Ints = (self.first.weekday() + np.arange(len(self.count) + AHEAD)) % 7
        return days


@dataclass(frozen=True, eq=False)
class DailyCounts:
    """All watched issues up to one last day, sorted by name, with what was left out and why."""

    issues: tuple[IssueCounts, ...]
    last: date | None
    rows: int
    left_out: Mapping[str, int]

    @classmethod
    def from_rows(
        cls, rows: Iterable[Row], *, since: date | None = None, until: date | None = None
    ) -> "DailyCounts":
        """Read `(day, count[, issue[, first_seen_at[, announced]]])` rows.

        Parameters
        ----------
        rows
            `count` at least 0, or None on a day that has announcements only; `first_seen_at` the date on
            which these events were first known here; `announced` how many events were announced for the day.
        since
            The day the watch began; each issue's first row if not given. Earlier rows are left out.
        until
            The last day to count; the last row with a count if not given. What was only seen later is left
            out, so that yesterday's picture can be drawn again.

        Raises
        ------
        ValueError
            Names the row (counted from 1) that cannot be read and says why.

        Examples
        --------
        >>> from datetime import date
        >>> counts = DailyCounts.from_rows([(date(2026, 3, 1), 2), (date(2026, 3, 4), 1)])
        >>> counts.issues[0].count.tolist()
        [2.0, 0.0, 0.0, 1.0]
        """
        read = [_read(number, row) for number, row in enumerate(rows, start=1)]
        _no_twins(read)
        counted = [entry.day for entry in read if entry.count is not None]
        last = until or (max(counted) if counted else None)
        left: dict[str, int] = {}
        kept: dict[str, list[_Entry]] = {}
        for entry in read:
            why = _outside(entry, since, last)
            if why:
                left[why] = left.get(why, 0) + 1
            else:
                kept.setdefault(entry.issue, []).append(entry)
        issues = [_issue(name, kept[name], since, last) for name in sorted(kept) if last is not None]
        return cls(tuple(issues), last, len(read), left)


@dataclass(frozen=True)
class _Entry:
    number: int
    day: date
    count: float | None
    issue: str
    seen: date | None
    announced: float


def _read(number: int, row: Row) -> _Entry:
    if not 2 <= len(row) <= 5:
        raise ValueError(f"row {number}: expected 2 to 5 values, found {len(row)}")
    day, count, issue, seen, announced = (tuple(row) + ("", None, 0)[len(row) - 2 :])[:5]
    for name, value in (("day", day), ("first sighting", seen)):
        if value is None and name != "day":
            continue
        if not isinstance(value, date) or isinstance(value, datetime):
            raise ValueError(f"row {number}: the {name} must be a date without a time, not {value!r}")
    if seen is not None and seen < day:
        raise ValueError(f"row {number}: first seen on {seen}, before it happened on {day}")
    number_of = _number(number, "count", count) if count is not None else None
    return _Entry(
        number, day, number_of, str(issue or ""), seen, _number(number, "announced count", announced or 0)
    )


def _number(number: int, name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise ValueError(f"row {number}: the {name} must be a number, not {value!r}")
    if not isfinite(value) or value < 0:
        raise ValueError(f"row {number}: the {name} must be 0 or more, not {value!r}")
    return float(value)


def _no_twins(read: Sequence[_Entry]) -> None:
    seen: dict[tuple[str, date, date | None], int] = {}
    announced: dict[tuple[str, date], _Entry] = {}
    for entry in read:
        key = (entry.issue, entry.day, entry.seen)
        if key in seen:
            raise ValueError(
                f"rows {seen[key]} and {entry.number} both count {entry.day} of issue {entry.issue!r}"
            )
        seen[key] = entry.number
        other = announced.setdefault((entry.issue, entry.day), entry)
        if other.announced != entry.announced:
            raise ValueError(
                f"rows {other.number} and {entry.number} announce different numbers for {entry.day}"
            )


def _outside(entry: _Entry, since: date | None, last: date | None) -> str | None:
    if since is not None and entry.day < since:
        return "before the watch began"
    if last is None or entry.day > last + timedelta(days=AHEAD):
        return "beyond the days looked at"
    if entry.day > last:
        return None if entry.announced else "after the last day"
    if entry.seen is not None and entry.seen > last:
        return "not yet seen on the last day"
    return None


def _issue(name: str, entries: Sequence[_Entry], since: date | None, last: date) -> IssueCounts:
    first = since or min(min(entry.day for entry in entries), last)
    days = (last - first).days + 1
    count, announced = np.zeros(days), np.zeros(days + AHEAD)
    sightings: list[tuple[int, int, float]] = []
    for entry in entries:
        place = (entry.day - first).days
        announced[place] = entry.announced
        if place >= days or not entry.count:
            continue
        count[place] += entry.count
        if entry.seen is not None:
            sightings.append((place, (entry.seen - entry.day).days, entry.count))
    sightings.sort()
    return IssueCounts(
        issue=name,
        first=first,
        count=count,
        announced=announced,
        lag=np.array([lag for _, lag, _ in sightings], dtype=np.int64),
        seen=np.array([seen for _, _, seen in sightings]),
        of=np.array([place for place, _, _ in sightings], dtype=np.int64),
    )
