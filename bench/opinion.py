"""The opinion map beside red-dwarf 0.4.0, the reference implementation of Polis's mathematics in Python.

Same votes, one thread, peak memory of the whole process, CPU seconds: the median of some runs (ours with as many seeds),
in the cheapest of three turns. red-dwarf lives in an environment of its own under build/ and is never imported here.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from bench.opinion_group_detection import count_all_called
from bench.opinion_prediction import compare_methods
from bench.opinion_vote_data import FOLDER, draw_synthetic, prepare_real
from bench.results_store import store_results
from massline.engine.opinion.polis_rules import polis_statistics
from massline.engine.opinion.projection import project_people
from tests.engine.opinion.conversations import real_table

ROOT = Path(__file__).parents[1]
ENVIRONMENT = ROOT / "build" / "opinion-bench"
PEER = "red-dwarf==0.4.0"
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
LONGEST = 600


def build_environment() -> Path:
    """Build red-dwarf's environment where it is missing; gives its Python."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        subprocess.run(["uv", "venv", "-q", "--python", "3.11", ENVIRONMENT], check=True)
        subprocess.run(["uv", "pip", "install", "-q", "--python", python, PEER], check=True)
    return python


def run_measurement(command: list[str | Path], *, limit: int = LONGEST) -> dict[str, Any] | None:
    """Run a measuring process and read its report; None where it did not finish in time."""
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **ONE_THREAD},
            check=True,
            capture_output=True,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        return None
    return dict(json.loads(done.stdout))


def measure_own(votes: Path, what: str, runs: int) -> dict[str, Any]:
    """Our cost for the `map` or the `whole` estimate."""
    code = "import sys; from bench.opinion_resource_use import main; main(sys.argv[1], sys.argv[2], int(sys.argv[3]))"
    found = run_measurement([sys.executable, "-c", code, votes, what, str(runs)])
    if found is None:
        raise TimeoutError(f"{what} of {votes.stem} took over {LONGEST} s")
    return found


def compare_costs(name: str, votes: Path, *, runs: int, turns: int = 3, peer: bool = True) -> dict[str, Any]:
    """A conversation: both maps, our whole estimate, and the ratios.

    Everybody takes turns, and the cheapest turn of each counts: on a machine that others use too, that is the
    one least disturbed.
    """
    row: dict[str, Any] = {"conversation": name}
    for _ in range(turns):
        for what in ("map", "whole"):
            keep_cheaper(row, what, measure_own(votes, what, runs))
        if peer and (theirs := measure_red_dwarf(votes, runs)) is not None:
            keep_cheaper(row, "red_dwarf", theirs)
    if peer and "red_dwarf" not in row:
        row["red_dwarf"] = {"unfinished_after_s": LONGEST}
    elif peer:
        for what in ("map", "whole"):
            cost = row[what]["table_s"] + row[what]["cpu_s"]
            row[f"{what}_times_faster"] = row["red_dwarf"]["cpu_s"] / cost
    return row


def measure_red_dwarf(votes: Path, runs: int) -> dict[str, Any] | None:
    """Red-dwarf's cost; None where it did not finish in time."""
    theirs = FOLDER / f"{votes.stem}.peer.npz"
    code = "import sys; from bench.red_dwarf_baseline import main; main(sys.argv[1], sys.argv[2], int(sys.argv[3]))"
    return run_measurement([build_environment(), "-c", code, votes, theirs, str(runs)])


def keep_cheaper(row: dict[str, Any], what: str, found: dict[str, Any]) -> None:
    """Keep what was measured where it was cheaper than in the turns before."""
    if what not in row or found["cpu_s"] < row[what]["cpu_s"]:
        row[what] = found


def compare_numbers(name: str) -> dict[str, float]:
    """Largest difference from red-dwarf's statistics, given its groups, and from its positions."""
    table = real_table(name)
    with np.load(FOLDER / f"{name}.peer.npz") as theirs:
        if not np.array_equal(theirs["participant"], table.participants):
            raise ValueError(f"red-dwarf lists other people in {name}")
        labels = theirs["label"].astype(np.int32)
        groups = int(labels.max()) + 1
        ours = polis_statistics(table, labels, groups)
        pairs = {
            "pa": ours.agree_share,
            "pd": ours.disagree_share,
            "pat": ours.agree_test,
            "pdt": ours.disagree_test,
            "ra": ours.agree_ratio,
            "rd": ours.disagree_ratio,
            "rat": ours.agree_ratio_test,
            "rdt": ours.disagree_ratio_test,
        }
        differ = [float(np.abs(theirs[key].reshape(groups, -1) - mine).max()) for key, mine in pairs.items()]
        differ.append(float(np.abs(theirs["consensus"] - ours.group_consensus).max()))
        places = project_people(table, count=2).places
        turn = np.sign((places * theirs["place"]).sum(axis=0))
        apart = float(np.abs(places * turn - theirs["place"]).max())
    return {"statistics": max(differ), "positions": apart}


def compare_predictions() -> dict[str, dict[str, float]]:
    """Log loss on hidden votes, mean of three splits, per conversation and method."""
    found = {}
    for name in prepare_real():
        table = real_table(name)
        losses = [compare_methods(table, seed) for seed in (1, 2, 3)]
        found[name] = {method: float(np.mean([loss[method] for loss in losses])) for method in losses[0]}
    return found


def time_replaced_vote() -> dict[str, float]:
    """Milliseconds to bring a map of 1,000 statements up to date after one vote, by number of people."""
    found = {}
    for people in (1_000, 10_000):
        votes = draw_synthetic(people, 1_000, people * 30)
        found[str(people)] = 1000 * measure_own(votes, "map", 5)["again_s"]
    return found


def run(*, large: bool = True) -> dict[str, Any]:
    """All rows, written to bench/results/opinion.json."""
    files = prepare_real()
    found: dict[str, Any] = {
        "real": [compare_costs(name, votes, runs=5) for name, votes in files.items()],
        "parity": {name: compare_numbers(name) for name in files},
        "prediction": compare_predictions(),
        "calling": count_all_called(),
        "new_vote_ms": time_replaced_vote(),
        "synthetic": [],
    }
    if large:
        found["synthetic"] = [
            compare_costs("30,000 people", draw_synthetic(30_000, 1_000, 900_000), runs=3, turns=1),
            compare_costs(
                "1,000,000 people", draw_synthetic(1_000_000, 1_000, 35_000_000), runs=1, turns=1, peer=False
            ),
        ]
    store_results("opinion", found)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(large="--small" not in sys.argv), indent=1) + "\n")
