"""The alarm: the chance that a wave is under way, from the same regimes that every path of the forecast is drawn from."""

import numpy as np

from massline.engine.pulse.counts import Floats, Ints
from massline.engine.pulse.regimes import CALLED, WAVE, Regimes, filter_onwards

MERGE = 14
CHANCE = 0.575
"""Chance of a wave at which the alarm is raised: see docs/methods/pulse.md for its false alarms."""
RECENT = 7
LIKELY = 0.5
TRIED: Floats = 2.0 ** np.linspace(-3, 8, 45)


def find_alarm_starts(days: Ints) -> list[int]:
    """First days of alarms, alarms less than a fortnight apart being one."""
    return [int(day) for place, day in enumerate(days) if place == 0 or day - days[place - 1] > MERGE]


def alarm_age(regimes: Regimes, histories: Ints, chance: float) -> int | None:
    """Days since the present alarm began, 0 on its first day; None if it has been quiet for a fortnight.

    It began on the day the chance of a wave reached the height, or earlier where the days since say that the wave
    was on already.
    """
    wave = regimes.wave
    days = np.flatnonzero(wave >= chance)
    if not len(days) or len(wave) - 1 - days[-1] > MERGE:
        return None
    age = len(wave) - 1 - find_alarm_starts(days)[-1]
    on = (histories >= WAVE).mean(axis=0) >= LIKELY
    while age + 1 < len(on) and on[-2 - age]:
        age += 1
    return age


def tall_day_age(histories: Ints) -> int | None:
    """Days since the newest day of the last week that was more likely called than anything else, given all days."""
    recent = histories[:, -RECENT:]
    called = (recent == CALLED).mean(axis=0)
    days = np.flatnonzero(called > LIKELY)
    return None if not len(days) else recent.shape[1] - 1 - int(days[-1])


def smallest_detectable_rate(regimes: Regimes, chance: float, within: int = 7) -> float | None:
    """Events a day that would raise an alarm within this many days, starting from quiet; None if none tried would."""
    mean, size = float(regimes.level.mean[-1]), float(regimes.level.size[-1])
    seen = filter_onwards(TRIED, mean, size, within)
    raised = np.flatnonzero((seen >= chance).any(axis=1))
    return float(TRIED[raised[0]]) if len(raised) else None
