"""Breaks in the mood: where a level changed for good, how sure, and what could not have been seen.

Thresholds are set on simulated worlds without breaks for a chosen rate of false alarms, and the rate is then
measured on fresh ones. A step without noise put through the same detector shows the smallest change that
would have been noticed.
"""

from dataclasses import dataclass, replace

import numpy as np

from massline.engine.mood.arrays import Floats
from massline.engine.mood.changepoint import Course, Traces, first_alarms, follow
from massline.engine.mood.laplace import Fit
from massline.engine.mood.nulls import quiet_world, refit
from massline.engine.mood.units import traces_of, units_of

HAZARD = 1 / 365
RECENT = 28.0
FIRST_READINGS = 3
STEPS: Floats = np.geomspace(0.3, 6.0, 25)
UNIT_YEARS = 120.0
FEWEST_WORLDS, MOST_WORLDS = 10, 120
LARGE = 6000
LOWEST_ODDS = -6.0


@dataclass(frozen=True)
class Alarm:
    """One kind of unit's alarm: its threshold, the false alarms a unit and year asked for and found on fresh
    worlds.

    `unit_years` is how long those fresh worlds ran in all, so `achieved` has a Poisson error of sqrt(achieved
    / unit_years).
    """

    kind: str
    threshold: float
    target: float
    achieved: float
    unit_years: float


@dataclass(frozen=True)
class Found:
    """A break: which unit, when it was noticed and since when it holds (days from the start), by how many
    logits.
    """

    kind: str
    unit: int
    noticed: float
    since: float
    change: float
    chance: float


def kinds_of(found: Fit) -> tuple[str, ...]:
    """Kinds of units worth watching; a grouping into one group, or one section, is not."""
    groups = [f"group {k}" for k, codes in enumerate(found.problem.field.groups) if codes.max() > 0]
    return ("section", *groups, "all") if found.problem.sections > 1 else ("section",)


def calibrate(found: Fit, days: float, rng: np.random.Generator, *, target: float) -> tuple[Alarm, ...]:
    """Set each kind's threshold on worlds without breaks, then count false alarms on as many fresh ones."""
    worlds = _worlds(found, days)
    drawn = [refit(found, quiet_world(found, rng)) for _ in range(2 * worlds)]
    alarms = []
    for kind in kinds_of(found):
        years = worlds * units_of(found, kind) * days / 365
        setting, fresh = (
            _odds([traces_of(world, kind, days) for world in half])
            for half in (drawn[:worlds], drawn[worlds:])
        )
        threshold = _threshold(*setting, target * years)
        alarms.append(Alarm(kind, threshold, target, _count(*fresh, threshold) / years, years))
    return tuple(alarms)


def find(found: Fit, days: float, alarms: tuple[Alarm, ...]) -> tuple[Found, ...]:
    """Give all breaks noticed over the span, in the order of the alarms' kinds."""
    breaks = []
    for alarm in alarms:
        traces = traces_of(found, alarm.kind, days)
        course = courses(traces)
        for unit, step in first_alarms(course.odds, traces.time, alarm.threshold, RECENT):
            best = _settled(course, traces, unit, step, alarm.threshold)
            breaks.append(
                Found(
                    kind=alarm.kind,
                    unit=unit,
                    noticed=float(traces.time[unit, step]),
                    since=float(course.since[unit, best]),
                    change=float(course.change[unit, best]),
                    chance=float(1 / (1 + np.exp(-course.odds[unit, best]))),
                )
            )
    return tuple(breaks)


def smallest_visible(found: Fit, days: float, alarm: Alarm) -> Floats:
    """Smallest lasting step of the last 28 days that each section's readings would show, in logits; inf if
    none.
    """
    traces = traces_of(found, alarm.kind, days)
    units = len(traces.time)
    after = np.isfinite(traces.time) & (traces.time > days - RECENT)
    tall = {
        name: np.repeat(getattr(traces, name), len(STEPS), axis=0)
        for name in ("time", "noise", "usual", "fresh", "wander")
    }
    value = np.repeat(after.astype(float), len(STEPS), axis=0) * np.tile(STEPS, units)[:, None]
    odds = courses(Traces(value=value, **tall)).odds
    late = np.repeat(after, len(STEPS), axis=0)
    seen = np.where(late, odds, -np.inf).max(axis=1, initial=-np.inf).reshape(units, -1) >= alarm.threshold
    return np.where(seen.any(axis=1), STEPS[np.argmax(seen, axis=1)], np.inf)


def courses(traces: Traces) -> Course:
    """Follow the traces; a unit's first readings raise no alarm, there being nothing yet to break from."""
    course = follow(traces, hazard=HAZARD, recent=RECENT)
    odds = course.odds.copy()
    odds[:, :FIRST_READINGS] = -np.inf
    return replace(course, odds=odds)


def _settled(course: Course, traces: Traces, unit: int, step: int, threshold: float) -> int:
    """The step of the same alarm at which the detector was surest: what came after tells best when it
    began.
    """
    near = (traces.time[unit] >= traces.time[unit, step]) & (
        traces.time[unit] <= traces.time[unit, step] + RECENT
    )
    odds = np.where(near & (course.odds[unit] >= threshold), course.odds[unit], -np.inf)
    return int(np.argmax(odds))


def _worlds(found: Fit, days: float) -> int:
    wanted = int(np.ceil(UNIT_YEARS / max(found.problem.sections * days / 365, 1e-9)))
    if len(found.problem.counts) > LARGE:
        return max(min(wanted, FEWEST_WORLDS), 2)
    return int(np.clip(wanted, FEWEST_WORLDS, MOST_WORLDS))


def _odds(several: list[Traces]) -> tuple[Floats, Floats]:
    traces = Traces.stack(several)
    return courses(traces).odds, traces.time


def _count(odds: Floats, time: Floats, threshold: float) -> int:
    return len(first_alarms(odds, time, threshold, RECENT))


def _threshold(odds: Floats, time: Floats, most: float) -> float:
    """The lowest threshold with no more alarms than allowed, found by bisection."""
    peaks = np.unique(np.append(odds[odds > LOWEST_ODDS], LOWEST_ODDS))
    low, high = 0, len(peaks) - 1
    if _count(odds, time, float(peaks[high])) > most:
        return float(peaks[high]) + 0.5
    while low < high:
        middle = (low + high) // 2
        if _count(odds, time, float(peaks[middle])) > most:
            low = middle + 1
        else:
            high = middle
    return float(peaks[low])
