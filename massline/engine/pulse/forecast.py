"""The next seven days: paths that each read the last days as quiet, called or a wave, half of them self-exciting."""

from dataclasses import dataclass

import numpy as np

from massline.engine.pulse.counts import Floats, Ints
from massline.engine.pulse.regimes import Regimes, filter_regimes
from massline.engine.pulse.self_exciting import (
    DaysToFit,
    FixedParameters,
    SelfExcitingModel,
    fit_self_exciting,
)
from massline.engine.pulse.simulated_paths import draw_lift, simulate_paths
from massline.engine.pulse.smoothed_week_level import draw_weeks

ENOUGH_HISTORY = 180
MEMORIES = (2.0, 4.0, 8.0)
MIXED = FixedParameters((1.5, 5.0, 20.0), half_life=240.0, ceiling=0.98)
METHOD = "self-exciting and smoothed"
YOUNG_SPREAD = 0.4
QUIET_FLOOR = 0.1
READ_BACK = 28
"""Days whose regimes are drawn with each path."""


@dataclass(frozen=True, eq=False)
class WeekForecast:
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


def forecast_week(days: DaysToFit, rng: np.random.Generator, *, paths: int = 500) -> WeekForecast:
    """Forecast the sum of the next seven days.

    Half of the paths are drawn day by day from NB-INGARCH(1,1), its memory of 2, 4 or 8 days chosen by likelihood (with
    under half a year of history a model of three memories), the other half around a level smoothed from the same
    reading of the last days: each sees what the other is blind to.
    """
    long = len(days.count) >= ENOUGH_HISTORY
    shapes = [FixedParameters((memory,)) for memory in MEMORIES] if long else [MIXED]
    model = max((fit_self_exciting(days, shape) for shape in shapes), key=SelfExcitingModel.score)
    size = len(days.count)
    regimes = filter_regimes(days.count, days.weekday[:size], model.kept * days.announced[:size], days.share)
    histories = regimes.draw_histories(rng, paths, READ_BACK)
    quiet = float(regimes.level.mean[-1]) + QUIET_FLOOR
    spread = young_spread(size)
    before, ahead = (
        part.sum(axis=1) for part in simulate_paths(model, histories, rng, quiet=quiet, spread=spread)
    )
    by_level = histories[::2]
    ahead[::2] = draw_weeks(days, model.kept, by_level, rng, draw_lift(rng, len(by_level), spread))
    return WeekForecast(before, ahead, regimes, histories, METHOD, model.branching, model.kept)


def young_spread(days: int) -> float:
    """Spread (of the logarithm) that a short history adds to each path's level; nothing from half a year on."""
    short = max(0.0, 1 - days / ENOUGH_HISTORY)
    return YOUNG_SPREAD * short
