"""From readings to the model's problem: the span, the codes, the headline item."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from massline.engine.mood.array_types import Floats, Ints
from massline.engine.mood.field import Places, make_field
from massline.engine.mood.laplace import Problem
from massline.engine.mood.readings import MoodReadings

MOST_WORK = 2.5e8
SPELLS = (1, 2, 3, 4, 5, 7, 10, 14, 21, 28)


@dataclass(frozen=True)
class Span:
    """The days the model spans: day 0 lies at time 0, the last at time 1."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Length in days, at least 1."""
        return max((self.last - self.first).days, 1)

    def time(self, ordinal: Ints | Floats) -> Floats:
        """Place of days on [0, 1]."""
        place: Floats = (ordinal - self.first.toordinal()) / self.days
        return place

    def grid(self, every: int) -> tuple[date, ...]:
        """Days to report, counted back from the last."""
        back = range((self.last - self.first).days // every, -1, -1)
        return tuple(self.last - timedelta(days=every * steps) for steps in back)


@dataclass(frozen=True, eq=False)
class Layout:
    """The problem, and how many days are taken together as one where a section was heard very often."""

    problem: Problem
    together: int


def lay_out(readings: MoodReadings, span: Span) -> Layout:
    """Build the problem.

    A section's readings are solved exactly, at a cost that grows with the cube of their number: beyond some 600 in
    one section, or 170 in each of fifty, reports of one day and source are added up, and then days are taken
    together in longer spells, counted back from the last day.
    """
    for together, is_apart in [(1, True), *((together, False) for together in SPELLS)]:
        middle = _spells(readings, span, together)
        own = np.where(readings.is_report, np.arange(len(middle)), -1) * is_apart
        cells = np.stack([readings.section, middle, readings.item, readings.source, own], axis=1)
        places, row = np.unique(cells, axis=0, return_inverse=True)
        if (np.bincount(places[:, 0].astype(np.int64)).astype(float) ** 3).sum() <= MOST_WORK:
            break
    counts = np.zeros((len(places), readings.counts.shape[1]))
    np.add.at(counts, row.ravel(), readings.counts * readings.worth[:, None])
    section, item, source = (places[:, part].astype(np.int64) for part in (0, 2, 3))
    heard = np.bincount(source, minlength=len(readings.sources))
    field = make_field(
        tuple(_codes(names) for names in readings.groups),
        items=len(readings.items),
        sources=len(readings.sources),
        moments=min(len(np.unique(places[:, 1])) + 1, span.days),
        span_days=span.days,
        source_share=tuple((heard / heard.sum()).tolist()),
    )
    at = Places(section, span.time(places[:, 1]), item, source)
    reports = np.maximum(np.bincount(row.ravel(), readings.is_report, minlength=len(places)), 1)
    return Layout(Problem(field, at, counts, readings.steps, len(readings.sections), reports), together)


def _spells(readings: MoodReadings, span: Span, together: int) -> Floats:
    """The middle day of each reading's spell."""
    last = span.last.toordinal()
    back = (last - readings.day) // together
    middle: Floats = np.maximum(last - back * together - (together - 1) / 2, span.first.toordinal())
    return middle


def questions_at(sections: int, days: tuple[date, ...], span: Span, item: int) -> Places:
    """Ask after every section on every day, in the words of one item, free of any source's bias."""
    ordinals = np.array([day.toordinal() for day in days], dtype=np.int64)
    count = sections * len(days)
    return Places(
        section=np.repeat(np.arange(sections), len(days)),
        time=np.tile(span.time(ordinals), sections),
        item=np.full(count, item),
        source=np.full(count, -1),
    )


def _codes(names: tuple[str, ...]) -> Ints:
    _, codes = np.unique(np.array(names), return_inverse=True)
    return codes.astype(np.int64)
