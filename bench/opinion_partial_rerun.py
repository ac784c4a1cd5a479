"""Parts of `bench.opinion` by themselves: costs over 1,000 people, held-out votes beside Community Notes' scorers, and 30,000 people beside red-dwarf.

Usage: python -m bench.opinion_partial_rerun
"""

import json
import sys
from typing import Any

from bench.opinion import compare_costs, compare_predictions
from bench.opinion_vote_data import draw_synthetic, prepare_real
from bench.results_store import store_results

LARGE = (
    "vtaiwan.uberx",
    "football-concussions",
    "austria-climate.5twd2jsnkf.2022-08-08",
    "austria-climate.2vkxcncppn.2022-07-07",
)


def run() -> dict[str, Any]:
    """All parts, written to bench/results/opinion_again.json."""
    votes, real = draw_synthetic(30_000, 1_000, 900_000), prepare_real()
    found = {
        "large": [compare_costs(name, real[name], runs=5, turns=1) for name in LARGE],
        "cost": compare_costs("30,000 people", votes, runs=3, turns=1),
        "prediction": compare_predictions(),
    }
    store_results("opinion_again", found)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=1) + "\n")
