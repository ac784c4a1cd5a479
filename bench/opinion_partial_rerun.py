"""Two parts of `bench.opinion` by themselves: held-out votes beside Community Notes' scorers, and 30,000 people beside red-dwarf.

Usage: python -m bench.opinion_partial_rerun
"""

import json
import sys
from typing import Any

from bench.opinion import compare_costs, compare_predictions
from bench.opinion_vote_data import draw_synthetic
from bench.results_store import store_results


def run() -> dict[str, Any]:
    """Both parts, written to bench/results/opinion_again.json."""
    votes = draw_synthetic(30_000, 1_000, 900_000)
    found = {
        "cost": compare_costs("30,000 people", votes, runs=3, turns=1),
        "prediction": compare_predictions(),
    }
    store_results("opinion_again", found)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=1) + "\n")
