"""Mutation: each small wrong in what guards the house must be noticed by a test."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from drills.result import Result

ROOT = Path(__file__).parents[1]
ASKED = 90
SAMPLE = 8
GUARD = "massline.desk.guard"
# What is asked for, the modules it lives in, and the tests that are to notice.
TARGETS: dict[str, list[str]] = {
    "vault": [f"{GUARD}.vault", f"{GUARD}.seals", f"{GUARD}.unlocking", "massline.square.envelopes.sealing"],
    "keys": [f"{GUARD}.holding", f"{GUARD}.gate", f"{GUARD}.confirming"],
    "access": [f"{GUARD}.access", "massline.desk.people.scope"],
    "tokens": [f"{GUARD}.actions", "massline.square.envelopes.actions"],
    "limiter": ["massline.web.limits"],
    "audit": [f"{GUARD}.audit", f"{GUARD}.heads"],
    "retention": [
        "massline.jobs.expiry",
        f"{GUARD}.holds",
        f"{GUARD}.going",
        f"{GUARD}.courier",
        f"{GUARD}.burning",
        "massline.square.envelopes.courier",
    ],
}
TESTS = [
    "tests/guard/test_vault.py",
    "tests/guard/test_unlocking.py",
    "tests/guard/test_tokens.py",
    "tests/guard/test_two.py",
    "tests/guard/test_heads.py",
    "tests/guard/test_courier.py",
    "tests/guard/test_holding.py",
    "tests/guard/test_scope.py",
    "tests/guard/test_paper_pages.py",
    "tests/guard/test_login.py",
    "tests/desk/test_guard.py",
    "tests/desk/test_home.py",
    "tests/jobs/test_expiry.py",
    "tests/web/test_limits.py",
]


def run(short: bool) -> list[Result]:
    """Change one thing at a time in every target; short takes a sample of each module."""
    found = meet([module for modules in TARGETS.values() for module in modules], most=SAMPLE if short else 0)
    results = [result_of(name, [found[module] for module in modules]) for name, modules in TARGETS.items()]
    return [*results, result_of("all together", list(found.values()))]


def meet(modules: list[str], *, most: int) -> dict[str, Any]:
    """Give for each module how many mutants were met and which of them no test noticed."""
    with tempfile.TemporaryDirectory(prefix="massline-mutants-") as scratch:
        found = Path(scratch) / "found.json"
        options = ["--mutate", ",".join(modules), "--mutants", str(most), "--found", str(found)]
        # A turn of the whole loop walks through everything and would be run for every mutant.
        options += ["-k", "not whole_turn"]
        plugins = ["-p", "drills.mutating", "-p", "no:xdist", "-p", "no:cacheprovider"]
        tests = [test for test in TESTS if (ROOT / test).is_file()]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *plugins, *options, *tests],
            cwd=ROOT,
            env=os.environ | {"MASSLINE_DATA": scratch},
            capture_output=True,
            text=True,
        )
        if not found.is_file():
            raise RuntimeError(f"The mutants were not met:\n{done.stdout[-3000:]}{done.stderr[-1000:]}")
        result: dict[str, Any] = json.loads(found.read_text())
        return result


def result_of(name: str, found: list[dict[str, Any]]) -> Result:
    met = sum(one["mutants"] for one in found)
    survived = [which for one in found for which in one["survived"]]
    share = 100 * (met - len(survived)) / met if met else 0.0
    return Result(
        f"mutants killed: {name}",
        f"≥ {ASKED} %",
        f"{share:.1f} % of {met}",
        share >= ASKED,
        "; ".join(survived[:12]),
    )
