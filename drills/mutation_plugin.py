"""A pytest plugin: run the tests once, remember who walks where, then meet each mutant in a forked process.

The tables stand in memory, so a fork has its own copy of everything, and nothing has to be set up again. Only the
tests that walk through the mutant's function are run, the one that noticed the last mutant there first, then the
quickest, until one fails or ENOUGH seconds of them have passed: whatever is not noticed by then counts as unnoticed.
A test that fails in a fork with nothing changed would notice everything, and is not asked.
"""

import itertools
import json
import os
import random
import signal
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, Literal

import pytest
from _pytest.runner import runtestprotocol

from drills.equivalent_mutants import EQUAL
from drills.mutation_operators import Mutant, apply_mutant, find_function, mutants_of

ENOUGH = 12.0
CRASHED = 255
TESTS = Path(__file__).parents[1] / "tests"
# Of each test: how many seconds it took, and the files and functions it went through.
Walks = dict[str, tuple[float, set[tuple[str, str]]]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mutate", default="", help="modules, parted by commas")
    parser.addoption("--mutants", type=int, default=0, help="how many at most of each module; 0 for all")
    parser.addoption("--found", default="", help="where to write what was found, as JSON")


class ExecutionTrace:
    """The functions of the watched files that each test has executed."""

    def __init__(self, files: set[str]) -> None:
        self.files = files
        self.here: set[tuple[str, str]] = set()

    def __call__(self, frame: FrameType, event: str, _argument: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename in self.files:
            self.here.add((code.co_filename, code.co_qualname))


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    names = session.config.getoption("--mutate").split(",")
    modules = [import_module(name) for name in names]
    walks = drop_unstable(session, trace_tests(session, modules))
    found = {module.__name__: try_all_mutants(session, module, walks) for module in modules}
    Path(session.config.getoption("--found")).write_text(json.dumps(found))
    return True


def trace_tests(session: pytest.Session, modules: list[ModuleType]) -> Walks:
    """Run every test as it is. Give how long each took and where it went; nowhere, where it fails already."""
    watched = ExecutionTrace({str(module.__file__) for module in modules})
    walks: Walks = {}
    run_test(
        session.items[0]
    )  # the first to run pays for building the tables, and is not to be counted as slow
    for item in session.items:
        watched.here = set()
        began = time.monotonic()
        sys.setprofile(watched)
        try:
            passed = run_test(item)
        finally:
            sys.setprofile(None)
        if not passed:
            print(f"{item.nodeid} fails before anything is changed: left out", file=sys.stderr, flush=True)
        walks[item.nodeid] = (time.monotonic() - began, watched.here if passed else set())
    return walks


def drop_unstable(session: pytest.Session, walks: Walks) -> Walks:
    """Run all once more in a fork in which nothing was changed; those that fail there go nowhere."""
    items = [item for item in session.items if walks[item.nodeid][1]]
    while (shaky := find_failing_test(None, items, walks)) is not None:
        if shaky == "never ended":
            raise RuntimeError("With nothing changed the tests do not end in a fork.")
        print(f"{shaky.nodeid} fails with nothing changed: left out", file=sys.stderr, flush=True)
        items.remove(shaky)
        walks[shaky.nodeid] = walks[shaky.nodeid][0], set()
    return walks


def run_test(item: pytest.Item) -> bool:
    """Run one test; what the whole session shares, the tables above all, stays up for the next."""
    another = find_far_test(item, item.session.items)
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=another))


def find_far_test(item: pytest.Item, items: Sequence[pytest.Item]) -> pytest.Item:
    """A test of another room of `tests`. Said to come next, it leaves nothing up that is smaller than the session.

    A test of a neighbouring folder would leave their common folder up, and every test of another room would fail.
    """
    return next(other for other in items if _room_of(other) != _room_of(item))


def _room_of(item: pytest.Item) -> str:
    return item.path.relative_to(TESTS).parts[0]


def try_all_mutants(session: pytest.Session, module: ModuleType, walks: Walks) -> dict[str, Any]:
    most = session.config.getoption("--mutants")
    mutants = [mutant for mutant in mutants_of(module) if mutant.name not in EQUAL]
    if most and len(mutants) > most:
        mutants = random.Random(1).sample(mutants, most)
    survived: list[str] = []
    told: dict[str, pytest.Item] = {}
    for mutant in mutants:
        items = tests_reaching(session, mutant, module, walks, told.get(mutant.function))
        noticed = find_failing_test((mutant, module), items, walks)
        if noticed is None:
            survived.append(str(mutant))
        elif noticed in items:
            told[mutant.function] = noticed
    print(
        f"{module.__name__}: {len(survived)} of {len(mutants)}",
        *survived,
        sep="\n  ",
        file=sys.stderr,
        flush=True,
    )
    return {"mutants": len(mutants), "survived": survived}


def tests_reaching(
    session: pytest.Session, mutant: Mutant, module: ModuleType, walks: Walks, first: pytest.Item | None
) -> list[pytest.Item]:
    """The tests that walk through the mutant's function, ENOUGH seconds of them; one at least."""
    function = find_function(module, mutant.function)
    assert function is not None
    place = (str(module.__file__), function.__code__.co_qualname)
    there = [item for item in session.items if place in walks[item.nodeid][1]]
    there.sort(key=lambda item: (item is not first, walks[item.nodeid][0]))
    lengths = itertools.accumulate(walks[item.nodeid][0] for item in there)
    return [item for item, length in zip(there, lengths, strict=True) if length <= ENOUGH] or there[:1]


def find_failing_test(
    change: tuple[Mutant, ModuleType] | None, items: list[pytest.Item], walks: Walks
) -> pytest.Item | Literal["never ended"] | None:
    """Return the tests that fail with the mutant in place; a test that takes ten times as long counts as failed."""
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1), os.dup2(quiet, 2)
        try:
            if change is not None:
                apply_mutant(*change)
            for number, item in enumerate(items[: CRASHED - 1], start=1):
                signal.alarm(int(10 * walks[item.nodeid][0]) + 10)
                if not run_test(item):
                    os._exit(number)
            os._exit(0)
        finally:
            os._exit(CRASHED)
    _, status = os.waitpid(child, 0)
    if status == 0:
        return None
    number = os.waitstatus_to_exitcode(status)
    return items[number - 1] if 0 < number < CRASHED else "never ended"
