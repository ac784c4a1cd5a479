"""A drill that attacks is worth as much as its control: the same attack on a house with a known weakness must break it."""

import ast
import inspect
import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import pytest

from drills import __main__ as drills
from drills.result import CONTROL, Result

HOLDS = Result("answers read", "0", "0", True)
BROKE = Result.control("the log is not cut", "all", "all", True)
HELD_ON = Result.control("the log is not cut", "all", "none", False)


def controls_of(module: ModuleType) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Result.control":
            yield node


@pytest.mark.parametrize("name", drills.ATTACKS)
def test_every_attack_has_a_control_whose_outcome_is_measured(name: str) -> None:
    module = import_module(f"drills.{drills.DRILLS[name]}")
    found = list(controls_of(module))
    assert found
    for call in found:
        broke = call.args[3]
        assert any(isinstance(part, ast.Compare) for part in ast.walk(broke)), ast.unparse(broke)


def test_no_control_is_declared_in_another_way() -> None:
    for name, module in drills.DRILLS.items():
        source = inspect.getsource(import_module(f"drills.{module}"))
        assert CONTROL not in source, name
        assert name in drills.ATTACKS or not list(controls_of(import_module(f"drills.{module}"))), name


@pytest.mark.parametrize(
    ("results", "code"), [([HOLDS, BROKE], 0), ([HOLDS, HELD_ON], 1), ([HOLDS], 1), ([], 1)]
)
def test_an_attack_without_a_control_that_broke_falls_short(
    results: list[Result], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = ModuleType("drills.played")
    played.run = lambda short: list(results)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "drills.played", played)
    monkeypatch.setitem(drills.DRILLS, "thief", "played")
    assert drills.main(["short", "thief"]) == code
