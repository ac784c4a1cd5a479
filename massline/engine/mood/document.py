"""The mood as the versioned document `massline.mood/1` (docs/methods/mood.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from massline.engine.mood.breaks import Alarm
from massline.engine.mood.newest_day_counts import NewestDayHeard
from massline.engine.mood.result import Break, Mood
from massline.engine.result_documents import Document, Shortfall, omit_default, restore_document

SCHEMA = "massline.mood/1"


@dataclass(frozen=True, kw_only=True)
class MoodScale:
    """The scale of all moods: "share" from 0 to 1, or "step" in steps of the ladder."""

    kind: str
    lowest: float
    highest: float


@dataclass(frozen=True, kw_only=True)
class MoodPoint:
    """A section on one day: mean and 90 % interval on the scale, and the people heard since the day before."""

    day: date
    mean: float
    low90: float
    high90: float
    readings: float | None = omit_default()


@dataclass(frozen=True, kw_only=True)
class MoodBreak:
    """A level that changed for good: by how much on the scale, since when, and the probability of it."""

    kind: str
    name: str
    noticed: date
    since: date
    change: float
    chance: float


@dataclass(frozen=True, kw_only=True)
class NewestDay:
    """A section's newest day: people heard, and their plain mean; the desk keeps neither counts nor interval."""

    day: date
    people: float
    mean: float
    at_odds: bool
    counts: tuple[float, ...] | None = omit_default()
    low90: float | None = omit_default()
    high90: float | None = omit_default()


@dataclass(frozen=True, kw_only=True)
class SectionMood:
    """A section: people heard in all, its days in order, and what changed.

    `smallest_visible_change` is on the scale; None where a change of 30 points would have gone unseen.
    """

    section: str
    readings: float
    series: tuple[MoodPoint, ...]
    breaks: tuple[MoodBreak, ...] = ()
    newest: NewestDay | None = None
    smallest_visible_change: float | None = None
    could_not_have_seen: bool | None = None


@dataclass(frozen=True, kw_only=True)
class FalseAlarms:
    """False alarms a year of one kind of series, wanted and found by simulation with its standard error."""

    kind: str
    false_alarms_a_year_wanted: float
    false_alarms_a_year_found: float
    se: float
    simulated_years: float
    false_ones_expected: float | None = omit_default()


@dataclass(frozen=True, kw_only=True)
class SourceReading:
    """The bias of a source against the average source, in logits, with its 90 % interval."""

    source: str
    bias: float
    low90: float
    high90: float


@dataclass(frozen=True, kw_only=True)
class MoodResult:
    """The mood of every section; `few` names the sections that are not shown because few were heard."""

    item: str
    scale: MoodScale
    sections: tuple[SectionMood, ...]
    sources: tuple[SourceReading, ...]
    movement: Mapping[str, float]
    breaks_together: tuple[MoodBreak, ...] = ()
    alarms: tuple[FalseAlarms, ...] = ()
    too_noisy: bool = False
    days_together: int = 1
    few: tuple[str, ...] | None = omit_default()


@dataclass(frozen=True, kw_only=True)
class MoodShortfall(Shortfall):
    """Too few readings; `few` as in a result."""

    few: tuple[str, ...] | None = omit_default()


@dataclass(frozen=True, kw_only=True)
class MoodDocument(Document):
    """The whole document; `rests_on` counts what went in, by name."""

    rests_on: Mapping[str, int]
    result: MoodResult | MoodShortfall

    @property
    def sections(self) -> tuple[SectionMood, ...]:
        """The sections of the result; none where there was not enough."""
        return self.result.sections if isinstance(self.result, MoodResult) else ()


@dataclass(frozen=True, kw_only=True)
class MoodEstimate(MoodDocument):
    """The document of an estimate, which always has a result."""

    result: MoodResult


def document(mood: Mood) -> MoodEstimate:
    """Write the estimate down."""
    scale = mood.scale
    result = MoodResult(
        item=mood.item,
        scale=MoodScale(kind=scale.kind, lowest=float(scale.values[0]), highest=float(scale.values[-1])),
        sections=tuple(_section(mood, place) for place in range(len(mood.sections))),
        breaks_together=tuple(_break(found) for found in mood.breaks if found.kind != "section"),
        alarms=tuple(_alarm(alarm, mood.hyper.span_days) for alarm in mood.hyper.alarms),
        sources=tuple(
            SourceReading(
                source=source.source,
                bias=round(source.mean, 3),
                low90=round(source.low, 3),
                high90=round(source.high, 3),
            )
            for source in mood.sources
        ),
        too_noisy=mood.is_too_noisy,
        days_together=mood.days_together,
        movement={name: round(value, 4) for name, value in mood.hyper.values().items()},
    )
    return MoodEstimate(
        schema=SCHEMA, seed=mood.seed, rests_on=mood.rests_on, left_out=mood.left_out, result=result
    )


def restore_mood(stored: Mapping[str, Any]) -> MoodDocument:
    """Read a stored mood; raises ValueError where it is no whole document of this schema."""
    return restore_document(MoodDocument, SCHEMA, stored)


def _section(mood: Mood, place: int) -> SectionMood:
    name = mood.sections[place]
    visible = float(mood.smallest_visible[place])
    return SectionMood(
        section=name,
        readings=round(float(mood.readings[place].sum()), 3),
        series=tuple(
            MoodPoint(
                day=day,
                mean=round(float(mood.mean[place, t]), 4),
                low90=round(float(mood.low[place, t]), 4),
                high90=round(float(mood.high[place, t]), 4),
                readings=round(float(mood.readings[place, t]), 3),
            )
            for t, day in enumerate(mood.days)
        ),
        breaks=tuple(
            _break(found) for found in mood.breaks if found.kind == "section" and found.name == name
        ),
        newest=_newest(mood.newest[place]),
        smallest_visible_change=None if np.isnan(visible) else round(visible, 3),
        could_not_have_seen=bool(np.isnan(visible)) if mood.hyper.alarms else None,
    )


def _break(found: Break) -> MoodBreak:
    return MoodBreak(
        kind=found.kind,
        name=found.name,
        noticed=found.noticed,
        since=found.since,
        change=round(found.change, 4),
        chance=round(found.chance, 3),
    )


def _newest(newest: NewestDayHeard | None) -> NewestDay | None:
    if newest is None:
        return None
    return NewestDay(
        day=newest.day,
        people=round(newest.people, 3),
        counts=tuple(round(people, 3) for people in newest.counts),
        mean=round(newest.mean, 4),
        low90=round(newest.low, 4),
        high90=round(newest.high, 4),
        at_odds=newest.is_at_odds,
    )


def _alarm(alarm: Alarm, span_days: int) -> FalseAlarms:
    error = np.sqrt(max(alarm.achieved, 1 / alarm.unit_years) / alarm.unit_years)
    return FalseAlarms(
        kind=alarm.kind,
        false_alarms_a_year_wanted=alarm.target,
        false_alarms_a_year_found=round(alarm.achieved, 3),
        se=round(float(error), 3),
        simulated_years=round(alarm.unit_years, 1),
        false_ones_expected=round(alarm.expected(span_days), 1),
    )
