"""A map carried on to newer votes, and its statements as columns."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massline.engine import opinion
from massline.engine.opinion.finding_radius import measure_finding_radii
from massline.engine.opinion.map_schema import ReweightedShare, restore_map
from massline.engine.opinion.statement_arrays import StatementArrays
from massline.engine.opinion.statement_description import tidy_array
from massline.engine.result_documents import canonical_bytes, round_significant
from massline.engine.votes import VoteTable
from tests.engine.opinion.conversations import Row, one_cloud, two_camps

CAMPS = two_camps(300, 24, seed=4)


@pytest.fixture(scope="module")
def whole() -> opinion.Opinion:
    return opinion.estimate(VoteTable.from_rows(CAMPS), seed=1)


def changed(rows: list[Row], share: float, seed: int) -> VoteTable:
    """Some people answer anew, some more come, some are gone."""
    rng = np.random.default_rng(seed)
    kept: list[Row] = [
        (who, which, int(rng.choice((-1, 0, 1))) if rng.random() < share else value)
        for who, which, value in rows
        if int(who) % 40 != seed % 40
    ]
    more: list[Row] = [
        (1_000 + int(who), which, value) for who, which, value in rows if int(who) % 60 == seed % 60
    ]
    return VoteTable.from_rows(kept + more)


@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.01, 0.05]))
@settings(max_examples=5, deadline=None)
def test_a_map_that_is_carried_on_equals_one_from_scratch(seed: int, share: float) -> None:
    before = opinion.estimate(VoteTable.from_rows(CAMPS), seed=1)
    table = changed(CAMPS, share, seed)
    carried = opinion.update_map(before, table)
    fresh = opinion.estimate(table, seed=1)
    assert carried is not None
    dimensions = len(carried.axes.loadings)
    assert np.abs(carried.axes.means - fresh.axes.means).max() < 1e-9
    assert np.abs(carried.axes.loadings[0] - fresh.axes.loadings[0]).max() < 1e-6
    assert np.abs(carried.axes.eigenvalues - fresh.axes.eigenvalues[:dimensions]).max() < 1e-6
    assert np.abs(carried.places[:, 0] - fresh.places[:, 0]).max() < 1e-6
    assert np.array_equal(carried.statements.overall.seen, fresh.statements.overall.seen)
    assert np.array_equal(carried.statements.overall.low, fresh.statements.overall.low)
    assert isinstance(fresh.outcome, opinion.Groups)
    # Who stands right at a border may be put on either side by another start of k-means.
    assert np.mean(carried.labels == fresh.labels) >= 0.97
    assert np.array_equal(carried.influence.agree, fresh.influence.agree)


def test_where_the_search_starts_changes_nothing(whole: opinion.Opinion) -> None:
    table = changed(CAMPS, 0.02, 3)
    far, near = opinion.update_map(whole, table), opinion.update_map(whole, table, near=whole)
    halfway = opinion.update_map(whole, changed(CAMPS, 0.01, 5))
    assert far is not None
    assert near is not None
    assert halfway is not None
    later = opinion.update_map(whole, table, near=halfway)
    assert later is not None
    for other in (near, later):
        assert np.abs(other.places - far.places).max() < 1e-6
        assert np.array_equal(other.labels, far.labels)
        for mine, theirs in (
            (other.statements.by_group, far.statements.by_group),
            (other.statements.overall, far.statements.overall),
        ):
            assert np.array_equal(mine.low, theirs.low)
            assert np.array_equal(mine.high, theirs.high)


def test_what_only_a_whole_estimate_can_say_is_left_to_it(whole: opinion.Opinion) -> None:
    fewer = VoteTable.from_rows([row for row in CAMPS if row[1] != 3])
    assert opinion.update_map(whole, fewer) is None
    # One camp stays at home: its group is gone.
    alone = whole.table.subset(np.flatnonzero(whole.labels == 0))
    assert opinion.update_map(whole, alone) is None
    few = opinion.estimate(VoteTable.from_rows([(p, s, 1) for p in range(8) for s in range(8)]), seed=1)
    assert opinion.update_map(few, few.table) is None


def test_a_spectrum_is_carried_on_as_one() -> None:
    rows = one_cloud(200, 20, seed=2)
    whole = opinion.estimate(VoteTable.from_rows(rows), seed=1)
    assert isinstance(whole.outcome, opinion.Spectrum)
    carried = opinion.update_map(whole, changed(rows, 0.01, 3))
    assert carried is not None
    assert carried.outcome is whole.outcome


def test_radii_of_statements_that_stayed_are_not_worked_out_again(whole: opinion.Opinion) -> None:
    before = measure_finding_radii(whole.statements)
    again = measure_finding_radii(whole.statements, before=replace(before, people=before.people + 7))
    assert np.array_equal(again.people, before.people + 7)
    carried = opinion.update_map(whole, changed(CAMPS, 0.02, 3))
    assert carried is not None
    quick = measure_finding_radii(carried.statements, before=before)
    assert np.array_equal(quick.people, measure_finding_radii(carried.statements).people)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=64), max_size=40))
def test_many_numbers_are_rounded_as_one_is(numbers: list[float]) -> None:
    mine = tidy_array(np.array(numbers, float))
    theirs = [round_significant(number) for number in numbers]
    assert mine.tolist() == pytest.approx(theirs, rel=1.1e-9, abs=0)
    assert mine.tolist() == [round_significant(number) for number in mine.tolist()]


def test_numbers_of_a_map_have_nine_digits_and_no_more(whole: opinion.Opinion) -> None:
    columns = StatementArrays.of(opinion.document(whole).result.statements)
    assert columns.real.ravel().tolist() == [
        round_significant(number) for number in columns.real.ravel().tolist()
    ]


def test_statements_come_back_from_their_bytes_and_from_the_document(whole: opinion.Opinion) -> None:
    drawn = opinion.document(whole, texts={j: f"Sentence {j}.\n«{j}»" for j in range(24)})
    columns = StatementArrays.of(drawn.result.statements)
    even = np.array([[0.5, 0.4, 0.6, 20.0]])
    for one in (columns, columns.drawn_evenly(np.array([3]), even)):
        back = StatementArrays.unpack(one.pack())
        assert back == one
        assert back.texts == one.texts
        rows = tuple(one)
        assert StatementArrays.of(rows) == one
        assert StatementArrays.of(rows).pack() == one.pack()
        assert one[3] == rows[3]
        assert one[-2:] == rows[-2:]
    assert columns.drawn_evenly(np.array([3]), even)[3].drawn_evenly == ReweightedShare(
        share=0.5, low=0.4, high=0.6, worth=20.0
    )
    whole_again = restore_map(json.loads(canonical_bytes(drawn)))
    assert whole_again == drawn
    assert canonical_bytes(whole_again) == canonical_bytes(drawn)


def test_a_map_of_nobody_has_columns_too() -> None:
    nobody = opinion.document(opinion.estimate(VoteTable.from_rows([]), seed=1))
    columns = StatementArrays.of(nobody.result.statements)
    assert len(StatementArrays.unpack(columns.pack())) == 0
