"""The drill of mutants asks every test: what stays up after one never makes those of another room fail."""

import json
import subprocess
import sys
from pathlib import Path

from tests.ops.house import PATIENCE, environment

ROOT = Path(__file__).parents[2]
NEIGHBOURS = [
    "tests/desk/test_nested_json.py::test_a_draft_of_a_machine",
    "tests/desk/guard/keys/test_vault.py",
]
ANOTHER_ROOM = "tests/web/test_rate_limits.py"


def test_tests_of_another_room_run_after_those_of_neighbouring_folders(tmp_path: Path) -> None:
    found = tmp_path / "found.json"
    options = ["--mutate", "massline.web.rate_limits", "--mutants", "1", "--found", str(found)]
    plugins = ["-p", "drills.mutation_plugin", "-p", "no:xdist", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, *options, *NEIGHBOURS, ANOTHER_ROOM],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert "left out" not in done.stderr, done.stderr
    assert json.loads(found.read_text())["massline.web.rate_limits"] == {"mutants": 1, "survived": []}
