"""The model's problem, and how readings are laid out as one: the span, the codes, the headline item."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

import numpy as np

from massline.engine.mood.array_types import Floats, Ints
from massline.engine.mood.latent_field import FieldPlaces, LatentField, make_latent_field
from massline.engine.mood.leap_bayes_factors import Leap, OddReading
from massline.engine.mood.readings import MoodReadings
from massline.engine.mood.section_batches import SectionBatch, batch_sections

MOST_WORK = 2.5e8
SPELLS = (1, 2, 3, 4, 5, 7, 10, 14, 21, 28)


@dataclass(frozen=True)
class ModelSpan:
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


class LeapRows(NamedTuple):
    """A leap within a batch: the section's place there, and 1 for each of its readings after the leap."""

    place: int
    after: Floats
    leap: Leap


@dataclass(frozen=True, eq=False)
class Problem:
    """Readings laid out for the model, sorted by section.

    Attributes
    ----------
    counts : (N, K)
        Answers per step, in people asked one by one.
    steps
        The ladder of every item.
    reports : (N,) or None
        How many reports each reading is made of: their noise averages out. One each if None.
    leaps, odd
        What leaves the smooth path.
    """

    field: LatentField
    at: FieldPlaces
    counts: Floats
    steps: tuple[tuple[int, ...], ...]
    sections: int
    reports: Floats | None = None
    leaps: tuple[Leap, ...] = ()
    odd: tuple[OddReading, ...] = ()

    def with_terms(self, leaps: tuple[Leap, ...], odd: tuple[OddReading, ...]) -> "Problem":
        """The same readings with other leaps and odd readings; the batches are kept."""
        other = replace(self, leaps=leaps, odd=odd)
        other.__dict__["batches"] = self.batches
        return other

    def some(self, rows: Ints) -> "Problem":
        """The same for these readings only, in their order, without leaps and odd readings."""
        reports = None if self.reports is None else self.reports[rows]
        return Problem(self.field, self.at.some(rows), self.counts[rows], self.steps, self.sections, reports)

    @property
    def terms(self) -> tuple[tuple[Leap, ...], tuple[OddReading, ...]]:
        """Leaps and odd readings."""
        return self.leaps, self.odd

    @cached_property
    def noise_share(self) -> Floats:
        """Share of one report's noise variance left in each reading: (N,)."""
        return np.ones(len(self.counts)) if self.reports is None else 1 / self.reports

    @cached_property
    def odd_variance(self) -> Floats:
        """Extra variance of every reading: (N,)."""
        extra = np.zeros(len(self.counts))
        for row, variance in self.odd:
            extra[row] += variance
        return extra

    @cached_property
    def leap_rows(self) -> list[list[LeapRows]]:
        """Per batch its leaps."""
        time, source = np.append(self.at.time, -np.inf), np.append(self.at.source, -1)
        found = []
        for batch in self.batches:
            place = {section: b for b, section in enumerate(batch.section.tolist())}
            mine = [(place[leap.section], leap) for leap in self.leaps if leap.section in place]
            found.append(
                [
                    LeapRows(b, leap.is_before(time[batch.row[b]], source[batch.row[b]]).astype(float), leap)
                    for b, leap in mine
                ]
            )
        return found

    @cached_property
    def batches(self) -> tuple[SectionBatch, ...]:
        """Sections with readings, batched by size."""
        return batch_sections(self.field, self.at, np.unique(self.at.section).tolist())

    @property
    def item(self) -> Ints:
        """Item of every row."""
        return self.at.item


@dataclass(frozen=True, eq=False)
class ProblemLayout:
    """The problem, and how many days are taken together as one where a section was heard very often."""

    problem: Problem
    together: int


def lay_out_problem(readings: MoodReadings, span: ModelSpan) -> ProblemLayout:
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
    field = make_latent_field(
        tuple(_codes(names) for names in readings.groups),
        items=len(readings.items),
        sources=len(readings.sources),
        moments=min(len(np.unique(places[:, 1])) + 1, span.days),
        span_days=span.days,
        source_share=tuple((heard / heard.sum()).tolist()),
    )
    at = FieldPlaces(section, span.time(places[:, 1]), item, source)
    reports = np.maximum(np.bincount(row.ravel(), readings.is_report, minlength=len(places)), 1)
    return ProblemLayout(
        Problem(field, at, counts, readings.steps, len(readings.sections), reports), together
    )


def _spells(readings: MoodReadings, span: ModelSpan, together: int) -> Floats:
    """The middle day of each reading's spell."""
    last = span.last.toordinal()
    back = (last - readings.day) // together
    middle: Floats = np.maximum(last - back * together - (together - 1) / 2, span.first.toordinal())
    return middle


def places_to_predict(sections: int, days: tuple[date, ...], span: ModelSpan, item: int) -> FieldPlaces:
    """Ask after every section on every day, in the words of one item, free of any source's bias."""
    ordinals = np.array([day.toordinal() for day in days], dtype=np.int64)
    count = sections * len(days)
    return FieldPlaces(
        section=np.repeat(np.arange(sections), len(days)),
        time=np.tile(span.time(ordinals), sections),
        item=np.full(count, item),
        source=np.full(count, -1),
    )


def _codes(names: tuple[str, ...]) -> Ints:
    _, codes = np.unique(np.array(names), return_inverse=True)
    return codes.astype(np.int64)
