"""Keep what a long run reached, and write docs/drills.md from the last long run of every drill."""

import json
import os
import platform
import subprocess
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from drills.result import DrillRun, Result

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "drills" / "results"
PACKAGES = ("django", "granian", "pysqlite3", "psycopg", "apsw")
TITLES = {
    "walls": "The wall's own tests",
    "lone_holder": "One key-holder alone",
    "impersonator": "Names that can be taken for another's",
    "thief": "A thief of the disk while people vote",
    "observer": "An observer of every page",
    "brigade": "A brigade at the open door",
    "killed_sqlite": "kill -9 on SQLite",
    "killed_postgres": "kill -9 on PostgreSQL",
    "power": "Power cuts",
    "trouble": "Disks and clocks",
    "workers": "kill -9 of workers",
    "messages": "Messages to everybody who comes",
    "poison": "Poison in every queue",
    "bombs": "Small files that unpack to much",
    "votes": "Votes a second",
    "sign_ups": "Sign-ups a second, beside a bare handler",
    "flood": "A flood of the square",
    "page": "The longest pages",
    "mutation": "Mutants",
    "short": "The short round",
    "earlier": "Speed beside an earlier version",
}
SHORT_ROUND = "short"
# The short round of all drills, and what is measured by a command of its own, since it needs the earlier version.
APART = (SHORT_ROUND, "earlier")
MOST_SHORT_SECONDS = 600
FOREWORD = """# What was done to the house on purpose

Written by `make drills`, which takes an hour or more; `make drills DRILLS=short` does every kind in its short form and writes here how long it took.
`python -m drills NAME` runs one by name; `python -m drills.earlier_version COMMIT` measures speed beside an earlier version. Each drill runs the house's own code, settings and pragmas; a number that falls short says so.
"""


def drilled_version() -> str:
    """The version of Massline that was drilled: its last commit."""
    done = subprocess.run(
        ["git", "describe", "--always", "--abbrev=9"], cwd=ROOT, capture_output=True, text=True
    )
    return done.stdout.strip() or "unknown"


def store_results(name: str, results: list[Result], *, seconds: float) -> None:
    KEPT.mkdir(exist_ok=True)
    found = {
        "day": datetime.now(UTC).date().isoformat(),
        "minutes": round(seconds / 60, 1),
        "state": drilled_version(),
        "machine": describe_machine(),
        "results": [asdict(result) for result in results],
    }
    (KEPT / f"{name}.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


def sum_up_short_round(runs: list[DrillRun], seconds: float) -> list[Result]:
    """Say how many bars held and how long the round took. On a machine that does other things too, its clock says little."""
    results = [result for run in runs for result in run.results]
    missed = [result for result in results if not result.holds]
    worked = sum(run.processor_seconds for run in runs)
    each = "; ".join(f"{run.name} {run.processor_seconds:.0f} ({run.seconds:.0f})" for run in runs)
    return [
        Result(
            f"bars of all {len(runs)} drills, short",
            f"{len(results)}",
            f"{len(results) - len(missed)}",
            not missed,
            "; ".join(f"{result.name}: {result.reached}" for result in missed),
        ),
        Result(
            "how long it takes",
            f"≤ {MOST_SHORT_SECONDS} s by the clock, or of one processor",
            f"{seconds:.0f} s by the clock, {worked:.0f} s of one processor",
            min(seconds, worked) <= MOST_SHORT_SECONDS,
            f"Two drills beside each other, but for those that time something. Each with its seconds of a processor, and by the clock: {each}.",
        ),
    ]


def describe_machine() -> str:
    import apsw
    import pysqlite3

    names = [
        line.split(":")[1].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    ]
    kept = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}; "
        f"Python {platform.python_version()}, {kept}; SQLite {pysqlite3.sqlite_version} (served), "
        f"{apsw.sqlite_lib_version()} (apsw)"
    )


def write_report(names: Iterable[str]) -> None:
    parts = [FOREWORD.strip()]
    for name in (*names, *APART):
        path = KEPT / f"{name}.json"
        if path.is_file():
            parts.append(render_section(name, json.loads(path.read_text())))
    (ROOT / "docs" / "drills.md").write_text("\n\n".join(parts) + "\n")


def render_section(name: str, found: dict[str, Any]) -> str:
    rows = [Result(**row) for row in found["results"]]
    lines = ["| bar | asked | reached |  |", "|---|---|---|---|"]
    for row in rows:
        verdict = row.verdict if row.holds else f"**{row.verdict}**"
        lines.append(f"| {row.name} | {row.asked} | {row.reached} | {verdict} |")
    details = [f"{row.name}: {row.detail}" for row in rows if row.detail]
    return "\n\n".join(
        [
            f"## {TITLES.get(name, name)}",
            f"{found['day']}, {found['minutes']} minutes, at {found['state']}, {found['machine']}.",
            "\n".join(lines),
            *details,
        ]
    )
