"""The next seven days: a self-exciting model whose paths each read the last days as quiet, called or a wave."""

from dataclasses import dataclass

import numpy as np

from massline.engine.pulse.counts import AHEAD, Floats, Ints
from massline.engine.pulse.negbin import draw_counts, fit_size, log_likelihood
from massline.engine.pulse.paths import draw_lift, simulate_paths
from massline.engine.pulse.regimes import Regimes, filter_regimes
from massline.engine.pulse.self_exciting import DaysToFit, SelfExcitingModel, Shape, fit_self_exciting

ENOUGH_HISTORY = 180
MEMORIES = (2.0, 4.0, 8.0)
MIXED = Shape((1.5, 5.0, 20.0), half_life=240.0, ceiling=0.98)
SMOOTHING = (0.03, 0.06, 0.1, 0.2, 0.35)
YOUNG_SPREAD = 0.8
QUIET_FLOOR = 0.1
READ_BACK = 28
"""Days whose regimes are drawn with each path."""


@dataclass(frozen=True, eq=False)
class Outlook:
    """Simulated sums of the last and the next seven days: (paths,), with the regimes the paths were drawn from."""

    before: Floats
    ahead: Floats
    regimes: Regimes
    histories: Ints
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
    a model of three memories, whose paths are half from itself, a quarter from exponential smoothing and a quarter
    around its mean with a spread learned from its own misses: alone, the model is too sure of itself.
    """
    long = len(days.count) >= ENOUGH_HISTORY
    shapes = [Shape((memory,)) for memory in MEMORIES] if long else [MIXED]
    model = max((fit_self_exciting(days, shape) for shape in shapes), key=SelfExcitingModel.score)
    size = len(days.count)
    regimes = filter_regimes(days.count, days.weekday[:size], model.kept * days.announced[:size], days.share)
    histories = regimes.draw_histories(rng, paths, READ_BACK)
    quiet = float(regimes.level.mean[-1]) + QUIET_FLOOR
    spread = 0.0 if long else young_spread(size)
    before, ahead = (
        part.sum(axis=1) for part in simulate_paths(model, histories, rng, quiet=quiet, spread=spread)
    )
    if not long:
        ahead = _mix_young(model, days, rng, ahead, spread)
    return Outlook(
        before,
        ahead,
        regimes,
        histories,
        "self-exciting" if long else "mix of three",
        model.branching,
        model.kept,
    )


def young_spread(days: int) -> float:
    """Spread (of the logarithm) that a short history adds to each path's level; nothing from half a year on."""
    short = max(0.0, 1 - days / ENOUGH_HISTORY)
    return YOUNG_SPREAD * short


def _mix_young(
    model: SelfExcitingModel, days: DaysToFit, rng: np.random.Generator, plain: Floats, spread: float
) -> Floats:
    """Half the paths as they are, a quarter around their mean, a quarter from exponential smoothing."""
    paths = len(plain)
    half, quarter = paths // 2, paths // 4
    called = model.kept * float(days.announced[len(days.count) :].sum())
    lift = draw_lift(rng, paths - half, spread)
    around = _recalibrated(model, rng, lift[:quarter] * float(plain.mean()))
    smooth = forecast_by_smoothing(days, rng, lift[quarter:]) + np.floor(called)
    return np.concatenate([plain[:half], around, smooth])


def _recalibrated(model: SelfExcitingModel, rng: np.random.Generator, mean: Floats) -> Floats:
    """Draws around each mean, with a spread learned from how the last 80 seven-day sums fell around what the model would have said."""
    total = len(model.days.count)
    ahead = _means_ahead(model)
    came = _week_sums(model.days.count)[-80:]
    said = ahead[: max(total - AHEAD + 1, 0)][-80:]
    size = fit_size(came, np.maximum(said, 0.05), prior=(1.5, 0.5)) if len(said) >= 10 else 1.5
    return draw_counts(rng, np.maximum(mean, 0.05), size)


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


def _week_sums(count: Floats) -> Floats:
    """Sum of each seven days, by their first day: (T - 6,)."""
    summed = np.concatenate([[0.0], np.cumsum(count)])
    sums: Floats = summed[AHEAD:] - summed[:-AHEAD]
    return sums
