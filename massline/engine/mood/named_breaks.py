"""Breaks with their names, days, sizes and chances: those of the detector, and the leaps of the estimate itself."""

from datetime import date, timedelta

import numpy as np

from massline.engine.mood.array_types import Floats
from massline.engine.mood.breaks import RECENT, DetectedBreak
from massline.engine.mood.display_scale import Scale
from massline.engine.mood.leap_bayes_factors import Leap
from massline.engine.mood.leap_model_set import LeapModelSet
from massline.engine.mood.model_problem import ModelSpan, Problem
from massline.engine.mood.readings import MoodReadings
from massline.engine.mood.result import Break

LIKELY = 0.75
"""Probability of a leap from which it is called a break."""
LIKELY_ALONE = 0.95
"""The same where a single reading came after it, which may have been odd: a second one tells the two apart."""


def named_breaks(
    found: tuple[DetectedBreak, ...],
    now: LeapModelSet,
    *,
    readings: MoodReadings,
    span: ModelSpan,
    scale: Scale,
    eta: Floats,
) -> tuple[Break, ...]:
    """All breaks, those noticed last first; a section's leap takes the place of what the detector made of it.

    `eta` is the estimate of the last day: (S,).
    """
    leaps = _called_leaps(now)
    breaks = [
        _named(alarm, readings, span, scale, eta)
        for alarm in found
        if not any(_is_same(alarm, leap, span) for leap in leaps) and not _is_alone(alarm, now, span)
    ]
    for leap, size in leaps.items():
        seen = [alarm.noticed for alarm in found if _is_same(alarm, leap, span)]
        noticed = span.first + timedelta(days=round(min(seen))) if seen else _last_heard(readings, leap)
        level = float(eta[leap.section])
        breaks.append(
            Break(
                kind="section",
                name=readings.sections[leap.section],
                noticed=noticed,
                since=span.first + timedelta(days=round(leap.time * span.days)),
                change=_change(scale, level, size),
                chance=float(now.chance[leap.section]),
            )
        )
    return tuple(
        sorted(
            breaks,
            key=lambda found_break: (
                -found_break.noticed.toordinal(),
                found_break.kind,
                found_break.name,
                found_break.since,
            ),
        )
    )


def _called_leaps(now: LeapModelSet) -> dict[Leap, float]:
    """The largest leap of every section that has probably leapt, with its size in logits."""
    largest: dict[int, Leap] = {}
    for leap in now.best.problem.leaps:
        rival = largest.setdefault(leap.section, leap)
        largest[leap.section] = max(rival, leap, key=lambda leap: abs(_size(now, leap)))
    problem = now.best.problem
    likely = [leap for leap in largest.values() if now.chance[leap.section] >= chance_needed(problem, leap)]
    return {leap: _size(now, leap) for leap in likely}


def chance_needed(problem: Problem, leap: Leap) -> float:
    """Probability from which a leap is called a break."""
    at = problem.at
    after = (at.section == leap.section) & leap.is_before(at.time, at.source)
    return LIKELY if after.sum() > 1 else LIKELY_ALONE


def _is_same(alarm: DetectedBreak, leap: Leap, span: ModelSpan) -> bool:
    is_near = abs(leap.time * span.days - alarm.since) <= RECENT
    return alarm.kind == "section" and alarm.unit == leap.section and is_near


def _is_alone(alarm: DetectedBreak, now: LeapModelSet, span: ModelSpan) -> bool:
    """True if a single reading of a section supports an alarm."""
    at = now.best.problem.at
    after = (at.section == alarm.unit) & (at.time * span.days >= alarm.since - 0.5)
    return alarm.kind == "section" and int(after.sum()) < 2


def _size(now: LeapModelSet, leap: Leap) -> float:
    """Posterior mean of a leap in logits."""
    best = now.best
    after = (best.problem.at.section == leap.section) & leap.is_before(
        best.problem.at.time, best.problem.at.source
    )
    return leap.variance * float(best.pull[after].sum())


def _last_heard(readings: MoodReadings, leap: Leap) -> date:
    return date.fromordinal(int(readings.day[readings.section == leap.section].max()))


def _change(scale: Scale, level: float, change: float) -> float:
    return float(scale.at(np.array(level)) - scale.at(np.array(level - change)))


def _named(alarm: DetectedBreak, readings: MoodReadings, span: ModelSpan, scale: Scale, eta: Floats) -> Break:
    if alarm.kind == "section":
        name, level = readings.sections[alarm.unit], float(eta[alarm.unit])
    elif alarm.kind == "all":
        name, level = "", float(eta.mean())
    else:
        names = readings.groups[int(alarm.kind.split()[1])]
        name = sorted(set(names))[alarm.unit]
        level = float(eta[np.array(names) == name].mean())
    return Break(
        kind=alarm.kind.split()[0],
        name=name,
        noticed=span.first + timedelta(days=round(alarm.noticed)),
        since=span.first + timedelta(days=round(alarm.since)),
        change=_change(scale, level, alarm.change),
        chance=alarm.chance,
    )
