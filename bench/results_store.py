"""Where a bench keeps what it measured: on which machine, on which day, with which versions."""

import json
import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.machine_speed import calibrate
from massline.engine import ENGINE_VERSION

FOLDER = Path(__file__).parent / "results"
PACKAGES = ("numpy", "scipy", "scikit-learn", "pyarrow", "dask")


def store_results(name: str, found: dict[str, Any]) -> None:
    """Write the results of one bench, and what it ran on, in the place of those of its last run."""
    FOLDER.mkdir(exist_ok=True)
    document = {
        "ran_on": machine(),
        "calibration_ms": round(calibrate(), 2),
        "day": datetime.now(UTC).date().isoformat(),
        "found": found,
    }
    text = json.dumps(document, indent=1, sort_keys=True)
    (FOLDER / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


def load_results(name: str) -> dict[str, Any]:
    """Return the last results of a bench as `store_results` wrote them."""
    document: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return document


def has_results(name: str) -> bool:
    """True if a bench has been run and its results are kept."""
    return (FOLDER / f"{name}.json").exists()


def machine() -> str:
    processors = [
        line.split(":")[1].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    ]
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{processors[0] if processors else platform.machine()}, {os.cpu_count()} cores; "
        f"Python {platform.python_version()}, {packages}; engine {ENGINE_VERSION}"
    )
