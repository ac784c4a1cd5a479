"""Somebody copies the folder while people come in by code: no commit ties a code to an answer, and nothing destroyed is there."""

from pathlib import Path

import pytest

from drills.answer_reconstruction import Cell, Given, recovered
from drills.isolated_run import run_isolated
from drills.sqlite_log_forensics import auc, commits


def test_one_copy_ties_nothing_and_holds_nothing_that_was_destroyed() -> None:
    linked, *others = run_isolated("drills.stolen_folder", 40, 6)
    assert "in neighbouring commits of the log: 0 right pairs" in linked.detail
    assert [one.line() for one in others if not one.holds] == []
    assert len(others) == 5


def test_a_thief_who_guesses_is_told_from_one_who_knows(tmp_path: Path) -> None:
    assert auc([1.0, 2.0, 3.0], [0.0, 0.5]) == 1.0
    assert auc([1.0, 2.0], [1.0, 2.0]) == pytest.approx(0.5)
    assert commits(tmp_path / "none") == []


@pytest.mark.parametrize(
    ("releases", "known"),
    [
        ([(0, (1, 0, 0))], 1),
        ([(1, (1, 1, 0))], 0),
        ([(2, (3, 0, 0))], 3),
        ([(2, (2, 0, 0))], 0),
        ([(1, (1, 0, 0)), (2, (1, 1, 1))], 0),
        ([(0, (1, 0, 0)), (2, (1, 2, 0))], 3),
    ],
)
def test_figures_give_away_what_they_force(
    releases: list[tuple[int, tuple[int, int, int]]], known: int
) -> None:
    cell = Cell([Given(f"person {n}", n, 0) for n in range(3)], releases)
    assert len(recovered(cell)) == known
