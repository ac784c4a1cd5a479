"""AutoETS, CrostonSBA and IMAPA of statsforecast: run by its own Python, beside which Massline is not installed.

Usage: statsforecast_baseline.py IN.json OUT.json, with a list of series of daily counts; a sum of seven days each.
"""

import json
import sys

import numpy as np
import numpy.typing as npt
from statsforecast.models import IMAPA, AutoETS, CrostonSBA  # type: ignore[import-not-found]

AHEAD = 7


def forecast_sums(count: npt.NDArray[np.float64]) -> dict[str, float]:
    """The expected sum of the seven days after `count`, by each model as it comes (weekly season for AutoETS)."""
    models = {"AutoETS": AutoETS(season_length=AHEAD), "CrostonSBA": CrostonSBA(), "IMAPA": IMAPA()}
    return {
        name: max(float(np.sum(model.forecast(y=count, h=AHEAD)["mean"])), 0.0)
        for name, model in models.items()
    }


def main(source: str, target: str) -> None:
    with open(source) as file:
        histories = json.load(file)
    found = [forecast_sums(np.array(history, dtype=float)) for history in histories]
    with open(target, "w") as file:
        json.dump(found, file)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
