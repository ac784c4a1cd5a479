"""The pulse as the versioned document `massline.pulse/1` (docs/methods/pulse.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from massline.engine.not_enough import NotEnough
from massline.engine.pulse.result import IssuePulse, Pulse, SevenDayForecast, ShortIssue, TallDay
from massline.engine.pulse.wave_duration import WaveDuration
from massline.engine.result_documents import Document, Shortfall, omit_default, restore_document

SCHEMA = "massline.pulse/1"
NOT_ENOUGH = "not enough yet"


@dataclass(frozen=True, kw_only=True)
class WaveLength:
    """Days that past waves took to halve: median and the middle eight tenths."""

    median: float
    low80: float
    high80: float
    past_waves: int


@dataclass(frozen=True, kw_only=True)
class BlindSpot:
    """Events a week too few to be noticed; None where nothing can be said."""

    events_a_week_under: float | None


@dataclass(frozen=True, kw_only=True)
class TallDayMark:
    """A single tall day of the last week, its events, and whether it was announced."""

    day: date
    events: float
    announced: bool


@dataclass(frozen=True, kw_only=True)
class IssueTrend:
    """A watched issue on its last day, in events and days.

    The desk adds the last daily `counts`, the `announced` events of the same days and the week after, and the
    `first_day` of both. `alarm_not_enough` is of earlier engines, which raised no alarm under 40 days.
    """

    issue: str
    status: str
    last_day: date
    days: int
    events: float
    alarm_since: date | None
    last7: float
    next7: SevenDayForecast
    p_growing: float
    window_days: WaveLength | None
    could_not_have_seen: BlindSpot
    still_to_come: float
    explained_by_earlier: float
    wave: float | None = omit_default()
    tall_day: TallDayMark | None = omit_default()
    alarm_not_enough: NotEnough | None = omit_default()
    counts: tuple[int, ...] = omit_default(())
    announced: tuple[int, ...] = omit_default(())
    first_day: date | None = omit_default()


@dataclass(frozen=True, kw_only=True)
class ShortTrend:
    """An issue watched too briefly for any forecast, with what the desk adds."""

    issue: str
    status: str
    not_enough: NotEnough
    events: float | None = omit_default()
    counts: tuple[int, ...] = omit_default(())
    announced: tuple[int, ...] = omit_default(())
    first_day: date | None = omit_default()
    last_day: date | None = omit_default()


@dataclass(frozen=True, kw_only=True)
class PulseResult:
    """All watched issues, by name; the part of the last day that was known, where that day was not over."""

    issues: tuple[IssueTrend | ShortTrend, ...]
    part_of_last_day: float | None = omit_default()


@dataclass(frozen=True, kw_only=True)
class PulseDocument(Document):
    """The whole document; `rests_on` counts what went in, by name."""

    rests_on: Mapping[str, int]
    result: PulseResult | Shortfall

    @property
    def issues(self) -> tuple[IssueTrend | ShortTrend, ...]:
        """The issues of the result; none where there was not enough."""
        return self.result.issues if isinstance(self.result, PulseResult) else ()


def document(pulse: Pulse) -> PulseDocument:
    """Write the estimate down."""
    issues = tuple(
        _short(issue) if isinstance(issue, ShortIssue) else _trend(issue) for issue in pulse.issues
    )
    return PulseDocument(
        schema=SCHEMA,
        seed=pulse.seed,
        rests_on=pulse.rests_on,
        left_out=pulse.left_out,
        result=PulseResult(issues=issues),
    )


def restore_pulse(stored: Mapping[str, Any]) -> PulseDocument:
    """Read a stored pulse; raises ValueError where it is no whole document of this schema."""
    return restore_document(PulseDocument, SCHEMA, stored)


def _short(issue: ShortIssue) -> ShortTrend:
    return ShortTrend(
        issue=issue.issue, status=NOT_ENOUGH, not_enough=issue.not_enough, events=round(issue.events, 3)
    )


def _trend(pulse: IssuePulse) -> IssueTrend:
    tall = pulse.tall
    under = pulse.smallest_visible and round(pulse.smallest_visible, 1)
    return IssueTrend(
        issue=pulse.issue,
        last_day=pulse.last,
        days=pulse.days,
        events=round(pulse.events, 3),
        status=pulse.status,
        alarm_since=pulse.alarm_since,
        wave=round(pulse.wave, 3),
        tall_day=None if tall is None else _mark(tall),
        last7=round(pulse.last7, 2),
        next7=_rounded(pulse.next7),
        p_growing=round(pulse.p_growing, 3),
        window_days=None if pulse.window is None else _wave(pulse.window),
        could_not_have_seen=BlindSpot(events_a_week_under=under),
        still_to_come=round(pulse.still_to_come, 2),
        explained_by_earlier=round(pulse.branching, 3),
    )


def _mark(tall: TallDay) -> TallDayMark:
    return TallDayMark(day=tall.day, events=round(tall.events, 3), announced=tall.announced)


def _rounded(seven: SevenDayForecast) -> SevenDayForecast:
    return replace(
        seven,
        mean=round(seven.mean, 2),
        low90=round(seven.low90, 2),
        low50=round(seven.low50, 2),
        median=round(seven.median, 2),
        high50=round(seven.high50, 2),
        high90=round(seven.high90, 2),
    )


def _wave(window: WaveDuration) -> WaveLength:
    return WaveLength(median=window.median, low80=window.low80, high80=window.high80, past_waves=window.waves)
