"""Write docs/bench.md from the results of the last run of every bench."""

import json
import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.report import tables
from massline.engine import ENGINE_VERSION

ROOT = Path(__file__).parents[2]
SECTIONS = {
    "opinion": tables.opinion,
    "themes": tables.themes,
    "mood": tables.mood,
    "pulse": tables.pulse,
    "scale": tables.scale,
}
PACKAGES = ("numpy", "scipy", "scikit-learn", "pyarrow", "dask")
FOREWORD = """# How good the estimates are

Written by `make bench`. Peers and baselines ran beside ours in the same run, on the same votes, texts or counts in memory, one
thread; ratios travel, seconds do not. The bars are our own; each number that falls short says so. Data: real conversations,
texts, readings and event counts under open licences, named in docs/methods.
"""


def machine() -> str:
    names = [
        line.split(":")[1].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    ]
    kept = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores; Python {platform.python_version()}, {kept}; "
        f"engine {ENGINE_VERSION}."
    )


def main() -> None:
    parts = [FOREWORD, machine()]
    for name, section in SECTIONS.items():
        path = ROOT / "bench" / "results" / f"{name}.json"
        day = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
        parts.append(
            f"## {name.capitalize()}\n\nMeasured on {day}.\n\n{section(json.loads(path.read_text()))}"
        )
    (ROOT / "docs" / "bench.md").write_text("\n\n".join(part.strip() for part in parts) + "\n")


if __name__ == "__main__":
    main()
