"""Calibration of an organisation's settled forecasts; never of a person's."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from massline.desk.decide.assessments.models import Forecast
from massline.engine.jeffreys_intervals import jeffreys_interval

EDGES = (0, 20, 40, 60, 80, 100)
ENOUGH = 5


@dataclass(frozen=True)
class CalibrationBin:
    """Forecasts of about the same probability: their number, mean probability, and how many came true."""

    low: int
    high: int
    forecasts: int
    said: float
    came_true: int

    @property
    def share(self) -> float:
        return self.came_true / self.forecasts

    @property
    def likely(self) -> tuple[float, float]:
        low, high = jeffreys_interval(self.came_true, self.forecasts)
        return float(low), float(high)


@dataclass(frozen=True)
class Calibration:
    """The Brier score and its bins; `brier` is None where fewer than five forecasts are settled."""

    settled: int
    brier: float | None
    bins: tuple[CalibrationBin, ...]


def measure_calibration(forecasts: Iterable[Forecast]) -> Calibration:
    settled = [forecast for forecast in forecasts if forecast.came_true is not None]
    if len(settled) < ENOUGH:
        return Calibration(len(settled), None, ())
    bins = []
    for low, high in pairwise(EDGES):
        here = [forecast for forecast in settled if low <= forecast.percent < high]
        if here:
            mean = sum(forecast.percent for forecast in here) / len(here) / 100
            came_true = sum(bool(forecast.came_true) for forecast in here)
            bins.append(CalibrationBin(low, high, len(here), mean, came_true))
    errors = [forecast.percent / 100 - bool(forecast.came_true) for forecast in settled]
    brier = sum(error**2 for error in errors) / len(settled)
    return Calibration(len(settled), brier, tuple(bins))
