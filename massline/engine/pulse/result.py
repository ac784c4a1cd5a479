"""The result of a pulse estimate."""

from dataclasses import dataclass
from datetime import date

from massline.engine.not_enough import NotEnough
from massline.engine.pulse.wave_duration import WaveDuration


@dataclass(frozen=True)
class SevenDayForecast:
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
class TallDay:
    """A single tall day that looks like a called day of action: its day and events, and whether it was announced."""

    day: date
    events: float
    announced: bool


@dataclass(frozen=True)
class IssuePulse:
    """The pulse of one issue on its last day.

    Attributes
    ----------
    issue, last, days, events
        Its name, the last day, and the days and events this rests on.
    status
        One of `status.STATUSES`, from the alarm and `p_growing` together.
    alarm_since
        The day the present alarm began; None without one.
    wave
        The chance that a wave is under way on the last day.
    tall
        A called day of the last week, where no alarm is on.
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
    alarm_since: date | None
    wave: float
    tall: TallDay | None
    smallest_visible: float | None
    last7: float
    next7: SevenDayForecast
    p_growing: float
    window: WaveDuration | None
    still_to_come: float
    branching: float


@dataclass(frozen=True)
class ShortIssue:
    """An issue watched too briefly for any forecast, with the events it saw."""

    issue: str
    not_enough: NotEnough
    events: float


@dataclass(frozen=True)
class Pulse:
    """All watched issues, by name, with counts of what went in and what did not."""

    issues: tuple[IssuePulse | ShortIssue, ...]
    rests_on: dict[str, int]
    left_out: dict[str, int]
    seed: int
