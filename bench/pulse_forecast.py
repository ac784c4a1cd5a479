"""The next seven days, forecast from past days only, beside plain rivals."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.waves import Series, read_real_series
from massline.engine.pulse.counts import Floats
from massline.engine.pulse.forecast import forecast_by_smoothing, forecast_week
from massline.engine.pulse.negbin import draw_counts, fit_size


def share_with_error(flags: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> dict[str, float]:
    """A share with its binomial standard error."""
    mean = float(flags.mean())
    return {"value": round(mean, 3), "se": round(float(np.sqrt(mean * (1 - mean) / len(flags))), 3)}


THIN = 3
"""Every third origin is measured: neighbours share most of their days."""


@dataclass(frozen=True)
class Score:
    """A forecast of one model: CRPS as counted and on the log scale, and whether the intervals held."""

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
    for origin in sorted(regular | odd)[::THIN]:
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
    size = fit_size(came, np.maximum(said, 0.05)) if len(came) else 1.5
    found["exponential smoothing"] = forecast_by_smoothing(series.until(origin), rng, np.ones(500))
    found["last week again"] = draw_counts(rng, np.full(500, max(weeks[-1], 0.05)), size)
    return found


def score_draws(name: str, wave: bool, model: str, draws: Floats, actual: float) -> Score:
    low90, low50, high50, high90 = np.quantile(draws, [0.05, 0.25, 0.75, 0.95])
    log = crps(np.log1p(draws), float(np.log1p(actual)))
    return Score(
        name, wave, model, crps(draws, actual), log, low50 <= actual <= high50, low90 <= actual <= high90
    )


def forecast_series(warm: int = 300, *, history: int | None = None) -> list[Score]:
    """Rolling origins; with `history`, each forecast sees only that many days, as a new watch would."""
    scores: list[Score] = []
    for series in read_real_series():
        step = 7 if len(series.count) < 3000 else 21
        for origin, wave in _origins(series, warm, step):
            rng = np.random.default_rng(1000 + origin)
            actual = float(series.count[origin : origin + 7].sum())
            days = series.until(origin)
            seen = days if history is None else days.last(history)
            outlook = forecast_week(seen, rng)
            scores.append(score_draws(series.name, wave, "massline", outlook.ahead, actual))
            for model, draws in _rivals(series, origin, rng).items():
                scores.append(score_draws(series.name, wave, model, draws, actual))
    return scores


def relative_crps(
    scores: list[Score], *, wave: bool | None, model: str, log: bool = False
) -> dict[str, float]:
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
    """A row per model: skill over all origins and in waves, and how often intervals held."""
    rows = []
    for model in dict.fromkeys(score.model for score in scores):
        mine = [score for score in scores if score.model == model]
        row: dict[str, Any] = {"model": model, "origins": len(mine)}
        for label, wave in (("all", None), ("wave", True)):
            row[f"crps_{label}"] = relative_crps(scores, wave=wave, model=model)
            row[f"log_crps_{label}"] = relative_crps(scores, wave=wave, model=model, log=True)
        for label, wave in (("quiet", False), ("wave", True)):
            some = [score for score in mine if score.wave == wave]
            row[f"cover90_{label}"] = share_with_error(np.array([score.in90 for score in some]))
            row[f"cover50_{label}"] = share_with_error(np.array([score.in50 for score in some]))
        rows.append(row)
    return rows
