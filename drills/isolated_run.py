"""A drill in a process of its own, since a process is one house: it gets an empty data folder and gives back results."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from drills.result import Result
from tests.ops.house import environment

ROOT = Path(__file__).parents[1]


def run_isolated(module: str, *arguments: object, own_mounts: bool = False) -> list[Result]:
    """Run `python -m MODULE ARGUMENTS` in an empty house, and give the results its last line holds.

    With `own_mounts` it may mount file systems that nobody else sees, also where we are not root.
    """
    before = ["unshare", "--mount", *([] if os.getuid() == 0 else ["--map-root-user"])] if own_mounts else []
    with tempfile.TemporaryDirectory(prefix="massline-drill-") as folder:
        done = subprocess.run(
            [*before, sys.executable, "-m", module, *[str(argument) for argument in arguments]],
            cwd=ROOT,
            env=environment(Path(folder), PYTHONPATH=str(ROOT), DJANGO_SETTINGS_MODULE="massline.settings"),
            stdout=subprocess.PIPE,
            text=True,
        )
    if done.returncode:
        raise AssertionError(f"{module} ended with {done.returncode}; its last words are above.")
    return [Result(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def print_results(run: Callable[..., list[Result]]) -> None:
    """The other side: run with whole numbers from the command line and print the results."""
    results = run(*[int(argument) for argument in sys.argv[1:]])
    print(json.dumps([asdict(result) for result in results]))
