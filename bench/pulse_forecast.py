"""The next seven days, forecast from past days only, beside plain rivals."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.protest_series import Series, read_real_series
from massline.engine.pulse.counts import AHEAD, Floats
from massline.engine.pulse.forecast import forecast_week
from massline.engine.pulse.negative_binomial import draw_counts, fit_size, log_likelihood
from massline.engine.pulse.self_exciting import DaysToFit


def share_with_error(flags: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> dict[str, float]:
    """A share with its binomial standard error."""
    mean = float(flags.mean())
    return {"value": round(mean, 3), "se": round(float(np.sqrt(mean * (1 - mean) / len(flags))), 3)}


SMOOTHING = (0.03, 0.06, 0.1, 0.2, 0.35)
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


def forecast_by_smoothing(days: DaysToFit, rng: np.random.Generator, lift: Floats) -> Floats:
    """Draw next week's sum by exponential smoothing, its weight and spread learned on the past; `lift` is a factor
    on the mean of each draw.
    """
    count = days.count / np.maximum(days.share, 0.5)
    came = _week_sums(count)[1:]
    best, best_score, said = 0.0, -np.inf, came
    for weight in SMOOTHING:
        level = _smooth(count, weight)
        guess = np.maximum(AHEAD * level[: len(came)], 0.05)
        score = float(log_likelihood(came, guess, 2.0).sum())
        if score > best_score:
            best, best_score, said = float(AHEAD * level[-1]), score, guess
    return draw_counts(rng, max(best, 0.05) * lift, fit_size(came, said) if len(came) else 1.5)


def _smooth(count: Floats, weight: float) -> Floats:
    level = np.zeros(len(count))
    last = float(count[:7].mean())
    for day, value in enumerate(count):
        last += weight * (float(value) - last)
        level[day] = last
    return level


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
