"""Judgement of groups, knots and borders by the fixed method, on seeds first drawn for it, for as long as is given.

Every round draws one conversation of each world. Rounds go on until the processor time that was given is spent, so how
many there are never depends on what they show. Power on camps is compared conversation by conversation with the same
estimate without border trials; near the border each conversation is judged from two seeds of the estimate.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import numpy as np

from bench.opinion_group_detection import CAMPS, CLOUDS, Draw
from bench.opinion_tight_clusters import KNOTS, divides_real_people, verdict
from bench.results_store import store_results
from massline.engine import opinion
from massline.engine.opinion import group_decision
from massline.engine.opinion.border_test import BorderTester
from massline.engine.opinion.borders import CutReading
from massline.engine.votes import VoteTable

FIRST_SEED = 2026120204
SECONDS = 1200
LARGE_CAMPS = ("even, 150 × 30, half seen", "80 and 20, 150 × 30", "blurred, 150 × 30", "four, 300 × 40")
NEAR_THE_BORDER = ("opposed, 60 × 10, 10 % slips", "opposed, 60 × 10, 20 % slips", "blurred, 150 × 30")


class NoBorderTrials(BorderTester):
    """Lets every cut that passed the gate stand, as the estimate did before borders were tried."""

    @cached_property
    def readings(self) -> dict[int, dict[int, CutReading]]:
        found = super().readings
        return {k: {k: readings[k]} for k, readings in found.items()}

    def stands(self, reading: CutReading) -> bool:
        return True

    def explains(self, other: CutReading, reading: CutReading) -> bool:
        return False


@contextmanager
def without_border_trials() -> Iterator[None]:
    """Estimate without border trials within the context."""
    tried = group_decision.BorderTester  # type: ignore[attr-defined]
    group_decision.BorderTester = NoBorderTrials  # type: ignore[attr-defined]
    try:
        yield
    finally:
        group_decision.BorderTester = tried  # type: ignore[attr-defined]


def draw_table(draw: Draw, number: int) -> VoteTable:
    """The conversation of one world in one round."""
    return draw(np.random.default_rng([FIRST_SEED, number]))


def is_grouped(found: opinion.Opinion) -> bool:
    return isinstance(found.outcome, opinion.Groups)


def judge_round(number: int, counts: dict[str, Counter[str]]) -> None:
    """Judge one conversation of every world."""
    for name, draw in CLOUDS.items():
        found = opinion.estimate(draw_table(draw, number), seed=number)
        counts[f"cloud: {name}"].update(runs=1, called=is_grouped(found), too_close=verdict(found) == 0)
    for name, draw in CAMPS.items():
        judge_camps(name, draw_table(draw, number), number, counts[f"camps: {name}"])
    for name, knotted in KNOTS.items():
        table, real = knotted(np.random.default_rng([FIRST_SEED, number]))
        found = opinion.estimate(table, seed=number)
        cut = divides_real_people(found, real)
        counts[f"knot: {name}"].update(runs=1, cut=cut, too_close=verdict(found) == 0)


def judge_camps(name: str, table: VoteTable, number: int, counted: Counter[str]) -> None:
    """Judge camps with and without border trials, and near the border from a second seed too."""
    found = opinion.estimate(table, seed=number)
    with without_border_trials():
        before = is_grouped(opinion.estimate(table, seed=number))
    now = is_grouped(found)
    counted.update(runs=1, called=now, called_before=before, lost=before and not now, won=now and not before)
    counted.update(too_close=verdict(found) == 0)
    if name in NEAR_THE_BORDER:
        again = opinion.estimate(table, seed=number + 500_000)
        sides = {verdict(found) > 1, verdict(again) > 1}
        contradicts = len(sides) > 1 and 0 not in (verdict(found), verdict(again))
        counted.update(pairs=1, contradicts=contradicts)


def run(seconds: float = SECONDS) -> dict[str, Any]:
    """Rounds until the time is spent, written to bench/results/opinion_judgement.json after each tenth."""
    names = [f"cloud: {name}" for name in CLOUDS]
    names += [f"camps: {name}" for name in CAMPS] + [f"knot: {name}" for name in KNOTS]
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    started, rounds, found = time.process_time(), 0, {}
    while time.process_time() - started < seconds:
        judge_round(rounds, counts)
        rounds += 1
        found = {
            "seed": FIRST_SEED,
            "rounds": rounds,
            "counts": {name: dict(row) for name, row in counts.items()},
        }
        if rounds % 10 == 0:
            store_results("opinion_judgement", found)
    store_results("opinion_judgement", found)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS), indent=1) + "\n")
