"""The next seven days: a self-exciting model where there is history, a cautious mix of three where there is
little.
"""

from dataclasses import dataclass

import numpy as np

from massline.engine.pulse.counts import AHEAD, Floats
from massline.engine.pulse.negbin import draw_counts, fit_size, log_likelihood
from massline.engine.pulse.self_exciting import KEPT, DaysToFit, SelfExcitingModel, Shape, fit_self_exciting

ENOUGH_HISTORY = 180
MEMORIES = (2.0, 4.0, 8.0)
MIXED = Shape((1.5, 5.0, 20.0), half_life=240.0, ceiling=0.98)
SMOOTHING = (0.03, 0.06, 0.1, 0.2, 0.35)


@dataclass(frozen=True, eq=False)
class Outlook:
    """Simulated sums of the last and the next seven days: (paths,), from one way of forecasting."""

    before: Floats
    ahead: Floats
    method: str
    branching: float
    kept: float

    def quantile(self, at: float) -> float:
        """Quantile of the next seven days' sum."""
        return float(np.quantile(self.ahead, at))

    @property
    def growing(self) -> float:
        """P(next seven days > last seven days), ties counted half."""
        more = float(np.mean(self.ahead > self.before))
        return more + 0.5 * float(np.mean(self.ahead == self.before))


def forecast_week(days: DaysToFit, rng: np.random.Generator, *, paths: int = 500) -> Outlook:
    """Forecast the sum of the next seven days.

    With half a year of history NB-INGARCH(1,1), its memory of 2, 4 or 8 days chosen by likelihood. With less,
    half the paths from a three-memory model whose spread is learned from its own past misses, a quarter from
    that model plain, a quarter from exponential smoothing: alone, the model is too sure of itself in a cold
    start.
    """
    if len(days.count) >= ENOUGH_HISTORY:
        model = max(
            (fit_self_exciting(days, Shape((memory,))) for memory in MEMORIES), key=SelfExcitingModel.score
        )
        before, ahead = (part.sum(axis=1) for part in model.simulate(rng, paths))
        return Outlook(before, ahead, "self-exciting", model.branching, model.kept)
    model = fit_self_exciting(days, MIXED)
    before, plain = (part.sum(axis=1) for part in model.simulate(rng, paths))
    half, quarter = paths // 2, paths // 4
    called = KEPT * float(days.announced[len(days.count) :].sum())
    ahead = np.concatenate(
        [
            _recalibrated(model, rng, half, float(plain.mean())),
            plain[:quarter],
            forecast_by_smoothing(days, rng, paths - half - quarter) + np.floor(called),
        ]
    )
    return Outlook(before, ahead, "mix of three", model.branching, model.kept)


def _recalibrated(model: SelfExcitingModel, rng: np.random.Generator, paths: int, mean: float) -> Floats:
    """Spread learned from how the last 80 seven-day sums fell around what the model would have said."""
    total = len(model.days.count)
    ahead = _means_ahead(model)
    came = _week_sums(model.days.count)[-80:]
    said = ahead[: max(total - AHEAD + 1, 0)][-80:]
    size = fit_size(came, np.maximum(said, 0.05), prior=(1.5, 0.5)) if len(said) >= 10 else 1.5
    return draw_counts(rng, np.full(paths, max(mean, 0.05)), size)


def _means_ahead(model: SelfExcitingModel) -> Floats:
    """Expected sum of the seven days from each fitted day on, weekdays aside: (T,)."""
    keep = 1 - 1 / np.array(model.shape.memories)
    state = model.excitation
    total = np.zeros(len(state))
    for _ in range(AHEAD):
        level = model.base + state @ model.strength
        total += level
        state = keep * state + (1 - keep) * level[:, None]
    return total


def forecast_by_smoothing(days: DaysToFit, rng: np.random.Generator, paths: int) -> Floats:
    """Draw next week's sum by exponential smoothing, its weight and spread learned on the past."""
    count = days.count / np.maximum(days.share, 0.5)
    came = _week_sums(count)[1:]
    best, best_score, said = 0.0, -np.inf, came
    for weight in SMOOTHING:
        level = _smooth(count, weight)
        guess = np.maximum(AHEAD * level[: len(came)], 0.05)
        score = float(log_likelihood(came, guess, 2.0).sum())
        if score > best_score:
            best, best_score, said = float(AHEAD * level[-1]), score, guess
    return draw_counts(rng, np.full(paths, max(best, 0.05)), fit_size(came, said) if len(came) else 1.5)


def _smooth(count: Floats, weight: float) -> Floats:
    level = np.zeros(len(count))
    last = float(count[:7].mean())
    for day, value in enumerate(count):
        last += weight * (float(value) - last)
        level[day] = last
    return level


def _week_sums(count: Floats) -> Floats:
    """Sum of each seven days, by their first day: (T - 6,)."""
    summed = np.concatenate([[0.0], np.cumsum(count)])
    sums: Floats = summed[AHEAD:] - summed[:-AHEAD]
    return sums
