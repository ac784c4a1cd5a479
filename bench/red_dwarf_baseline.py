"""red-dwarf 0.4.0 on one conversation, run in its own environment: CPU seconds, peak memory, and its numbers."""

import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np

warnings.filterwarnings("ignore")


def peak_memory() -> int:
    """Peak memory of this process in MB."""
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024


def main(source: str, target: str, runs: int) -> None:
    """Read votes from `source`, run the pipeline, write statistics to `target`, print what it cost."""
    from reddwarf.implementations.base import run_pipeline  # type: ignore[import-not-found]

    with np.load(source) as held:
        columns = [held[name].tolist() for name in ("participant", "statement", "value")]
    votes = [
        {"participant_id": p, "statement_id": s, "vote": v, "modified": i}
        for i, (p, s, v) in enumerate(zip(*columns, strict=True))
    ]
    before, spent = peak_memory(), []
    for _ in range(runs):
        start = time.process_time()
        found = run_pipeline(votes=votes, mod_out_statement_ids=[], random_state=0)
        spent.append(time.process_time() - start)
    people = found.participants_df
    statistics = {name: found.group_comment_stats[name].to_numpy() for name in found.group_comment_stats}
    labels = people["cluster_id"]
    np.savez(
        target,
        participant=people.index.to_numpy(),
        label=np.where(labels.isna(), -1, labels.fillna(-1)).astype(int),
        place=people[["x", "y"]].to_numpy(),
        consensus=found.statements_df["group-aware-consensus"].to_numpy(),
        **statistics,
    )
    report = {"cpu_s": sorted(spent)[len(spent) // 2], "peak_mb": peak_memory(), "before_mb": before}
    sys.stdout.write(json.dumps(report))
