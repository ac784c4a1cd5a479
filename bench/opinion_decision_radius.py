"""The radius of the map's verdict beside brute force: a ladder of attacks, each rung with attacks of its own.

Usage: python -m bench.opinion_decision_radius [CPU seconds]
"""

import sys
import time
from typing import Any

import numpy as np

from bench.results_store import has_results, load_results, store_results
from massline.engine import opinion
from massline.engine.not_enough import NotEnough
from massline.engine.opinion.decision_radius import Attacks, DecisionRadius, is_number_sure, sample_for_attack
from massline.engine.opinion.planted_votes import Persona
from tests.engine.opinion.conversations import real_names, real_table

STORE, FIRST_SEED, SECONDS = "opinion_radius", 2026120207, 1500
RUNGS, TURNS = 1.15, 8
STEPS = 11


def compare_radius(name: str) -> dict[str, Any]:
    """The radius of one conversation's verdict by up-and-down trials and by brute force, with the seconds of the former."""
    found = opinion.estimate(real_table(name), seed=FIRST_SEED)
    started = time.process_time()
    radius = opinion.measure_decision_radius(found, seed=FIRST_SEED)
    row: dict[str, Any] = {"people": found.table.shape[0], "cpu_s": time.process_time() - started}
    if isinstance(radius, NotEnough):
        return row | {"radius": None, "why": "not enough"}
    row |= {
        "groups": radius.groups,
        "attacks": radius.attacks,
        "radius": radius.people,
        "persona": radius.persona,
    }
    if not radius.people or radius.persona is None:
        return row | {
            "why": "too close to call" if radius.people == 0 else "nothing up to three in ten changed it"
        }
    return row | {"brute_force": attack_by_force(found, radius, radius.persona, radius.people)}


def attack_by_force(
    found: opinion.Opinion, radius: DecisionRadius, persona: Persona, near: int
) -> float | None:
    """The size from which half of the attacks succeed, with other draws than the radius; None beyond twice as many."""
    table, scale = sample_for_attack(found.table, np.random.default_rng([FIRST_SEED, 1]))
    sure = is_number_sure(found, table, seed=FIRST_SEED)
    attacks = Attacks(table, radius.groups, FIRST_SEED + 1, number=sure)
    size = search_radius(attacks, persona, near / scale)
    return None if size is None else size * scale


def search_radius(attacked: Attacks, persona: Persona, near: float) -> float | None:
    """The size from half to twice another at which half of the attacks succeed, once rates only rise, between rungs by line."""
    rungs = sorted({max(1, round(near / 2 * RUNGS**step)) for step in range(STEPS)})
    rates = fit_rising(
        [
            float(np.mean([attacked.succeeds(persona, size, 100 + turn) for turn in range(TURNS)]))
            for size in rungs
        ]
    )
    at = next((place for place, rate in enumerate(rates) if rate >= 0.5), None)
    if at is None or at == 0:
        return None if at is None else float(rungs[0])
    share = (0.5 - rates[at - 1]) / (rates[at] - rates[at - 1])
    return float(np.exp(np.interp(share, [0, 1], np.log(rungs[at - 1 : at + 1]))))


def fit_rising(rates: list[float]) -> list[float]:
    """Isotonic regression: neighbours that fall are averaged."""
    blocks: list[tuple[float, int]] = []
    for rate in rates:
        blocks.append((rate, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, n), (b, m) = blocks[-2:]
            blocks[-2:] = [((a * n + b * m) / (n + m), n + m)]
    return [rate for rate, count in blocks for _ in range(count)]


def run(seconds: float = SECONDS) -> dict[str, Any]:
    """Every conversation, the smallest first, written to bench/results/opinion_radius.json after each; goes on where it was."""
    found: dict[str, Any] = (
        load_results(STORE)["found"] if has_results(STORE) else {"seed": FIRST_SEED, "rows": {}}
    )
    started = time.process_time()
    for name in sorted(real_names(), key=lambda name: real_table(name).votes):
        if name not in found["rows"] and time.process_time() - started < seconds:
            found["rows"][name] = compare_radius(name)
            store_results(STORE, found)
    return found


if __name__ == "__main__":
    run(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
