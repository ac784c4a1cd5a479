"""From readings to the model's problem: the span, the codes, the headline item."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from massline.engine.mood.arrays import Floats, Ints
from massline.engine.mood.field import Places, make_field
from massline.engine.mood.laplace import Problem
from massline.engine.mood.readings import MoodReadings


@dataclass(frozen=True)
class Span:
    """The days the model spans: day 0 lies at time 0, the last at time 1."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Length in days, at least 1."""
        return max((self.last - self.first).days, 1)

    def time(self, ordinal: Ints) -> Floats:
        """Place of days on [0, 1]."""
        place: Floats = (ordinal - self.first.toordinal()) / self.days
        return place

    def grid(self, every: int) -> tuple[date, ...]:
        """Days to report, counted back from the last."""
        back = range((self.last - self.first).days // every, -1, -1)
        return tuple(self.last - timedelta(days=every * steps) for steps in back)


def lay_out(readings: MoodReadings, span: Span, *, still: bool = False) -> Problem:
    """Build the problem; `still` takes all movement out (the static model with the same terms)."""
    groups = tuple(_codes(names) for names in readings.groups)
    field = make_field(
        groups,
        items=len(readings.items),
        sources=len(readings.sources),
        moments=min(len(np.unique(readings.day)) + 1, span.days),
    )
    if still:
        movement = {name for name in field.names if name.startswith("drift")}
        field = replace(field, fixed=frozenset(movement))
    at = Places(readings.section, span.time(readings.day), readings.item, readings.source)
    return Problem(field, at, readings.counts, readings.steps, len(readings.sections))


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
