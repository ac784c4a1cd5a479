"""Votes come in any order, in shards, twice, or broken; the table and the tally stay exact."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from massline.engine.votes import Tally, VoteTable
from tests.engine.opinion.conversations import Row, real_rows, two_camps

ids = st.one_of(st.integers(-5, 5), st.sampled_from(["amal", "بيا", "🦊", "ß", "5"]))
some_rows = st.lists(st.tuples(ids, st.integers(0, 6), st.sampled_from([-1, 0, 1])), max_size=60)


def test_the_last_vote_of_a_person_on_a_statement_wins() -> None:
    table = VoteTable.from_rows([("amal", 1, 1), ("bea", 1, -1), ("amal", 1, 0), ("amal", 1, -1)])
    assert table.participants.tolist() == ["amal", "bea"]
    assert table.value.tolist() == [-1, -1]
    assert table.replaced == 2


def test_the_time_of_a_vote_decides_where_it_is_known() -> None:
    table = VoteTable.from_arrays(["amal", "amal"], [1, 1], [1, -1], voted_at=[20.0, 10.0])
    assert table.value.tolist() == [1]


@given(some_rows, st.randoms(use_true_random=False))
def test_the_order_of_different_votes_never_matters(rows: list[Row], shuffle: random.Random) -> None:
    unique = list({(p, s): (p, s, v) for p, s, v in rows}.values())
    mixed = unique.copy()
    shuffle.shuffle(mixed)
    one, other = VoteTable.from_rows(unique), VoteTable.from_rows(mixed)
    assert one.participants.tolist() == other.participants.tolist()
    assert one.statements.tolist() == other.statements.tolist()
    for name in ("start", "statement", "value"):
        assert np.array_equal(getattr(one, name), getattr(other, name))


@given(some_rows)
def test_the_table_holds_exactly_the_last_votes(rows: list[Row]) -> None:
    table = VoteTable.from_rows(rows)
    held = {
        (table.participants[i], table.statements[j]): v
        for i, j, v in zip(table.voter.tolist(), table.statement.tolist(), table.value.tolist(), strict=True)
    }
    assert held == {(p, s): v for p, s, v in rows}
    assert table.votes + table.replaced == len(rows)


def test_sparse_and_dense_integer_ids_and_huge_ids_sort_alike() -> None:
    people = [3, 10**12, -7, 3]
    by_list = VoteTable.from_arrays(people, [1, 2, 3, 4], [1, 1, 1, 1])
    by_array = VoteTable.from_arrays(np.array(people), np.array([1, 2, 3, 4]), np.array([1, 1, 1, 1]))
    assert by_list.participants.tolist() == by_array.participants.tolist() == [-7, 3, 10**12]
    assert by_list.statement.tolist() == by_array.statement.tolist()
    assert VoteTable.from_rows([(2**70, 1, 1), (5, 1, 1)]).participants.tolist() == [5, 2**70]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(1, 1, 1), (1, 2, float("nan"))], "row 1: a vote is"),
        ([(1, 1, 2)], "row 0: a vote is"),
        ([(1, 1, 1), (2, 1, None)], "row 1: a vote is"),
        ([(1, 1, 1), (2, 1, "1")], "row 1: a vote is"),
        ([(1, 1, 1), (None, 1, 1)], "row 1: the participant must be an int or a str"),
        ([(1, 1.5, 1)], "row 0: the statement must be an int or a str"),
        ([(True, 1, 1)], "row 0: the participant must be an int or a str"),
        ([(1, 1, 1), ("\ud800", 1, 1)], "row 1: the participant '\\\\ud800' is not valid Unicode"),
        ([(1, 1)], "row 0: expected"),
    ],
)
def test_a_broken_row_is_named(rows: list[Row], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        VoteTable.from_rows(rows)


def test_columns_of_different_length_and_bad_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="differ in length"):
        VoteTable.from_arrays([1, 2], [1], [1])
    with pytest.raises(ValueError, match="weight of participant 'bea'"):
        VoteTable.from_rows([("bea", 1, 1)], weights={"bea": float("inf")})


def test_sections_and_weights_follow_the_people() -> None:
    table = VoteTable.from_rows(
        [("bea", 1, 1), ("amal", 1, 1), ("chen", 1, 0)],
        sections={"amal": "night", "bea": "day"},
        weights={"amal": 4.0},
    )
    assert table.sections == ("day", "night")
    assert table.section.tolist() == [1, 0, -1]
    assert table.weight is not None
    assert table.weight.tolist() == [2.0, 0.5, 0.5]


def test_a_statement_nobody_voted_on_is_kept() -> None:
    table = VoteTable.from_rows([("amal", 2, 1)], statements=[1, 2, 3])
    assert table.statements.tolist() == [1, 2, 3]
    assert table.statement.tolist() == [1]


def test_a_million_identical_votes_are_one_vote() -> None:
    table = VoteTable.from_arrays(
        np.zeros(10**6, np.int64), np.zeros(10**6, np.int64), np.ones(10**6, np.int8)
    )
    assert (table.votes, table.replaced) == (1, 10**6 - 1)


def test_a_subset_keeps_whole_people() -> None:
    table = VoteTable.from_rows(two_camps(30, 12, seed=1))
    part = table.subset(np.array([3, 7, 8]))
    assert part.participants.tolist() == [table.participants[i] for i in (3, 7, 8)]
    assert part.votes == int(table.votes_each[[3, 7, 8]].sum())
    assert part.value[: part.start[1]].tolist() == table.value[table.start[3] : table.start[4]].tolist()


@given(some_rows, st.randoms(use_true_random=False))
def test_votes_added_one_by_one_and_changed_give_the_same_sums(
    rows: list[Row], shuffle: random.Random
) -> None:
    """Every order of events that ends in the same votes ends in the same integers."""
    table = VoteTable.from_rows(rows, statements=range(7))
    live = Tally(7)
    held: dict[int | str, dict[int, int]] = {p: {} for p, _, _ in rows}
    for person, statement, value in rows:
        live.vote(held[person], int(statement), value)
        held[person][int(statement)] = value
    assert live == Tally.from_table(table)
    flat = [(p, s, v) for p, votes in held.items() for s, v in votes.items()]
    shuffle.shuffle(flat)
    assert live == Tally.from_table(VoteTable.from_rows(flat, statements=range(7)))


def test_shards_merge_and_a_cohort_comes_out_again() -> None:
    rows = real_rows("brexit-consensus")
    statements = sorted({s for _, s, _ in rows})
    whole = Tally.from_table(VoteTable.from_rows(rows))
    parts = [
        Tally.from_table(VoteTable.from_rows([r for r in rows if r[0] % 3 == k], statements=statements))
        for k in range(3)
    ]
    assert parts[2] + parts[0] + parts[1] == whole
    assert whole - parts[1] == parts[0] + parts[2]
    assert (whole.seen >= whole.agree + whole.disagree).all()


def test_tallies_over_other_statements_do_not_mix() -> None:
    with pytest.raises(ValueError, match="do not mix"):
        Tally(2) + Tally(3)
    with pytest.raises(ValueError, match="a vote is"):
        Tally(2).vote({}, 0, 5)
    assert Tally(2) != 2
