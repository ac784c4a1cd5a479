"""Attacks by coordinated people on the opinion map, and how often they are detected, on seeds fixed with the method."""

import json
import sys
from collections.abc import Iterable
from typing import Any

import numpy as np

from bench.opinion_alike_detection import run_trials
from bench.opinion_group_detection import CAMPS, CLOUDS, JUDGED_ON, count_called
from bench.opinion_tight_clusters import ATTACKED, KNOTS, attack_conversation, count_divided
from bench.results_store import store_results
from massline.engine import opinion
from massline.engine.opinion.decision_radius import Attacks, DecisionRadius
from massline.engine.opinion.planted_votes import Persona
from tests.engine.opinion.conversations import real_table

RUNS, ATTACKS = 120, 4
HARDEST = "1,500 × 100, a quarter seen"
CHECKED = ("15-per-hour-seattle", "brexit-consensus", "scoop-hivemind.freshwater")
RUNGS, TURNS = 1.15, 8


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


def alike_bars() -> list[dict[str, Any]]:
    """Bars for detected sets, planted or not."""
    found = run_trials()
    return [
        share_bar("clean draws told of", 0.01, found["clean"]["told"], found["clean"]["runs"]),
        share_bar("honest minorities told of", 0.05, found["minorities"]["told"], found["minorities"]["runs"]),
        share_bar("swarms of 5 % found, ballots as long as others'", 0.80, found["swarms"]["found"], found["swarms"]["runs"], at_least=True),
        share_bar("swarms of 5 % found, twenty votes each", 0.0, found["short_ballots"]["found"], found["short_ballots"]["runs"], at_least=True),
    ]  # fmt: skip


def radius_bars(names: Iterable[str] = CHECKED) -> list[dict[str, Any]]:
    """The radius of each verdict beside brute force: every rung of a ladder, eight attacks each."""
    rows = []
    for name in names:
        found = opinion.estimate(real_table(name), seed=1)
        radius = opinion.measure_decision_radius(found, seed=1)
        if not isinstance(radius, DecisionRadius) or not radius.people or radius.persona is None:
            continue
        checked = search_radius(Attacks(found.table, radius.groups, JUDGED_ON), radius.persona, radius.people)
        rows.append({"conversation": name, "people": radius.people, "brute_force": checked})
    return rows


def search_radius(attacked: Attacks, persona: Persona, near: int) -> int | None:
    """The first of the rungs from half to twice a size from which half of the attacks succeed, once rates only rise."""
    rungs = sorted({max(1, round(near / 2 * RUNGS**step)) for step in range(11)})
    rates = [
        float(np.mean([attacked.succeeds(persona, size, 100 + turn) for turn in range(TURNS)]))
        for size in rungs
    ]
    return next((size for size, rate in zip(rungs, fit_rising(rates), strict=True) if rate >= 0.5), None)


def fit_rising(rates: list[float]) -> list[float]:
    """Isotonic regression: neighbours that fall are averaged."""
    blocks: list[tuple[float, int]] = []
    for rate in rates:
        blocks.append((rate, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, n), (b, m) = blocks[-2:]
            blocks[-2:] = [((a * n + b * m) / (n + m), n + m)]
    return [rate for rate, count in blocks for _ in range(count)]


def run(runs: int = RUNS) -> dict[str, Any]:
    """All bars, written to bench/results/opinion_robustness.json."""
    found = {"seed": JUDGED_ON, "bars": [*knot_bars(runs), *alike_bars()], "radii": radius_bars()}
    store_results("opinion_robustness", found)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(20 if "--small" in sys.argv else RUNS), indent=1) + "\n")
