"""Whom a list leaves out: coverage beside the best list, EJR+, minorities kept, and what it costs.

Real conversations of build/ beside the checkout, and planted worlds: one or two dimensions of opinion, a fifth of the statements
unpopular, half of them seen by anybody, and a minority who vote as others do except on two or three statements of their own, with which
they mostly agree and others mostly do not. The method was chosen on seeds 41, 43 and 44; figures are from seeds of `JUDGED_ON`, first drawn then.
"""

import json
import sys
import time
from typing import Any

import numpy as np

from bench.results_store import store_results
from massline.engine.line.ballots import Ballots, gather_ballots
from massline.engine.line.justified_representation import find_underrepresented, overlooked_demands
from massline.engine.line.maximum_coverage import BestCoverage, find_best_coverage
from massline.engine.line.multiwinner import choose_by_equal_shares, choose_by_pav
from massline.engine.line.proposed_findings import propose_findings
from massline.engine.votes import VoteTable
from tests.engine.opinion.conversations import real_names, real_table

JUDGED_ON = 2026120206
SIZES = (3, 5, 10)
LIST = 5
CANDIDATES = 100  # the statements most agree with, so that every rule chooses among the same
WORLDS = ((150, 30), (300, 40), (800, 60))
MINORITIES = (0.05, 0.08, 0.15)
OWN = (2, 3)
LEAST = 5


def plant_minority(
    people: int, statements: int, share: float, own: int, rng: np.random.Generator
) -> VoteTable:
    """A conversation with a minority; its own statements come first."""
    axes = 1 + int(rng.integers(2))
    base = rng.normal(0.3, 1.0, statements)
    unpopular = rng.random(statements) < 0.2
    base[unpopular] = rng.normal(-2.0, 0.3, int(unpopular.sum()))
    leaning = rng.normal(0, 1, (people, axes)) @ rng.normal(0, 1, (axes, statements)) + base
    leaning[:, :own] = -2.2
    leaning[: max(LEAST, round(share * people)), :own] = 1.8
    yes = rng.random(leaning.shape) < 1 / (1 + np.exp(-leaning))
    value = np.where(rng.random(leaning.shape) < 0.1, 0, np.where(yes, 1, -1))
    who, which = np.nonzero(rng.random(leaning.shape) < 0.5)
    return VoteTable.from_arrays(who, which, value[who, which], statements=range(statements))


def candidate_ballots(table: VoteTable) -> Ballots:
    """Ballots over the statements that most people agree with."""
    agree = table.counts[:, 2]
    chosen = np.sort(np.argsort(-agree, kind="stable")[:CANDIDATES])
    return gather_ballots(table, [table.statements.tolist()[place] for place in chosen])


def compare_lists(name: str) -> dict[str, Any]:
    """A real conversation: what each rule's list of five reaches beside the best, and the best of three lengths."""
    ballots = candidate_ballots(real_table(name))
    best = find_best_coverage(ballots, LIST)
    most = tuple(np.argsort(-(ballots.people @ ballots.supports), kind="stable")[:LIST].tolist())
    lists = {
        "most agreed": most,
        "equal shares": choose_by_equal_shares(ballots, LIST),
        "proportional approval": choose_by_pav(ballots, LIST)[0],
        "fewest left out": best.chosen,
    }
    return {
        "conversation": name,
        "voters": ballots.voters,
        "lists": {rule: describe_list(ballots, chosen) for rule, chosen in lists.items()},
        "best": {str(size): describe_best(ballots, find_best_coverage(ballots, size)) for size in SIZES},
    }


def describe_list(ballots: Ballots, chosen: tuple[int, ...]) -> dict[str, Any]:
    reached = int(ballots.people[ballots.supports[:, list(chosen)].any(axis=1)].sum())
    share = reached / ballots.voters
    return {
        "reached": share,
        "se": float(np.sqrt(share * (1 - share) / ballots.voters)),
        "justified": not overlooked_demands(ballots, chosen),
        "ejr_plus": not find_underrepresented(ballots, chosen),
    }


def describe_best(ballots: Ballots, best: BestCoverage) -> dict[str, float]:
    return {"reached": best.people / ballots.voters, "at_most": best.at_most / ballots.voters}


def count_kept(runs: int) -> list[dict[str, Any]]:
    """In how many planted worlds the proposal holds one of the minority's own statements, beside lists of as many."""
    rows = []
    for people, statements in WORLDS:
        for share in MINORITIES:
            for own in OWN:
                kept = {"massline": 0, "equal shares": 0, "best coverage": 0}
                for run in range(runs):
                    rng = np.random.default_rng([JUDGED_ON, run, people, round(100 * share), own])
                    table = plant_minority(people, statements, share, own, rng)
                    found = propose_findings(table, k=LEAST)
                    chosen = {*found.common, *(view.statement for view in found.minority)}
                    ballots = gather_ballots(table, table.statements.tolist())
                    shares = choose_by_equal_shares(ballots, len(chosen))
                    reach = find_best_coverage(ballots, len(chosen)).chosen
                    mine = set(range(own))
                    kept["massline"] += bool(mine & chosen)
                    kept["equal shares"] += bool(mine & set(shares))
                    kept["best coverage"] += bool(mine & set(reach))
                rows.append(
                    {
                        "people": people,
                        "statements": statements,
                        "share": share,
                        "own": own,
                        "runs": runs,
                        "kept": kept,
                    }
                )
    return rows


def time_proposals() -> dict[str, float]:
    """CPU seconds for 1,000 people and 100 statements, a list of ten."""
    seconds: dict[str, list[float]] = {"best list of ten": [], "EJR+": [], "whole proposal": []}
    for run in range(5):
        table = plant_minority(1000, 100, 0.08, 3, np.random.default_rng([JUDGED_ON, 9, run]))
        ballots = gather_ballots(table, table.statements.tolist())
        started = time.process_time()
        best = find_best_coverage(ballots, 10)
        seconds["best list of ten"].append(time.process_time() - started)
        started = time.process_time()
        find_underrepresented(ballots, best.chosen)
        seconds["EJR+"].append(time.process_time() - started)
        started = time.process_time()
        propose_findings(table, k=LEAST, size=10)
        seconds["whole proposal"].append(time.process_time() - started)
    return {what: max(spent) for what, spent in seconds.items()}


def run(runs: int = 20) -> dict[str, Any]:
    """All rows, written to bench/results/representation.json."""
    found: dict[str, Any] = {"seed": JUDGED_ON, "cpu_s": time_proposals()}
    found["real"] = [compare_lists(name) for name in real_names()]
    found["kept"] = count_kept(runs)
    store_results("representation", found)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else 20), indent=1) + "\n")
