"""The map over partitions: time and memory per vote at ten million and at a hundred million votes."""

import json
import resource
import shutil
import time
from pathlib import Path
from typing import Any

import dask
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.results_store import store_results
from massline.engine.scale import estimate, split_votes

HERE = Path(__file__).parent
STATEMENTS, PEOPLE = 1000, 60_000
VOTES_A_PART = 1_500_000
SIZES = (10_000_000, 100_000_000)


def write_votes(folder: Path, votes: int) -> list[Path]:
    """Files of votes in no order: two camps, a few people who vote a lot, statements seen unequally often."""
    folder.mkdir(parents=True, exist_ok=True)
    side = np.random.default_rng(0).normal(0, 1, STATEMENTS)
    paths: list[Path] = []
    made = 0
    while made < votes:
        draw = np.random.default_rng([1, len(paths)])
        each = np.clip(draw.lognormal(3.2, 0.7, PEOPLE).astype(int), 1, 400)
        who = np.repeat(np.arange(PEOPLE, dtype=np.int64), each)
        which = (STATEMENTS * draw.random(len(who)) ** 1.5).astype(np.int64)
        camp = np.where(draw.random(PEOPLE) < 0.6, 1, -1)[who]
        lean = draw.normal(0, 1, len(who)) + 0.8 * camp * side[which]
        value = np.where(lean > 0.4, 1, np.where(lean < -0.4, -1, 0)).astype(np.int8)
        order = draw.permutation(len(who))
        columns = {
            "participant": who[order] + PEOPLE * len(paths),
            "statement": which[order],
            "value": value[order],
        }
        paths.append(folder / f"votes-{len(paths):05d}.parquet")
        pq.write_table(pa.table(columns), paths[-1])
        made += len(who)
    return paths


def cpu_seconds() -> float:
    """CPU seconds of this process and those it started."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def peak_mb() -> dict[str, int]:
    return {
        "this_process": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000,
        "largest_child": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1000,
    }


def measure_map(votes: int, workspace: Path) -> dict[str, Any]:
    """Split and map; two workers."""
    sources = write_votes(workspace / "votes", votes)
    before, clock = cpu_seconds(), time.monotonic()
    split_votes(sources, workspace / "parts", parts=max(1, votes // VOTES_A_PART))
    shutil.rmtree(workspace / "votes")
    split_cpu, split_wall = cpu_seconds() - before, time.monotonic() - clock
    before, clock = cpu_seconds(), time.monotonic()
    with dask.config.set(scheduler="processes", num_workers=2):
        found = estimate(workspace / "parts", seed=1, places=workspace / "places")
    cpu = cpu_seconds() - before
    return {
        "votes": found.votes,
        "people": found.people,
        "outcome": type(found.outcome).__name__,
        "split_cpu_s": round(split_cpu, 1),
        "split_wall_s": round(split_wall, 1),
        "map_cpu_s": round(cpu, 1),
        "map_wall_s": round(time.monotonic() - clock, 1),
        "map_cpu_us_a_vote": round(cpu / found.votes * 1e6, 3),
        "peak_mb": peak_mb(),
    }


def main() -> None:
    workspace = HERE.parent / "build" / "scale"
    found = {}
    for votes in SIZES:
        shutil.rmtree(workspace, ignore_errors=True)
        found[f"{votes:.0e}"] = measure_map(votes, workspace)
        shutil.rmtree(workspace)
    store_results("scale", found)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
