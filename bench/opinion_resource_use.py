"""Massline on one conversation in a process of its own: CPU seconds and peak memory of every step."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from massline.engine import opinion
from massline.engine.votes import VoteTable

Result = TypeVar("Result")


def time_runs(act: Callable[[int], Result], runs: int) -> tuple[float, Result]:
    """Median CPU seconds of some runs, each with its number for a seed, and the last result."""
    spent = []
    for run in range(1, runs + 1):
        start = time.process_time()
        result = act(run)
        spent.append(time.process_time() - start)
    return sorted(spent)[len(spent) // 2], result


def peak_memory() -> int:
    """Peak memory of this process in MB; unlike getrusage, what Linux keeps here starts afresh with the program."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def main(source: str, what: str, runs: int) -> None:
    """Print what the `map` or the `whole` estimate of the votes in `source` cost, imports left out."""
    opinion.estimate(VoteTable.from_rows([(p, s, 1) for p in range(12) for s in range(8)]), seed=0)
    with np.load(source) as held:
        columns = [held[name] for name in ("participant", "statement", "value")]
    report: dict[str, object] = {"before_mb": peak_memory()}
    if len(columns[0]) < 2_000_000:
        rows = list(zip(*(column.tolist() for column in columns), strict=True))
        report["table_s"], table = time_runs(lambda _: VoteTable.from_rows(rows), runs)
    else:
        report["table_s"], table = time_runs(lambda _: VoteTable.from_arrays(*columns), 1)
        columns.clear()
    if what == "map":
        report["cpu_s"], drawn = time_runs(lambda seed: opinion.sketch_map(table, seed=seed), runs)
        report["peak_mb"] = peak_memory()
        report["again_s"], _ = time_runs(lambda _: opinion.sketch_map(table, seed=1, after=drawn), runs)
    else:
        report["cpu_s"], found = time_runs(lambda seed: opinion.estimate(table, seed=seed), runs)
        report["peak_mb"] = peak_memory()
        report["outcome"] = type(found.outcome).__name__
        if isinstance(found.outcome, opinion.Groups):
            report["sizes"] = found.outcome.partition.sizes.tolist()
    sys.stdout.write(json.dumps(report))
