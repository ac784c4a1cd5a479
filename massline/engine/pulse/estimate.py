"""The pulse of watched issues: is it breaking out, what comes in the next seven days, is it growing or
fading?
"""

from datetime import date, timedelta
from zlib import crc32

import numpy as np

from massline.engine.not_enough import NotEnough
from massline.engine.pulse.alarm import CHANCE, alarm_age, smallest_detectable_rate, tall_day_age
from massline.engine.pulse.counts import DailyCounts, IssueCounts
from massline.engine.pulse.forecast import WeekForecast, forecast_week
from massline.engine.pulse.issue_status import choose_status
from massline.engine.pulse.part_day import PartDay
from massline.engine.pulse.reporting_delay import reported_share
from massline.engine.pulse.result import IssuePulse, Pulse, SevenDayForecast, ShortIssue, TallDay
from massline.engine.pulse.self_exciting import DaysToFit
from massline.engine.pulse.wave_duration import estimate_wave_duration

LEAST_HISTORY = 7
WHOLE = PartDay(1.0, np.inf)


def estimate(
    counts: DailyCounts, *, seed: int, part: PartDay = WHOLE, chance: float = CHANCE, paths: int = 500
) -> Pulse | NotEnough:
    """Estimate the pulse of every watched issue on its last day.

    Parameters
    ----------
    counts
        Events per day and issue.
    seed
        For the simulated paths; each issue draws from its own stream, so others coming or going change
        nothing.
    part
        The part of the last day that is known by now, where that day is not over (`estimate_part_day`).
    chance
        Chance of a wave at which the alarm is raised.
    paths
        How many futures to simulate.

    Returns
    -------
    Pulse or NotEnough
        `NotEnough` where nothing was counted at all. An issue of under 7 days is a `ShortIssue`.

    Notes
    -----
    Counts are events that were seen and reported, not turnout. See docs/methods/pulse.md.

    Examples
    --------
    >>> from datetime import date, timedelta
    >>> day = date(2026, 1, 1)
    >>> rows = [(day + timedelta(days=d), 1 if d < 90 else 3 * (d - 86)) for d in range(93)]
    >>> pulse = estimate(DailyCounts.from_rows(rows), seed=1)
    >>> pulse.issues[0].status, pulse.issues[0].alarm_since
    ('breaking out', datetime.date(2026, 4, 1))
    """
    if not counts.issues:
        return NotEnough(0, LEAST_HISTORY, "days of counts")
    return Pulse(
        issues=tuple(_issue(issue, seed, part, chance, paths) for issue in counts.issues),
        rests_on={
            "issues": len(counts.issues),
            "days": max(len(issue.count) for issue in counts.issues),
            "events": round(sum(float(issue.count.sum()) for issue in counts.issues)),
            "rows": counts.rows,
        },
        left_out=dict(counts.left_out),
        seed=seed,
    )


def _issue(
    counts: IssueCounts, seed: int, part: PartDay, chance: float, paths: int
) -> IssuePulse | ShortIssue:
    size, events = len(counts.count), float(counts.count.sum())
    if size < LEAST_HISTORY:
        return ShortIssue(counts.issue, NotEnough(size, LEAST_HISTORY, "days of counts"), events)
    rng = np.random.default_rng([seed, crc32(counts.issue.encode())])
    share = reported_share(counts, part.known)
    doubt = part.weight if part.known < 1 else None
    days = DaysToFit(counts.count, counts.weekday, counts.announced, share, doubt)
    outlook = forecast_week(days, rng, paths=paths)
    age = alarm_age(outlook.regimes, outlook.histories, chance)
    tall = _tall_day(counts, outlook) if age is None else None
    last7 = float(outlook.before.mean())
    visible = smallest_detectable_rate(outlook.regimes, chance)
    return IssuePulse(
        issue=counts.issue,
        last=counts.last,
        days=size,
        events=events,
        status=choose_status(alarm_age=age, tall=tall is not None, days=size, growing=outlook.growing),
        alarm_since=_day(counts.last, age),
        wave=float(outlook.regimes.wave[-1]),
        tall=tall,
        smallest_visible=None if visible is None else 7 * visible,
        last7=last7,
        next7=_seven(outlook),
        p_growing=outlook.growing,
        window=estimate_wave_duration() if age is not None else None,
        still_to_come=max(last7 - float(counts.count[-7:].sum()), 0.0),
        branching=outlook.branching,
    )


def _day(last: date, age: int | None) -> date | None:
    return None if age is None else last - timedelta(days=age)


def _tall_day(counts: IssueCounts, outlook: WeekForecast) -> TallDay | None:
    age = tall_day_age(outlook.histories)
    if age is None:
        return None
    place = len(counts.count) - 1 - age
    day = counts.last - timedelta(days=age)
    return TallDay(day, float(counts.count[place]), announced=bool(counts.announced[place] > 0))


def _seven(outlook: WeekForecast) -> SevenDayForecast:
    low90, low50, median, high50, high90 = (outlook.quantile(at) for at in (0.05, 0.25, 0.5, 0.75, 0.95))
    return SevenDayForecast(float(outlook.ahead.mean()), low90, low50, median, high50, high90, outlook.method)
