"""A small cell is hidden, and an attacker with all published tables cannot work it out."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massline.engine.privacy import (
    Cell,
    Cube,
    Release,
    RoundedShare,
    add_margins,
    audit_releases,
    choose_shown_cells,
    rounded_share,
    truncate_to_day,
)

TWO = add_margins("section", "answer")


def cube(*rows: list[int]) -> Cube:
    counts = np.array(rows, np.int64)
    sections = tuple(f"s{i}" for i in range(counts.shape[0]))
    return Cube(("section", "answer"), (sections, ("agree", "pass", "disagree")[: counts.shape[1]]), counts)


def hide_only_the_small(of: Cube, tables: list[tuple[str, ...]], k: int = 5) -> Release:
    """What a careless publisher does."""
    careful = choose_shown_cells(of, tables, k=2)
    return Release({c: None if n is not None and 0 < n < k else n for c, n in careful.cells.items()}, k)


def test_a_row_with_one_hidden_cell_would_give_it_away() -> None:
    careless = hide_only_the_small(cube([20, 3, 17]), TWO)
    assert careless.table("section", "answer")["s0", "pass"] is None
    assert min(span.width for span in audit_releases([(cube([20, 3, 17]), careless)])) == 0


def test_a_second_cell_is_hidden_so_that_nothing_follows() -> None:
    counted = cube([20, 3, 17], [30, 40, 50])
    release = choose_shown_cells(counted, TWO, k=5)
    table = release.table("section", "answer")
    assert table["s0", "pass"] is None
    assert sum(n is None for n in table.values()) >= 4, (
        "a hidden cell needs company in its row and its column"
    )
    assert all(span.width >= 5 for span in audit_releases([(counted, release)]))


def test_large_tables_leave_untouched_and_nobody_may_be_said() -> None:
    counted = cube([20, 30, 0], [30, 40, 50])
    release = choose_shown_cells(counted, TWO, k=5)
    assert release.hidden == []
    assert release.table("section", "answer")["s0", "disagree"] == 0


def test_what_is_shown_is_never_under_k_and_always_true() -> None:
    counted = cube([2, 9, 14], [8, 1, 30], [12, 12, 12])
    release = choose_shown_cells(counted, TWO, k=5)
    for cell, count in release.cells.items():
        assert count is None or count == 0 or count >= 5, cell
    assert release.table("section", "answer")["s2", "agree"] in (12, None)


def test_two_people_between_two_dates_cannot_be_seen() -> None:
    first, later = cube([20, 30, 40]), cube([20, 32, 40])
    one = choose_shown_cells(first, TWO, k=5)
    two = choose_shown_cells(later, TWO, k=5, earlier=[(first, one)])
    assert two.table("section", "answer")["s0", "pass"] is None
    spans = audit_releases([(first, one), (later, two)])
    assert [s for s in spans if s.since == 0], "the change itself is audited"
    assert all(span.width >= 5 for span in spans)


def test_a_cell_that_was_hidden_may_be_shown_once_it_has_grown() -> None:
    first, later = cube([20, 3, 17]), cube([30, 23, 27])
    one = choose_shown_cells(first, TWO, k=5)
    two = choose_shown_cells(later, TWO, k=5, earlier=[(first, one)])
    assert two.table("section", "answer")["s0", "pass"] == 23


counts = st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=1, max_size=4)


@given(counts)
@settings(max_examples=15, deadline=None)
def test_the_auditor_fails_on_every_table(rows: list[list[int]]) -> None:
    counted = cube(*rows)
    release = choose_shown_cells(counted, TWO, k=5)
    assert all(span.width >= 5 for span in audit_releases([(counted, release)]))


@given(counts, st.data())
@settings(max_examples=6, deadline=None)
def test_the_auditor_fails_over_time(rows: list[list[int]], data: st.DataObject) -> None:
    published: list[tuple[Cube, Release]] = []
    now = np.array(rows, np.int64)
    for _ in range(3):
        counted = cube(*now.tolist())
        published.append((counted, choose_shown_cells(counted, TWO, k=5, earlier=published)))
        now = now + np.array(
            data.draw(st.lists(st.integers(0, 9), min_size=now.size, max_size=now.size))
        ).reshape(now.shape)
    assert all(span.width >= 5 for span in audit_releases(published))


def test_an_attacker_who_tries_every_whole_number_fails_too() -> None:
    """The linear programme is checked by brute force: all tables of whole numbers that fit what is shown."""
    counted = cube([6, 3, 7], [8, 9, 5])
    release = choose_shown_cells(counted, TWO, k=5)
    guesses = np.indices((12,) * 6, np.int8).reshape(2, 3, -1)
    fits = np.ones(guesses.shape[2], bool)
    for cell, count in release.cells.items():
        if count is not None:
            fits &= guesses[members(counted, cell)].sum(axis=0) == count
    assert fits.any()
    assert len(np.unique(guesses[0, 1, fits])) >= 5


def members(of: Cube, cell: Cell) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Which of the finest cells a published cell adds up."""
    inside = np.ones((2, 3), bool)
    for axis, label in zip(cell.table, cell.at, strict=True):
        i = of.axes.index(axis)
        along = np.array([name == label for name in of.labels[i]])
        inside &= along[:, None] if i == 0 else along[None, :]
    return inside


def test_people_who_vanish_between_two_dates_are_a_new_series() -> None:
    first = cube([20, 30, 40])
    with pytest.raises(ValueError, match="publish the correction as a new series"):
        choose_shown_cells(
            cube([20, 29, 40]), TWO, k=5, earlier=[(first, choose_shown_cells(first, TWO, k=5))]
        )


def test_counts_that_are_no_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit labels"):
        Cube(("section",), (("a", "b"),), np.array([1, 2, 3]))
    with pytest.raises(ValueError, match="whole numbers from 0"):
        Cube(("section",), (("a", "b"),), np.array([1, -2]))
    with pytest.raises(ValueError, match="no axis age"):
        choose_shown_cells(cube([9, 9, 9]), [("age",)], k=5)
    with pytest.raises(ValueError, match="at least 2"):
        choose_shown_cells(cube([9, 9, 9]), TWO, k=1)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (2, 4, None),
        (3, 6, None),
        (33, 80, RoundedShare(0.4)),
        (2, 80, RoundedShare(0.1, "at most")),
        (0, 80, RoundedShare(0.1, "at most")),
        (80, 80, RoundedShare(0.9, "at least")),
        (333, 1000, RoundedShare(0.33)),
        (999, 1000, RoundedShare(0.99, "at least")),
    ],
)
def test_a_share_does_not_single_people_out(part: int, whole: int, expected: RoundedShare | None) -> None:
    assert rounded_share(part, whole, k=5) == expected


def test_a_share_of_more_than_all_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and the whole"):
        rounded_share(9, 8, k=5)


def test_a_moment_becomes_the_day_it_was_there() -> None:
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert truncate_to_day(late, ZoneInfo("Europe/Berlin")) == date(2026, 11, 22)
    with pytest.raises(ValueError, match="needs its time zone"):
        truncate_to_day(datetime(2026, 11, 21, 23, 30), UTC)  # noqa: DTZ001
