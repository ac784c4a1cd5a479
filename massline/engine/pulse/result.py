"""What an estimate of the pulse is, and the document it leaves in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from massline.engine.documents import document as wrap
from massline.engine.not_enough import NotEnough
from massline.engine.pulse.window import Window

SCHEMA = "massline.pulse/1"


@dataclass(frozen=True)
class NextSeven:
    """Events in the next seven days: mean, median, and the middle half and nine tenths of what was
    simulated.
    """

    mean: float
    low90: float
    low50: float
    median: float
    high50: float
    high90: float
    method: str


@dataclass(frozen=True)
class IssuePulse:
    """The pulse of one issue on its last day.

    Attributes
    ----------
    issue, last, days, events
        Its name, the last day, and the days and events this rests on.
    status
        "quiet", "breaking out" (alarm under a week old), then "growing", "uncertain" or "fading".
    alarm_since
        The day the present alarm began; None when quiet; `NotEnough` under 40 days of counts.
    smallest_visible
        Events in a week that would raise an alarm within it, starting from quiet: fewer could not have been
        seen.
    last7, next7
        Events of the last seven days as they will be once reported, and of the next seven.
    p_growing
        P(next seven days > last seven days).
    window
        How long past waves took to halve; None when quiet.
    still_to_come
        Events of past days expected to be reported yet.
    branching
        Share of activity explained by earlier activity. It lags: never a verdict on growth.
    """

    issue: str
    last: date
    days: int
    events: float
    status: str
    alarm_since: date | NotEnough | None
    smallest_visible: float | None
    last7: float
    next7: NextSeven
    p_growing: float
    window: Window | None
    still_to_come: float
    branching: float


@dataclass(frozen=True)
class ShortIssue:
    """An issue watched too briefly for any forecast."""

    issue: str
    not_enough: NotEnough


@dataclass(frozen=True)
class Pulse:
    """All watched issues, by name, with counts of what went in and what did not."""

    issues: tuple[IssuePulse | ShortIssue, ...]
    rests_on: dict[str, int]
    left_out: dict[str, int]
    seed: int


def document(pulse: Pulse) -> dict[str, Any]:
    """Return the estimate as a versioned document (docs/methods/pulse.md)."""
    issues = [_short(i) if isinstance(i, ShortIssue) else _issue(i) for i in pulse.issues]
    return wrap(
        SCHEMA, seed=pulse.seed, rests_on=pulse.rests_on, left_out=pulse.left_out, result={"issues": issues}
    )


def _short(issue: ShortIssue) -> dict[str, Any]:
    return {"issue": issue.issue, "status": "not enough yet", "not_enough": _need(issue.not_enough)}


def _need(answer: NotEnough) -> dict[str, Any]:
    return {"have": answer.have, "need": answer.need, "what": answer.what}


def _issue(pulse: IssuePulse) -> dict[str, Any]:
    alarm = pulse.alarm_since
    seven = pulse.next7
    found: dict[str, Any] = {
        "issue": pulse.issue,
        "last_day": pulse.last.isoformat(),
        "days": pulse.days,
        "events": round(pulse.events, 3),
        "status": pulse.status,
        "alarm_since": alarm.isoformat() if isinstance(alarm, date) else None,
        "last7": round(pulse.last7, 2),
        "next7": {
            "mean": round(seven.mean, 2),
            "low90": round(seven.low90, 2),
            "low50": round(seven.low50, 2),
            "median": round(seven.median, 2),
            "high50": round(seven.high50, 2),
            "high90": round(seven.high90, 2),
            "method": seven.method,
        },
        "p_growing": round(pulse.p_growing, 3),
        "window_days": None,
        "could_not_have_seen": {
            "events_a_week_under": pulse.smallest_visible and round(pulse.smallest_visible, 1)
        },
        "still_to_come": round(pulse.still_to_come, 2),
        "explained_by_earlier": round(pulse.branching, 3),
    }
    if isinstance(alarm, NotEnough):
        found["alarm_not_enough"] = _need(alarm)
    if pulse.window is not None:
        window = pulse.window
        found["window_days"] = {
            "median": window.median,
            "low80": window.low80,
            "high80": window.high80,
            "past_waves": window.waves,
        }
    return found
