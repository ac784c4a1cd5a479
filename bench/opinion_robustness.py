"""Attacks by coordinated people on the opinion map, and how often they are detected, on seeds fixed with the method."""

import json
import sys
from typing import Any

import numpy as np

from bench.opinion_group_detection import CAMPS, CLOUDS, JUDGED_ON, count_called
from bench.opinion_tight_clusters import ATTACKED, KNOTS, attack_conversation, count_divided
from bench.results_store import store_results

RUNS, ATTACKS = 120, 4
HARDEST = "1,500 × 100, a quarter seen"


def share_bar(what: str, bar: float, count: int, runs: int, *, at_least: bool = False) -> dict[str, Any]:
    """A bar as a share of some runs, with its standard error."""
    value = count / runs
    error = float(np.sqrt(value * (1 - value) / runs))
    holds = value >= bar if at_least else value <= bar
    return {
        "what": what,
        "bar": bar,
        "at_least": at_least,
        "count": count,
        "runs": runs,
        "se": error,
        "holds": holds,
    }


def knot_bars(runs: int) -> list[dict[str, Any]]:
    """Clouds called groups, clouds with a knot cut, camps found, swarms planted in real conversations."""
    clouds = {name: count_called(draw, runs) for name, draw in CLOUDS.items()}
    real = [attack_conversation(name, ATTACKS) for name in ATTACKED]
    planted = [counts for by_share in real for counts in by_share.values()]
    return [
        share_bar("clouds called groups, all worlds", 0.05, sum(clouds.values()), runs * len(clouds)),
        share_bar(f"clouds called groups, {HARDEST}", 0.08, clouds[HARDEST], runs),
        share_bar("cloud and knot: real people cut", 0.05, sum(count_divided(draw, runs) for draw in KNOTS.values()), runs * len(KNOTS)),
        share_bar("swarms in real conversations: real people cut", 0.06, sum(c["cut"] for c in planted), sum(c["attacks"] for c in planted)),
        share_bar("camps called groups (within 3 points of 74.8 % without border trials)", 0.718, sum(count_called(draw, runs) for draw in CAMPS.values()), runs * len(CAMPS), at_least=True),
    ]  # fmt: skip


def run(runs: int = RUNS) -> dict[str, Any]:
    """All bars, written to bench/results/opinion_robustness.json."""
    found = {"seed": JUDGED_ON, "bars": knot_bars(runs)}
    store_results("opinion_robustness", found)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(20 if "--small" in sys.argv else RUNS), indent=1) + "\n")
