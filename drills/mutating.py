"""A pytest plugin: run the tests once, remember who walks where, then meet each mutant in a forked process.

The tables stand in memory, so a fork has its own copy of everything, and nothing has to be set up again. Only the
tests that walk through the mutant's function are run, the quickest first, until one fails.
"""

import json
import os
import random
import signal
import sys
import time
from importlib import import_module
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from drills.mutants import Mutant, function_at, mutants_of, put_in_place

SECONDS = 20


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mutate", default="", help="modules, parted by commas")
    parser.addoption("--mutants", type=int, default=0, help="how many at most of each module; 0 for all")
    parser.addoption("--found", default="", help="where to write what was found, as JSON")


class Walked:
    """Which functions of the watched files each test has walked through."""

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
    walks = walk(session, modules)
    found = {module.__name__: meet_all(session, module, walks) for module in modules}
    Path(session.config.getoption("--found")).write_text(json.dumps(found))
    return True


def walk(session: pytest.Session, modules: list[ModuleType]) -> dict[str, tuple[float, set[tuple[str, str]]]]:
    """Run every test as it is; all must pass. Give how long each took and where it went."""
    watched = Walked({str(module.__file__) for module in modules})
    walks = {}
    for item in session.items:
        watched.here = set()
        began = time.monotonic()
        sys.setprofile(watched)
        try:
            passed = passes(item)
        finally:
            sys.setprofile(None)
        if not passed:
            pytest.exit(f"{item.nodeid} fails before anything is changed.", returncode=1)
        walks[item.nodeid] = (time.monotonic() - began, watched.here)
    return walks


def passes(item: pytest.Item) -> bool:
    """Run one test; what the whole session shares, the tables above all, stays up for the next.

    A test of another folder is said to come next, so that nothing smaller than the session stays up.
    """
    another = next(one for one in item.session.items if one.path.parent != item.path.parent)
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=another))


def meet_all(
    session: pytest.Session, module: ModuleType, walks: dict[str, tuple[float, set[tuple[str, str]]]]
) -> dict[str, Any]:
    most = session.config.getoption("--mutants")
    mutants = mutants_of(module)
    if most and len(mutants) > most:
        mutants = random.Random(1).sample(mutants, most)
    survived = []
    for mutant in mutants:
        function = function_at(module, mutant.function)
        assert function is not None
        place = (str(module.__file__), function.__code__.co_qualname)
        items = [item for item in session.items if place in walks[item.nodeid][1]]
        if not killed(mutant, module, sorted(items, key=lambda item: walks[item.nodeid][0])):
            survived.append(str(mutant))
    return {"mutants": len(mutants), "survived": survived}


def killed(mutant: Mutant, module: ModuleType, items: list[pytest.Item]) -> bool:
    """Does one of these tests fail with the mutant in place? One that never ends counts as failing."""
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1), os.dup2(quiet, 2)
        signal.alarm(SECONDS)
        try:
            put_in_place(mutant, module)
            os._exit(0 if all(passes(item) for item in items) else 1)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    return status != 0
