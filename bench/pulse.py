"""Pulse on real waves: detection, forecast, direction and window, each beside its plain rivals.

Series, trigger dates and protocol are those of the research note on protest waves: rolling origins, past data
only.
"""

import json
import sys
import time
from datetime import timedelta
from typing import Any

import numpy as np

from bench.protest_series import Series, read_real_series
from bench.pulse_forecast import forecast_rows, forecast_series, share_with_error
from bench.results_store import store_results
from massline.engine.pulse.alarm import CHANCE, find_alarm_starts
from massline.engine.pulse.counts import Floats
from massline.engine.pulse.forecast import forecast_week
from massline.engine.pulse.regimes import filter_regimes
from massline.engine.pulse.wave_duration import days_to_half

WAVE_DAYS, FOUND_WITHIN, WARM = 60, 28, 120


def _quiet(series: Series) -> Floats:
    mask = np.ones(len(series.count), dtype=bool)
    mask[:WARM] = False
    for start in series.triggers:
        mask[max(0, start - 3) : start + WAVE_DAYS] = False
    return mask


def _chances(series: Series) -> Floats:
    """The chance of a wave on each day, from the days until then; -1 where there are too few."""
    size = len(series.count)
    regimes = filter_regimes(series.count, series.weekday[:size], np.zeros(size), np.ones(size), days=size)
    return np.concatenate([np.full(regimes.first, -1.0), regimes.wave])


def _false_alarms(height: Floats, quiet: Floats, threshold: float) -> int:
    return len(find_alarm_starts(np.flatnonzero((height >= threshold) & quiet.astype(bool))))


def _threshold(heights: list[Floats], quiets: list[Floats], a_year: float) -> float:
    years = sum(quiet.sum() for quiet in quiets) / 365
    pooled = np.concatenate([height[WARM:] for height in heights])
    grid = np.unique(np.quantile(pooled, 1 - np.geomspace(0.0005, 0.4, 90)))[::-1]
    best = grid[0]
    for threshold in grid:
        alarms = sum(_false_alarms(h, q, threshold) for h, q in zip(heights, quiets, strict=True))
        if alarms / years > a_year:
            break
        best = threshold
    return float(best)


def measure_detection(threshold: float | None = None) -> dict[str, Any]:
    """Delay and false alarms: one shipped threshold, or (None) each series judged by one fitted on the others."""
    waves = [series for series in read_real_series() if series.triggers]
    heights, quiets = [_chances(s) for s in waves], [_quiet(s) for s in waves]
    delays: list[int] = []
    alarms = 0
    for place, series in enumerate(waves):
        others = [i for i in range(len(waves)) if i != place]
        height = threshold or _threshold([heights[i] for i in others], [quiets[i] for i in others], 2.0)
        alarms += _false_alarms(heights[place], quiets[place], height)
        for start in series.triggers:
            if start >= WARM:
                raised = np.flatnonzero(heights[place][start : start + FOUND_WITHIN] >= height)
                delays.append(int(raised[0]) if len(raised) else 99)
    years = float(sum(quiet.sum() for quiet in quiets) / 365)
    late = np.array(delays)
    return {
        "waves": len(late),
        "caught": int((late < 99).sum()),
        "median_delay_days": float(np.median(late)),
        "within_3_days": share_with_error(late <= 3),
        "within_7_days": share_with_error(late <= 7),
        "false_alarms_per_year": round(alarms / years, 2),
        "false_alarms_se": round(float(np.sqrt(alarms)) / years, 2),
        "quiet_series_years": round(years, 1),
    }


def measure_direction() -> dict[str, Any]:
    """Brier score of P(next 7 > last 7) inside waves, against the rate of the other waves."""
    said, came, wave = [], [], []
    for series in read_real_series():
        for start in series.triggers:
            for age in range(2, 45, 3):
                origin = start + age + 1
                last = series.count[origin - 7 : origin].sum()
                if origin < 200 or origin + 7 > len(series.count) or last < 5:
                    continue
                outlook = forecast_week(series.until(origin), np.random.default_rng(origin))
                said.append(outlook.growing)
                came.append(float(series.count[origin : origin + 7].sum() > last))
                wave.append((series.first + timedelta(days=start)).isoformat())
    up, chance, which = np.array(came), np.array(said), np.array(wave)
    base = np.array([up[which != name].mean() for name in which])
    miss, base_miss = (chance - up) ** 2, (base - up) ** 2
    means = np.array([miss[which == name].mean() for name in dict.fromkeys(wave)])
    return {
        "points": len(up),
        "observed_up": round(float(up.mean()), 3),
        "brier": {
            "value": round(float(miss.mean()), 3),
            "se": round(float(means.std(ddof=1) / len(means) ** 0.5), 3),
        },
        "brier_base_rate": round(float(base_miss.mean()), 3),
    }


def reference_waves() -> tuple[tuple[int, ...], ...]:
    """Days until half of every wave, looked at on days 4 to 21 while it stood above twice its usual week."""
    found = []
    for series in read_real_series():
        for start in series.triggers:
            usual = 7 * series.count[max(0, start - 91) : start - 7].mean() if start > 7 else 0.0
            days = []
            for age in (4, 7, 10, 14, 21):
                day = start + age
                half = days_to_half(series.count, day) if day + 1 >= 200 else None
                if half is not None and series.count[day - 6 : day + 1].sum() >= max(2 * usual, 5):
                    days.append(half)
            found += [tuple(days)] if days else []
    return tuple(found)


def measure_window_cover() -> dict[str, Any]:
    """The share of waves whose own days until half lie in the band of the other waves."""
    waves = reference_waves()
    held, miss = [], []
    for place, wave in enumerate(waves):
        others = [day for i, other in enumerate(waves) if i != place for day in other]
        low, middle, high = np.quantile(others, [0.1, 0.5, 0.9])
        held += [low <= day <= high for day in wave]
        miss += [abs(day - middle) for day in wave]
    return {
        "points": len(held),
        "cover80": share_with_error(np.array(held)),
        "median_error_days": round(float(np.mean(miss)), 1),
    }


def time_forecast() -> dict[str, float]:
    """CPU milliseconds of one forecast with 500 paths, long and short history, single thread."""
    found = {}
    series = read_real_series()[0]
    for label, days in (("two_years", series.until(1400)), ("cold_start", series.until(1400).last(90))):
        spent = []
        for seed in range(15):
            start = time.process_time()
            forecast_week(days, np.random.default_rng(seed))
            spent.append(1000 * (time.process_time() - start))
        found[f"{label}_ms"] = round(float(np.median(spent)), 1)
    return found


def run() -> dict[str, Any]:
    """All rows, written to bench/results/pulse.json."""
    found = {
        "detection_leave_one_series_out": measure_detection(),
        "detection_shipped_height": measure_detection(CHANCE),
        "next_seven_days": forecast_rows(forecast_series()),
        "next_seven_days_cold_start_60_days": forecast_rows(forecast_series(history=60)),
        "direction": measure_direction(),
        "window": measure_window_cover(),
        "clock": time_forecast(),
    }
    store_results("pulse", found)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=1) + "\n")
