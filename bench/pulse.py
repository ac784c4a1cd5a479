"""Pulse on real waves: detection, forecast, direction and window, each beside its plain rivals.

Series, trigger dates and protocol are those of the research note on protest waves: rolling origins, past data only.
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from bench.waves import Series, real_series
from massline.engine.pulse.alarm import HEIGHT, episodes, watch
from massline.engine.pulse.counts import Floats
from massline.engine.pulse.forecast import look_ahead, smoothed
from massline.engine.pulse.negbin import best_size, draw
from massline.engine.pulse.window import days_to_half

RESULTS = Path(__file__).parent / "results" / "pulse.json"
WAVE_DAYS, FOUND_WITHIN, WARM = 60, 28, 120


# -- is it breaking out? ---------------------------------------------------------------------------------------------


def _quiet(series: Series) -> Floats:
    mask = np.ones(len(series.count), dtype=bool)
    mask[:WARM] = False
    for start in series.triggers:
        mask[max(0, start - 3) : start + WAVE_DAYS] = False
    return mask


def _heights(series: Series) -> Floats:
    size = len(series.count)
    return np.nan_to_num(
        watch(series.count, series.weekday[:size], np.zeros(size), np.ones(size)).height, nan=-99.0
    )


def _false_alarms(height: Floats, quiet: Floats, threshold: float) -> int:
    return len(episodes(np.flatnonzero((height >= threshold) & quiet.astype(bool))))


def _threshold(heights: list[Floats], quiets: list[Floats], a_year: float) -> float:
    years = sum(quiet.sum() for quiet in quiets) / 365
    pooled = np.concatenate([height[WARM:] for height in heights])
    grid = np.unique(np.quantile(pooled, 1 - np.geomspace(0.0005, 0.4, 60)))[::-1]
    best = grid[0]
    for threshold in grid:
        alarms = sum(_false_alarms(h, q, threshold) for h, q in zip(heights, quiets, strict=True))
        if alarms / years > a_year:
            break
        best = threshold
    return float(best)


def detection(threshold: float | None = None) -> dict[str, Any]:
    """Delay and false alarms: one shipped height, or (None) each series judged by a height fitted on the others."""
    waves = [series for series in real_series() if series.triggers]
    heights, quiets = [_heights(s) for s in waves], [_quiet(s) for s in waves]
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
        "within_3_days": _share(late <= 3),
        "within_7_days": _share(late <= 7),
        "false_alarms_per_year": round(alarms / years, 2),
        "false_alarms_se": round(float(np.sqrt(alarms)) / years, 2),
        "quiet_series_years": round(years, 1),
    }


def _share(flags: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> dict[str, float]:
    mean = float(flags.mean())
    return {"value": round(mean, 3), "se": round(float(np.sqrt(mean * (1 - mean) / len(flags))), 3)}


# -- the next seven days ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Score:
    """One forecast of one model: CRPS as counted and on the log scale, and whether the intervals held."""

    series: str
    wave: bool
    model: str
    crps: float
    log_crps: float
    in50: bool
    in90: bool


def crps(draws: Floats, actual: float) -> float:
    """Continuous ranked probability score of a sample."""
    ordered = np.sort(draws)
    size = len(ordered)
    weights = 2 * np.arange(1, size + 1) - size - 1
    return float(np.abs(ordered - actual).mean() - (weights * ordered).sum() / size**2)


def _origins(series: Series, warm: int, step: int) -> Iterator[tuple[int, bool]]:
    size = len(series.count)
    wave = {start + k for start in series.triggers for k in range(1, 46) if warm <= start + k < size - 7}
    regular = set(range(warm, size - 7, step))
    odd = {start + k for start in series.triggers for k in range(1, 46, 2)} & wave
    for origin in sorted(regular | odd):
        yield origin, origin in wave


def _week_sums(count: Floats) -> Floats:
    summed = np.concatenate([[0.0], np.cumsum(count)])
    sums: Floats = summed[7:] - summed[:-7]
    return sums


def _rivals(series: Series, origin: int, rng: np.random.Generator) -> dict[str, Floats]:
    """Last week again, exponential smoothing, and any week of the last year; spreads learned on the past."""
    count = series.count[:origin]
    weeks = _week_sums(count)
    said, came = weeks[:-7][-365:], weeks[7:][-365:]
    found = {"any week of the last year": rng.choice(weeks[-365:], 500)}
    size = best_size(came, np.maximum(said, 0.05)) if len(came) else 1.5
    found["exponential smoothing"] = smoothed(series.until(origin), rng, 500)
    found["last week again"] = draw(rng, np.full(500, max(weeks[-1], 0.05)), size)
    return found


def _score(name: str, wave: bool, model: str, draws: Floats, actual: float) -> Score:
    low90, low50, high50, high90 = np.quantile(draws, [0.05, 0.25, 0.75, 0.95])
    log = crps(np.log1p(draws), float(np.log1p(actual)))
    return Score(
        name, wave, model, crps(draws, actual), log, low50 <= actual <= high50, low90 <= actual <= high90
    )


def forecasts(warm: int = 300, *, history: int | None = None) -> list[Score]:
    """Rolling origins; with `history`, each forecast sees only that many days, as a new watch would."""
    scores: list[Score] = []
    for series in real_series():
        step = 7 if len(series.count) < 3000 else 21
        for origin, wave in _origins(series, warm, step):
            rng = np.random.default_rng(1000 + origin)
            actual = float(series.count[origin : origin + 7].sum())
            days = series.until(origin)
            seen = days if history is None else days.last(history)
            outlook = look_ahead(seen, rng)
            scores.append(_score(series.name, wave, "massline", outlook.ahead, actual))
            for model, draws in _rivals(series, origin, rng).items():
                scores.append(_score(series.name, wave, model, draws, actual))
    return scores


def relative(scores: list[Score], *, wave: bool | None, model: str, log: bool = False) -> dict[str, float]:
    """Geometric mean over series of the ratio to "last week again", with its standard error over series."""
    sums: dict[str, dict[str, list[float]]] = {}
    for score in scores:
        if wave in (None, score.wave):
            value = score.log_crps if log else score.crps
            sums.setdefault(score.series, {}).setdefault(score.model, []).append(value)
    ratios = [np.log(np.mean(by[model]) / np.mean(by["last week again"])) for by in sums.values()]
    centre = float(np.exp(np.mean(ratios)))
    return {
        "value": round(centre, 3),
        "se": round(centre * float(np.std(ratios, ddof=1)) / len(ratios) ** 0.5, 3),
    }


def forecast_rows(scores: list[Score]) -> list[dict[str, Any]]:
    """One row per model: skill over all origins and in waves, and how often intervals held."""
    rows = []
    for model in dict.fromkeys(score.model for score in scores):
        mine = [score for score in scores if score.model == model]
        row: dict[str, Any] = {"model": model, "origins": len(mine)}
        for label, wave in (("all", None), ("wave", True)):
            row[f"crps_{label}"] = relative(scores, wave=wave, model=model)
            row[f"log_crps_{label}"] = relative(scores, wave=wave, model=model, log=True)
        for label, wave in (("quiet", False), ("wave", True)):
            some = [score for score in mine if score.wave == wave]
            row[f"cover90_{label}"] = _share(np.array([score.in90 for score in some]))
            row[f"cover50_{label}"] = _share(np.array([score.in50 for score in some]))
        rows.append(row)
    return rows


# -- growing or fading, the window, the clock ------------------------------------------------------------------------


def direction() -> dict[str, Any]:
    """Brier score of P(next 7 > last 7) inside waves, against the rate of the other waves."""
    said, came, wave = [], [], []
    for series in real_series():
        for start in series.triggers:
            for age in range(2, 45, 3):
                origin = start + age + 1
                last = series.count[origin - 7 : origin].sum()
                if origin < 200 or origin + 7 > len(series.count) or last < 5:
                    continue
                outlook = look_ahead(series.until(origin), np.random.default_rng(origin))
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
    for series in real_series():
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


def window_cover() -> dict[str, Any]:
    """How often the band of the other waves holds a wave's own days until half."""
    waves = reference_waves()
    held, miss = [], []
    for place, wave in enumerate(waves):
        others = [day for i, other in enumerate(waves) if i != place for day in other]
        low, middle, high = np.quantile(others, [0.1, 0.5, 0.9])
        held += [low <= day <= high for day in wave]
        miss += [abs(day - middle) for day in wave]
    return {
        "points": len(held),
        "cover80": _share(np.array(held)),
        "median_error_days": round(float(np.mean(miss)), 1),
    }


def clock() -> dict[str, float]:
    """CPU milliseconds of one forecast with 500 paths, long and short history, single thread."""
    found = {}
    series = real_series()[0]
    for label, days in (("two_years", series.until(1400)), ("cold_start", series.until(1400).last(90))):
        spent = []
        for seed in range(15):
            start = time.process_time()
            look_ahead(days, np.random.default_rng(seed))
            spent.append(1000 * (time.process_time() - start))
        found[f"{label}_ms"] = round(float(np.median(spent)), 1)
    return found


def run() -> dict[str, Any]:
    """All rows, written to bench/results/pulse.json."""
    found = {
        "detection_leave_one_series_out": detection(),
        "detection_shipped_height": detection(HEIGHT),
        "next_seven_days": forecast_rows(forecasts()),
        "next_seven_days_cold_start_60_days": forecast_rows(forecasts(history=60)),
        "direction": direction(),
        "window": window_cover(),
        "clock": clock(),
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=1) + "\n")
