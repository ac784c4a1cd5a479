"""Tests of access rules: the authorisation matrix, leaks planted in it, the seized disk, and the schema.

python -m drills.access_rule_tests runs them and gives their figures.
"""

import os
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from drills.isolated_run import print_results, run_isolated
from drills.result import Result
from massline.cli.django_setup import setup_django

ROOT = Path(__file__).parents[1]
MATRIX = ["tests/wall/test_matrix.py", "tests/wall/test_matrix_forms.py"]
DESK_PART = f"{MATRIX[0]}::test_at_the_desk_nothing_answers_that_was_not_declared"
PLANTED = ["tests/wall/test_matrix_planted.py"]
SEIZURE = ["tests/wall/test_seizure.py", "tests/wall/test_seizure_drill.py"]
SCHEMA = [
    "tests/test_house.py::test_no_schema_path_leads_from_what_somebody_said_to_who_they_are",
    "tests/test_house.py::test_the_wall_no_relation_joins_the_two_databases",
]
LEAST_KINDS = 12


def run(short: bool) -> list[Result]:
    """Short asks a sixth of the desk's addresses, each day another, and all else; `make test` asks them all."""
    return run_isolated("drills.access_rule_tests", int(short))


def measure(short: int) -> list[Result]:
    setup_django("desk")
    from tests.wall.declared_desk import OF_DOOR
    from tests.wall.matrix import part_of
    from tests.wall.planted_leaks import LEAKS
    from tests.wall.route import METHODS
    from tests.wall.test_matrix import PARTS

    kinds = {leak.kind for leak in LEAKS}
    addresses = sum(len(routes) for routes in OF_DOOR.values())
    part = datetime.now(UTC).toordinal() % PARTS
    left_out = [other for other in range(PARTS) if short and other != part]
    asked = addresses - sum(len(part_of("desk", other, PARTS)) for other in left_out)
    return [
        run_tests(
            "authorisation matrix",
            "every address × role declared, 0 leaks",
            f"{asked} of {addresses} addresses, every role, {len(METHODS)} methods, both compartments",
            [*MATRIX, *[f"--deselect={DESK_PART}[{other}]" for other in left_out]],
        ),
        run_tests(
            "planted leaks are found, each by its name",
            f"≥ {LEAST_KINDS} kinds",
            f"{len(LEAKS)} leaks of {len(kinds)} kinds planted",
            PLANTED,
            also=len(LEAKS) >= LEAST_KINDS,
        ),
        run_tests("seized disk", "0 hits", "every byte searched", SEIZURE),
        run_tests("schema: no path from a vote to a person", "0 paths", "every relation followed", SCHEMA),
    ]


def run_tests(name: str, asked: str, did: str, tests: list[str], *, also: bool = True) -> Result:
    """Run tests in a process of their own, and say how many passed and what failed."""
    with tempfile.TemporaryDirectory(prefix="massline-walls-") as folder:
        out = Path(folder) / "out.xml"
        clean = {
            key: value for key, value in os.environ.items() if key not in {"MASSLINE_DOOR", "MASSLINE_DATA"}
        }
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--junit-xml={out}", *tests],
            cwd=ROOT,
            env=clean,
            stdout=subprocess.PIPE,
            text=True,
        )
        suite = ElementTree.parse(out).getroot().find("testsuite") if out.is_file() else None
    ran = int(suite.attrib["tests"]) if suite is not None else 0
    failed = re.findall(r"^(?:FAILED|ERROR) .*", done.stdout, re.MULTILINE)
    reached = f"{did}; {ran - len(failed)} of {ran} tests hold"
    return Result(name, asked, reached, done.returncode == 0 and ran > 0 and also, "; ".join(failed)[:600])


if __name__ == "__main__":
    print_results(measure)
