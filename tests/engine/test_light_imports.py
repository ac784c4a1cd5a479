"""A door imports the engine at its start and computes seldom: the heavy parts of scipy are loaded when first used."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = {"onnxruntime", "pandas", "pyarrow", "py3langid", "sklearn"}
HEAVY |= {f"scipy.{part}" for part in ("linalg", "optimize", "signal", "sparse", "special", "stats")}


@pytest.mark.parametrize(
    "package",
    [
        *(
            f"massline.engine.{name}"
            for name in ("elections", "line", "mood", "opinion", "privacy", "pulse", "themes")
        ),
        "massline.engine.coverage.estimate",
        "massline.engine.elections",
        "massline.engine.lot",
        "massline.embed",
    ],
)
def test_importing_an_estimate_loads_nothing_heavy(package: str) -> None:
    script = f"import sys, {package}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert "numpy" in loaded.stdout.split()
    assert HEAVY & set(loaded.stdout.split()) == set()
