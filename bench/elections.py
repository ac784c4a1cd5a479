"""Random elections counted by the engine and by votelib and abcvoting: in how many the winners are the same.

    python -m bench.elections PYTHON [ELECTIONS]

PYTHON is the interpreter of an environment with `votelib==0.4.0` and `abcvoting==2.19.2`. Elections that the lot decides
here or there are left out, since each program breaks ties in its own way. The figures go to results/elections.json.
"""

import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from bench.results_store import store_results
from massline.engine.elections import Election, Method, count_election, merge_ballots
from massline.engine.elections.count import APPROVING, EQUAL_RANKS, ONE_SEAT

SEED = 20_261_201
COMPARED: tuple[Method, ...] = ("instant-runoff", "schulze", "stv", "equal-shares")


def draw_election(draw: random.Random, method: Method) -> dict[str, Any]:
    """An election of 3 to 7 candidates and 5 to 120 ballots, of which most name only some."""
    names = [f"C{number}" for number in range(draw.randint(3, 7))]
    seats = 1 if method in ONE_SEAT else draw.randint(1, len(names) - 1)
    leaning = [draw.random() for _name in names]
    ballots = [_draw_ballot(draw, leaning, method) for _ballot in range(draw.randint(5, 120))]
    return {"method": method, "seats": seats, "candidates": names, "ballots": ballots}


def _draw_ballot(draw: random.Random, leaning: list[float], method: Method) -> list[int]:
    liked = sorted(range(len(leaning)), key=lambda at: draw.random() + leaning[at])
    named = liked[: draw.randint(1, len(leaning))]
    ranks = [0] * len(leaning)
    for rank, at in enumerate(named, start=1):
        ranks[at] = 1 if method in APPROVING else rank
    return ranks


def count_ours(election: dict[str, Any]) -> list[str] | None:
    """The sorted winners, or None where the lot decided."""
    method: Method = election["method"]
    ballots = merge_ballots(election["candidates"], election["ballots"], equal_ranks=method in EQUAL_RANKS)
    counted = count_election(ballots, method=method, seats=election["seats"], seed=1)
    assert isinstance(counted, Election)
    has_tie = bool(counted.ties) or any(each.ties for each in counted.rounds)
    return None if has_tie else sorted(counted.winners)


def compare(python: str, elections: int) -> dict[str, dict[str, int]]:
    """For each method: how many elections were drawn, how often the other program stopped, how many neither left to the lot, and alike."""
    draw = random.Random(SEED)
    drawn = [draw_election(draw, method) for method in COMPARED for _number in range(elections)]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "elections.json"
        source.write_text(json.dumps(drawn), encoding="utf-8")
        baseline = str(Path(__file__).with_name("votelib_baseline.py"))
        told = subprocess.run([python, baseline, str(source)], capture_output=True, check=True, text=True)
    counts: dict[str, Counter[str]] = {method: Counter() for method in COMPARED}
    for election, theirs in zip(drawn, json.loads(told.stdout), strict=True):
        ours, counted = count_ours(election), counts[election["method"]]
        counted["drawn"] += 1
        counted["they_stop"] += theirs is None
        if ours is not None and theirs is not None:
            counted["without_lot"] += 1
            counted["alike"] += ours == theirs
    return {method: dict(counted) for method, counted in counts.items()}


def main() -> None:
    python, elections = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    found = compare(python, elections)
    store_results("elections", {"seed": SEED, "votelib": "0.4.0", "abcvoting": "2.19.2", "methods": found})
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
