"""The next seven days beside AutoETS, CrostonSBA and IMAPA of statsforecast, on series that nothing was chosen by.

Usage: python -m bench.pulse_baselines
The rivals give a mean; each gets a negative binomial around it, its spread learned from its own earlier misses.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from bench.held_out_series import label_in_hindsight, read_held_back
from bench.protest_series import Series
from bench.pulse_forecast import Score, forecast_by_smoothing, forecast_rows, score_draws
from bench.results_store import store_results
from massline.engine.pulse.forecast import forecast_week
from massline.engine.pulse.negative_binomial import draw_counts, fit_size

BUILD = Path(__file__).parents[1] / "build"
PYTHON = BUILD / "statsforecast" / "bin" / "python"
WARM, STEP, HISTORY = 200, 140, 365
WAVE_ORIGINS = (2, 9)


def run() -> dict[str, Any]:
    """All rows, written to bench/results/pulse_rivals.json."""
    places = [(series, origin, wave) for series in read_held_back() for origin, wave in _origins(series)]
    histories = [series.count[max(0, origin - HISTORY) : origin].tolist() for series, origin, _ in places]
    said = _run_statsforecast(histories)
    scores: list[Score] = []
    misses: dict[str, list[tuple[float, float]]] = {}
    for (series, origin, wave), means in zip(places, said, strict=True):
        came = float(series.count[origin : origin + 7].sum())
        rng = np.random.default_rng(origin)
        draws = {"massline": forecast_week(series.until(origin), rng).ahead}
        last = float(series.count[origin - 7 : origin].sum())
        for model, mean in ({"last week again": last} | means).items():
            known = misses.setdefault(f"{series.name} {model}", [])
            draws[model] = draw_counts(rng, np.full(500, max(mean, 0.05)), _size(known))
            known.append((came, max(mean, 0.05)))
        draws["exponential smoothing"] = forecast_by_smoothing(series.until(origin), rng, np.ones(500))
        scores += [score_draws(series.name, wave, model, drawn, came) for model, drawn in draws.items()]
    found = {"next_seven_days": forecast_rows(scores), "origins": len(places), "step_days": STEP}
    store_results("pulse_rivals", found)
    return found


def _size(known: list[tuple[float, float]]) -> float:
    """Spread of a rival, from its misses at the earlier origins of the same series."""
    if len(known) < 10:
        return 1.5
    came, said = (np.array(side) for side in zip(*known, strict=True))
    return fit_size(came, said, prior=(1.5, 0.5))


def _origins(series: Series) -> list[tuple[int, bool]]:
    """Every twentieth week, and two days of each wave told in hindsight."""
    size = len(series.count)
    waves, _ = label_in_hindsight(series.count)
    near = {first + days for first in waves for days in WAVE_ORIGINS}
    inside = {origin for origin in near if WARM <= origin < size - 7}
    return [(origin, origin in inside) for origin in sorted(inside | set(range(WARM, size - 7, STEP)))]


def _run_statsforecast(histories: list[list[float]]) -> list[dict[str, float]]:
    if not PYTHON.exists():
        subprocess.run(["uv", "venv", "-q", "--python", "3.11", str(BUILD / "statsforecast")], check=True)
        subprocess.run(
            ["uv", "pip", "install", "-q", "--python", str(PYTHON), "statsforecast==2.1.1"], check=True
        )
    source, target = BUILD / "statsforecast-in.json", BUILD / "statsforecast-out.json"
    source.write_text(json.dumps(histories))
    script = Path(__file__).with_name("statsforecast_baseline.py")
    subprocess.run([str(PYTHON), str(script), str(source), str(target)], check=True)
    found: list[dict[str, float]] = json.loads(target.read_text())
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=1) + "\n")
