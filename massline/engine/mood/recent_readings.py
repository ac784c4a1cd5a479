"""Readings of the last weeks on the Gaussian scale, section by section, and the places a leap could have there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from massline.engine.mood.array_types import Flags, Floats, Ints
from massline.engine.mood.laplace import ModeFit
from massline.engine.mood.leap_bayes_factors import (
    LEAP_VARIANCES,
    ODD_SHARE,
    PART_OF_DAY,
    OddReading,
    Term,
    leap_log_odds,
)

LOOK_BACK = 28.0
"""Days before the last in which terms are looked for; older movement is left to the smooth path."""


@dataclass(frozen=True, eq=False)
class RecentReadings:
    """A section's readings of the last weeks on the Gaussian scale.

    Attributes
    ----------
    row, time, source : (m,)
        Places in the problem, times and sources, in the order of the rows.
    before
        Time of the section's last reading before them; not a number if there is none.
    pull : (m,)
        Sigma^-1 z.
    precision : (m, m)
        Sigma^-1 among them, the shared field integrated out.
    days
        Length of the span.
    """

    section: int
    row: Ints
    time: Floats
    source: Ints
    before: float
    pull: Floats
    precision: Floats
    days: float

    def score(self, marks: Flags) -> tuple[Floats, Floats]:
        """S and I (`log_bayes_factor`) of every line of marks."""
        flags = marks.astype(float)
        return flags @ self.pull, ((flags @ self.precision) * flags).sum(axis=-1)

    def marks(self, term: Term) -> Flags:
        """Readings that a term concerns."""
        return (
            self.row == term.row if isinstance(term, OddReading) else term.is_before(self.time, self.source)
        )

    def log_odds(self, term: Term) -> float:
        """Log prior odds of a term; a leap's are shared among its variances and the places it could have on a day."""
        if isinstance(term, OddReading):
            return float(np.log(ODD_SHARE))
        earlier = self.time[self.time < term.time]
        gap = (term.time - (earlier.max() if len(earlier) else self.before)) * self.days
        odds = float(leap_log_odds(np.array(gap)) - np.log(len(LEAP_VARIANCES)))
        return odds + (float(np.log(PART_OF_DAY)) if term.source >= 0 else 0.0)


class LeapPlaces(NamedTuple):
    """Every place a leap could have: before each day, and before one source only on a day of several readings.

    time, source, log prior odds : (L,); marks : (L, m) of the readings after it.
    """

    time: Floats
    source: Ints
    odds: Floats
    marks: Flags

    @classmethod
    def of(cls, mine: RecentReadings) -> "LeapPlaces":
        """Lay them out; a section's first day is no place for a leap."""
        time, count = np.unique(mine.time, return_counts=True)
        gap = np.diff(time, prepend=mine.before) * mine.days
        times, sources = time, np.full(len(time), -1)
        if count.max() > 1:
            several = np.isin(mine.time, time[count > 1])
            alone = np.unique(np.stack([mine.time[several], mine.source[several]], axis=1), axis=0)
            times = np.concatenate([time, alone[:, 0]])
            sources = np.concatenate([sources, alone[:, 1].astype(np.int64)])
        same = (mine.source == sources[:, None]) | (sources[:, None] < 0)
        marks = (mine.time > times[:, None]) | ((mine.time == times[:, None]) & same)
        odds = leap_log_odds(gap) - np.log(len(LEAP_VARIANCES))
        odds = odds[np.searchsorted(time, times)] + np.log(PART_OF_DAY) * (sources >= 0)
        known = np.isfinite(odds)
        return cls(times[known], sources[known], odds[known], marks[known])


def recent_readings(found: ModeFit, among: frozenset[int] | None = None) -> Iterator[RecentReadings]:
    """Readings of the last weeks of every section heard then, or of those `among` the ones named."""
    problem, at, days = found.problem, found.problem.at, found.problem.field.span_days
    recent = 1 - LOOK_BACK / days
    parts = zip(problem.batches, found.factor.inverse, found.factor.carried, strict=True)
    for batch, inverse, carried in parts:
        time = np.append(at.time, -np.inf)[batch.row]
        for b, section in enumerate(batch.section.tolist()):
            if among is not None and section not in among:
                continue
            late = np.flatnonzero(time[b] >= recent)
            if not len(late):
                continue
            earlier = time[b][(time[b] < recent) & (time[b] >= 0)]
            row, through, columns = batch.row[b][late], carried[b][late], batch.column[b]
            precision = inverse[b][late[:, None], late]
            precision = precision - through @ found.spread[columns[:, None], columns] @ through.T
            before = float(earlier.max()) if len(earlier) else np.nan
            source, pull = at.source[row], found.pull[row]
            yield RecentReadings(section, row, time[b][late], source, before, pull, precision, days)
