"""Mutation tests: a test must notice each small fault in the safeguards."""

import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drills.result import Result
from tests.ops.house import environment
from tests.trials import most

ROOT = Path(__file__).parents[1]
ASKED = 90
# Of a sample so many may survive that more would by chance less often than this, if the whole held.
ACCIDENT = 0.02
SAMPLE = 3
AT_ONCE = 2
GUARD = "massline.desk.guard"


@dataclass(frozen=True)
class Subject:
    """The modules of a subject, and the quick tests that must notice a mutant in them."""

    modules: list[str]
    tests: list[str]


TARGETS = {
    "retention": Subject(
        [
            "massline.core.expiry",
            f"{GUARD}.retention.legal_hold",
            f"{GUARD}.retention.upcoming_deletions",
            f"{GUARD}.keys.courier_keys",
            f"{GUARD}.retention.organisation_deletion",
            "massline.square.envelopes.courier_copies",
        ],
        [
            "tests/desk/guard/retention/test_upcoming_deletions.py",
            "tests/desk/guard/keys/test_courier_keys.py",
            "tests/desk/guard/retention/test_dual_control.py",
            "tests/desk/guard/retention/test_organisation_deletion.py",
            "tests/core/test_expiry.py",
        ],
    ),
    "tokens": Subject(
        [
            f"{GUARD}.accounts.invitations",
            f"{GUARD}.keys.organisation_setup",
            "massline.square.envelopes.actions",
        ],
        [
            "tests/desk/guard/accounts/test_links.py",
            "tests/desk/guard/keys/test_courier_keys.py",
            "tests/desk/act/test_timeslots.py",
        ],
    ),
    "audit": Subject(
        [f"{GUARD}.audit.chain", f"{GUARD}.audit.published_heads"],
        ["tests/desk/guard/audit/test_heads.py", "tests/core/test_expiry.py"],
    ),
    "access": Subject(
        [f"{GUARD}.access", "massline.desk.people.scope"],
        ["tests/desk/guard/test_access.py", "tests/desk/people/test_scope.py"],
    ),
    "vault": Subject(
        [
            f"{GUARD}.keys.vault",
            f"{GUARD}.keys.private_key_encryption",
            f"{GUARD}.keys.unlock",
            "massline.square.envelopes.sealing",
        ],
        ["tests/desk/guard/keys/test_vault.py", "tests/desk/guard/keys/test_unlock.py"],
    ),
    "limiter": Subject(["massline.web.rate_limits"], ["tests/web/test_rate_limits.py"]),
    "keys": Subject(
        [
            f"{GUARD}.keys.key_holders",
            f"{GUARD}.keys.key_rotation",
            f"{GUARD}.keys.paper_recovery",
            f"{GUARD}.keys.contact_storage_conditions",
            f"{GUARD}.retention.export_permit",
            f"{GUARD}.retention.dual_control",
        ],
        [
            "tests/desk/guard/keys/test_holders_and_rotation.py",
            "tests/desk/guard/keys/test_unlock.py",
            "tests/desk/guard/accounts/test_links.py",
            "tests/desk/guard/retention/test_dual_control.py",
            "tests/desk/guard/retention/test_organisation_deletion.py",
            "tests/desk/guard/keys/test_paper_pages.py",
        ],
    ),
}
# Taken up everywhere: a test of another folder, after which the tables of the session stay up.
ALSO = ["tests/web/test_rate_limits.py", "tests/desk/guard/keys/test_vault.py"]


def run(short: bool) -> list[Result]:
    """Change one thing at a time in every target; short takes a sample of each module, and judges it by its size."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(lambda one: try_mutants(one, sample=SAMPLE if short else 0), TARGETS.values()))
    results = [result_of(name, told, short) for name, told in zip(TARGETS, found, strict=True)]
    return [*results, result_of("all together", [one for told in found for one in told], short)]


def try_mutants(target: Subject, *, sample: int) -> list[dict[str, Any]]:
    """Return for each module how many mutants were met and which of them no test noticed."""
    with tempfile.TemporaryDirectory(prefix="massline-mutants-") as scratch:
        found = Path(scratch) / "found.json"
        options = ["--mutate", ",".join(target.modules), "--mutants", str(sample), "--found", str(found)]
        # A turn of the whole loop walks through everything and would be run for every mutant.
        options += ["-k", "not whole_turn"]
        plugins = ["-p", "drills.mutation_plugin", "-p", "no:xdist", "-p", "no:cacheprovider"]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *plugins, *options, *dict.fromkeys([*target.tests, *ALSO])],
            cwd=ROOT,
            env=environment(Path(scratch)),  # what an earlier drill set is not for these
            stdout=subprocess.PIPE,
            text=True,
        )
        if not found.is_file():
            raise RuntimeError(f"The mutants were not met:\n{done.stdout[-3000:]}")
        results: dict[str, dict[str, Any]] = json.loads(found.read_text())
        return [results[module] for module in target.modules]


def result_of(name: str, found: list[dict[str, Any]], short: bool) -> Result:
    met = sum(file_result["mutants"] for file_result in found)
    survived = [which for file_result in found for which in file_result["survived"]]
    share = 100 * (met - len(survived)) / met if met else 0.0
    allowed = most(met, 1 - ASKED / 100, accident=ACCIDENT)
    return Result(
        f"mutants killed: {name}",
        f"≥ {ASKED} %" + (f", so at most {allowed} of {met} survive" if short else ""),
        f"{share:.1f} % of {met}",
        len(survived) <= allowed if short and met else share >= ASKED,
        "; ".join(survived[:12]),
    )
