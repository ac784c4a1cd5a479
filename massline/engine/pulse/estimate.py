"""The pulse of watched issues: is it breaking out, what comes in the next seven days, is it growing or
fading?
"""

from datetime import date, timedelta
from zlib import crc32

import numpy as np

from massline.engine.not_enough import NotEnough
from massline.engine.pulse.alarm import HEIGHT, LEAST_DAYS, Cusum, run_cusum
from massline.engine.pulse.counts import DailyCounts, IssueCounts
from massline.engine.pulse.forecast import Outlook, forecast_week
from massline.engine.pulse.reporting_delay import reported_share
from massline.engine.pulse.result import IssuePulse, NextSeven, Pulse, ShortIssue
from massline.engine.pulse.self_exciting import DaysToFit
from massline.engine.pulse.window import estimate_window

LEAST_HISTORY = 21
FRESH = 7
GROWING, FADING = 0.6, 0.3


def estimate(
    counts: DailyCounts, *, seed: int, threshold: float = HEIGHT, paths: int = 500
) -> Pulse | NotEnough:
    """Estimate the pulse of every watched issue on its last day.

    Parameters
    ----------
    counts
        Events per day and issue.
    seed
        For the simulated paths; each issue draws from its own stream, so others coming or going change
        nothing.
    threshold
        Height of the alarm; the default gives about 1.4 false alarms per issue and year.
    paths
        How many futures to simulate.

    Returns
    -------
    Pulse or NotEnough
        `NotEnough` where nothing was counted at all. An issue of under 21 days is a `ShortIssue`; under 40
        days it has a forecast but no alarm.

    Notes
    -----
    Counts are events that were seen and reported, not turnout. See docs/methods/pulse.md.

    Examples
    --------
    >>> from datetime import date, timedelta
    >>> day = date(2026, 1, 1)
    >>> rows = [(day + timedelta(days=d), 1 if d < 90 else 9) for d in range(94)]
    >>> pulse = estimate(DailyCounts.from_rows(rows), seed=1)
    >>> pulse.issues[0].status, pulse.issues[0].alarm_since
    ('breaking out', datetime.date(2026, 4, 2))
    """
    if not counts.issues:
        return NotEnough(0, LEAST_HISTORY, "days of counts")
    return Pulse(
        issues=tuple(_issue(issue, seed, threshold, paths) for issue in counts.issues),
        rests_on={
            "issues": len(counts.issues),
            "days": max(len(issue.count) for issue in counts.issues),
            "events": round(sum(float(issue.count.sum()) for issue in counts.issues)),
            "rows": counts.rows,
        },
        left_out=dict(counts.left_out),
        seed=seed,
    )


def _issue(counts: IssueCounts, seed: int, threshold: float, paths: int) -> IssuePulse | ShortIssue:
    size = len(counts.count)
    if size < LEAST_HISTORY:
        return ShortIssue(counts.issue, NotEnough(size, LEAST_HISTORY, "days of counts"))
    rng = np.random.default_rng([seed, crc32(counts.issue.encode())])
    days = DaysToFit(counts.count, counts.weekday, counts.announced, reported_share(counts))
    outlook = forecast_week(days, rng, paths=paths)
    seen = _watch(days.last(730), outlook.kept)
    start = seen.since(threshold) if size >= LEAST_DAYS else None
    since = None if start is None else counts.last - timedelta(days=len(seen.height) - 1 - start)
    short = NotEnough(size, LEAST_DAYS, "days of counts") if size < LEAST_DAYS else None
    last7 = float(outlook.before.mean())
    return IssuePulse(
        issue=counts.issue,
        last=counts.last,
        days=size,
        events=float(counts.count.sum()),
        status=_status(since, counts.last, outlook.growing),
        alarm_since=short or since,
        smallest_visible=None if short else 7 * seen.smallest_visible(threshold),
        last7=last7,
        next7=_seven(outlook),
        p_growing=outlook.growing,
        window=estimate_window() if since is not None else None,
        still_to_come=max(last7 - float(counts.count[-7:].sum()), 0.0),
        branching=outlook.branching,
    )


def _watch(days: DaysToFit, kept: float) -> Cusum:
    size = len(days.count)
    return run_cusum(days.count, days.weekday[:size], kept * days.announced[:size], days.share)


def _status(since: date | None, last: date, growing: float) -> str:
    if since is None:
        return "quiet"
    if (last - since).days < FRESH:
        return "breaking out"
    if growing > GROWING:
        return "growing"
    return "fading" if growing < FADING else "uncertain"


def _seven(outlook: Outlook) -> NextSeven:
    low90, low50, median, high50, high90 = (outlook.quantile(at) for at in (0.05, 0.25, 0.5, 0.75, 0.95))
    return NextSeven(float(outlook.ahead.mean()), low90, low50, median, high50, high90, outlook.method)
