"""How good our forecasts are, over all of an organisation's that have been settled; never by person."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from massline.desk.decide.assessments.models import Forecast
from massline.engine.intervals import jeffreys_interval

EDGES = (0, 20, 40, 60, 80, 100)
ENOUGH = 5


@dataclass(frozen=True)
class Bin:
    """Forecasts of about the same probability: how many, what was said on average, how many came true."""

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
    """`brier` is None where fewer than five forecasts are settled."""

    settled: int
    brier: float | None
    bins: tuple[Bin, ...]


def measure_calibration(forecasts: Iterable[Forecast]) -> Calibration:
    settled = [one for one in forecasts if one.came_true is not None]
    if len(settled) < ENOUGH:
        return Calibration(len(settled), None, ())
    bins = []
    for low, high in pairwise(EDGES):
        here = [one for one in settled if low <= one.percent < high]
        if here:
            said = sum(one.percent for one in here) / len(here) / 100
            bins.append(Bin(low, high, len(here), said, sum(bool(one.came_true) for one in here)))
    brier = sum((one.percent / 100 - bool(one.came_true)) ** 2 for one in settled) / len(settled)
    return Calibration(len(settled), brier, tuple(bins))
