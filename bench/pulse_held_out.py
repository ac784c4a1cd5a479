"""The pulse on series that nothing was chosen by: young watches, first bursts, single tall days, false alarms.

Usage: python -m bench.pulse_held_out
"""

import json
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np

from bench.held_out_series import WARM, find_bursts, label_in_hindsight, read_held_back
from bench.protest_series import Series
from bench.pulse_forecast import share_with_error
from bench.results_store import store_results
from massline.engine.pulse.alarm import CHANCE, find_alarm_starts
from massline.engine.pulse.counts import Floats
from massline.engine.pulse.forecast import forecast_week
from massline.engine.pulse.regimes import filter_regimes

SEED = 20261204
"""Drawn when the method was fixed; the judgement before this one drew from 20261201."""
YOUNG = (10, 14, 21, 30, 45, 60)
STARTS = 14
FIRST_DAYS = 5
AFTER = 60


@cache
def wave_chances(series: Series) -> Floats:
    """The chance of a wave on every day, each from the days until then: (T,)."""
    size = len(series.count)
    regimes = filter_regimes(series.count, series.weekday[:size], np.zeros(size), np.ones(size), days=size)
    chances = np.zeros(size)
    chances[regimes.first :] = regimes.wave
    return chances


def measure_young() -> dict[str, Any]:
    """Cover of the 90 % interval where a watch is 10 to 60 days old, at days drawn at random."""
    rng = np.random.default_rng(SEED)
    held, busy, by_age = [], [], {age: [] for age in YOUNG}  # type: ignore[var-annotated]
    for series in read_held_back():
        for age in YOUNG:
            for origin in rng.choice(np.arange(WARM, len(series.count) - 7), STARTS, replace=False):
                days = series.until(int(origin)).last(age)
                low, high = np.quantile(forecast_week(days, rng).ahead, [0.05, 0.95])
                came = float(series.count[origin : origin + 7].sum())
                held.append(low <= came <= high)
                by_age[age].append(held[-1])
                if came or days.count[-7:].sum():
                    busy.append(held[-1])
    return {
        "origins": len(held),
        "cover90": share_with_error(np.array(held)),
        "cover90_where_anything_happened": share_with_error(np.array(busy)),
        "by_age": {str(age): share_with_error(np.array(flags)) for age, flags in by_age.items()},
    }


def measure_growth() -> dict[str, Any]:
    """Brier score of P(next 7 > last 7) on the first days of alarms, bursts, waves and single tall days."""
    found: dict[str, list[tuple[str, float, float]]] = {"alarm": [], "burst": [], "wave": [], "single": []}
    for series in read_held_back():
        waves, single = label_in_hindsight(series.count)
        alarms = find_alarm_starts(np.flatnonzero(wave_chances(series) >= CHANCE))
        bursts = find_bursts(series.count)
        for kind, firsts in (("alarm", alarms), ("burst", bursts), ("wave", waves), ("single", single)):
            for place, first in enumerate(firsts):
                name = f"{series.name} {place}"
                found[kind] += [(name, said, came) for said, came in _growth(series, first)]
    return {kind: summarise_brier(points) for kind, points in found.items()}


def _growth(series: Series, first: int) -> Iterator[tuple[float, float]]:
    for origin in range(first + 1, first + 1 + FIRST_DAYS):
        if WARM <= origin <= len(series.count) - 7:
            said = forecast_week(series.until(origin), np.random.default_rng([SEED, origin])).growing
            last, after = series.count[origin - 7 : origin].sum(), series.count[origin : origin + 7].sum()
            yield said, float(after > last) + 0.5 * float(after == last)


def summarise_brier(points: Sequence[tuple[str, float, float]]) -> dict[str, Any]:
    """Brier score of (episode, said, came), its error over episodes, and that of the plain rate p: p (1 - p)."""
    episode = np.array([name for name, _, _ in points])
    said, came = np.array([p for _, p, _ in points]), np.array([c for _, _, c in points])
    miss = (said - came) ** 2
    means = np.array([miss[episode == name].mean() for name in dict.fromkeys(episode)])
    return {
        "points": len(points),
        "episodes": len(means),
        "came_more": round(float(came.mean()), 3),
        "said_more": round(float(said.mean()), 3),
        "brier": {
            "value": round(float(miss.mean()), 3),
            "se": round(float(means.std(ddof=1) / len(means) ** 0.5), 3),
        },
        "brier_base_rate": round(float(((came.mean() - came) ** 2).mean()), 3),
    }


def measure_alarms() -> dict[str, Any]:
    """Waves caught, single tall days that raise an alarm on the day itself, and other alarms a year."""
    delays: list[int] = []
    rung: list[bool] = []
    other, quiet_days = 0, 0
    for series in read_held_back():
        waves, single = label_in_hindsight(series.count)
        over = wave_chances(series) >= CHANCE
        quiet = np.ones(len(over), dtype=bool)
        quiet[:WARM] = False
        for first in waves:
            quiet[max(0, first - 3) : first + AFTER] = False
            raised = np.flatnonzero(over[first : first + 28])
            delays.append(int(raised[0]) if len(raised) else 99)
        rung += [bool(over[day]) for day in single]
        other += len(find_alarm_starts(np.flatnonzero(over & quiet)))
        quiet_days += int(quiet.sum())
    late = np.array(delays)
    return {
        "waves": len(late),
        "caught": share_with_error(late < 99),
        "within_3_days": share_with_error(late <= 3),
        "within_7_days": share_with_error(late <= 7),
        "single_days": len(rung),
        "single_days_that_alarm": share_with_error(np.array(rung)),
        "other_alarms_a_year": round(365 * other / quiet_days, 2),
        "other_alarms_se": round(365 * other**0.5 / quiet_days, 2),
    }


def run() -> dict[str, Any]:
    """All rows, written to bench/results/pulse_unseen.json."""
    found = {"young": measure_young(), "growth": measure_growth(), "alarms": measure_alarms()}
    store_results("pulse_unseen", found)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=1) + "\n")
