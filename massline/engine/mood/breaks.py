"""Breaks in the mood: where a level changed for good, how sure, and what could not have been seen.

Thresholds are set on simulated worlds without breaks for a chosen rate of false alarms, and the rate is then
measured on fresh ones. A step without noise put through the same detector shows the smallest change that
would have been noticed.
"""

from dataclasses import dataclass, replace

import numpy as np

from massline.engine.mood.array_types import Floats
from massline.engine.mood.changepoint import DetectorCourse, Traces, detect_changes, first_alarms
from massline.engine.mood.laplace import ModeFit
from massline.engine.mood.null_simulation import draw_quiet_world, refit_world
from massline.engine.mood.partial_residuals import count_units, partial_residual_series

HAZARD = 1 / 365
RECENT = 28.0
FIRST_READINGS = 1
STEPS: Floats = np.geomspace(0.25, 1.25, 12)
UNIT_YEARS = 60.0
FEWEST_WORLDS, MOST_WORLDS = 10, 60
LARGE = 6000
LOWEST_ODDS = -6.0


@dataclass(frozen=True)
class Alarm:
    """A kind of unit's alarm: its threshold, the false alarms a unit and year asked for and found on fresh
    worlds.

    `unit_years` is how long those fresh worlds ran in all, so `achieved` has a Poisson error of sqrt(achieved
    / unit_years).
    """

    kind: str
    threshold: float
    target: float
    achieved: float
    unit_years: float
    units: int

    def expected(self, days: float) -> float:
        """The number of false alarms to expect of all units over so many days."""
        return self.achieved * self.units * days / 365


@dataclass(frozen=True)
class DetectedBreak:
    """A break: which unit, when it was noticed and since when it holds (days from the start), by how many
    logits.
    """

    kind: str
    unit: int
    noticed: float
    since: float
    change: float
    chance: float


def kinds_of_units(found: ModeFit) -> tuple[str, ...]:
    """Kinds of units worth watching; a grouping into one group, or one section, is not."""
    groups = [f"group {k}" for k, codes in enumerate(found.problem.field.groups) if codes.max() > 0]
    return ("section", *groups, "all") if found.problem.sections > 1 else ("section",)


def calibrate_alarms(
    found: ModeFit, days: float, rng: np.random.Generator, *, target: float, section_share: float = 1.0
) -> tuple[Alarm, ...]:
    """Set each kind's threshold on worlds without breaks, then count false alarms on as many fresh ones.

    `section_share` is the share of the false alarms asked for that the sections' detector may use.
    """
    worlds = _worlds(found, days)
    drawn = [refit_world(found, draw_quiet_world(found, rng)) for _ in range(2 * worlds)]
    kinds = kinds_of_units(found)
    traces = [Traces.stack([partial_residual_series(world, kind, days) for kind in kinds]) for world in drawn]
    whole = Traces.stack(traces)
    odds = run_detector(whole).odds.reshape(2 * worlds, -1, whole.time.shape[1])
    time = whole.time.reshape(odds.shape)
    alarms = []
    for kind, units in _lines(found, kinds):
        count = units.stop - units.start
        years = worlds * count * days / 365
        setting, fresh = (
            (odds[half, units].reshape(worlds * count, -1), time[half, units].reshape(worlds * count, -1))
            for half in (slice(0, worlds), slice(worlds, None))
        )
        wanted = target * section_share if kind == "section" else target
        threshold = _threshold(*setting, wanted * years)
        alarms.append(Alarm(kind, threshold, wanted, _count(*fresh, threshold) / years, years, count))
    return tuple(alarms)


def _lines(found: ModeFit, kinds: tuple[str, ...]) -> list[tuple[str, slice]]:
    """The lines of stacked traces that belong to each kind."""
    ends = np.cumsum([count_units(found, kind) for kind in kinds]).tolist()
    return [(kind, slice(start, end)) for kind, start, end in zip(kinds, [0, *ends], ends, strict=False)]


def find_breaks(found: ModeFit, days: float, alarms: tuple[Alarm, ...]) -> tuple[DetectedBreak, ...]:
    """Return all breaks noticed over the span, in the order of the alarms' kinds."""
    if not alarms:
        return ()
    kinds = tuple(alarm.kind for alarm in alarms)
    traces = Traces.stack([partial_residual_series(found, kind, days) for kind in kinds])
    course = run_detector(traces)
    breaks = []
    for alarm, (kind, units) in zip(alarms, _lines(found, kinds), strict=True):
        for unit, step in first_alarms(course.odds[units], traces.time[units], alarm.threshold, RECENT):
            line = units.start + unit
            best = _settled(course, traces, line, step, alarm.threshold)
            breaks.append(
                DetectedBreak(
                    kind=kind,
                    unit=unit,
                    noticed=float(traces.time[line, step]),
                    since=float(course.since[line, best]),
                    change=float(course.change[line, best]),
                    chance=float(1 / (1 + np.exp(-course.odds[line, best]))),
                )
            )
    return tuple(breaks)


def smallest_detectable_step(found: ModeFit, days: float, alarm: Alarm) -> Floats:
    """Smallest lasting step of the last 28 days that each section's readings would show, in logits; inf if
    none.
    """
    traces = partial_residual_series(found, alarm.kind, days)
    units = len(traces.time)
    after = np.isfinite(traces.time) & (traces.time > days - RECENT)
    tall = {
        name: np.repeat(getattr(traces, name), len(STEPS), axis=0)
        for name in ("time", "noise", "usual", "fresh", "wander")
    }
    value = np.repeat(after.astype(float), len(STEPS), axis=0) * np.tile(STEPS, units)[:, None]
    odds = run_detector(Traces(value=value, **tall)).odds
    late = np.repeat(after, len(STEPS), axis=0)
    seen = np.where(late, odds, -np.inf).max(axis=1, initial=-np.inf).reshape(units, -1) >= alarm.threshold
    return np.where(seen.any(axis=1), STEPS[np.argmax(seen, axis=1)], np.inf)


def run_detector(traces: Traces) -> DetectorCourse:
    """Follow the traces; a unit's first readings raise no alarm, there being nothing yet to break from."""
    course = detect_changes(traces, hazard=HAZARD, recent=RECENT)
    odds = course.odds.copy()
    odds[:, :FIRST_READINGS] = -np.inf
    return replace(course, odds=odds)


def _settled(course: DetectorCourse, traces: Traces, unit: int, step: int, threshold: float) -> int:
    """The step of the same alarm at which the detector was surest: what came after tells best when it
    began.
    """
    near = (traces.time[unit] >= traces.time[unit, step]) & (
        traces.time[unit] <= traces.time[unit, step] + RECENT
    )
    odds = np.where(near & (course.odds[unit] >= threshold), course.odds[unit], -np.inf)
    return int(np.argmax(odds))


def _worlds(found: ModeFit, days: float) -> int:
    wanted = int(np.ceil(UNIT_YEARS / max(found.problem.sections * days / 365, 1e-9)))
    if len(found.problem.counts) > LARGE:
        return max(min(wanted, FEWEST_WORLDS), 2)
    return int(np.clip(wanted, FEWEST_WORLDS, MOST_WORLDS))


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
