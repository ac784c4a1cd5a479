"""Coverage against the best list, and EJR+, beside brute force; and what each rule owes to everybody."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massline.engine.line.ballots import Ballots
from massline.engine.line.justified_representation import find_underrepresented
from massline.engine.line.maximum_coverage import find_best_coverage
from massline.engine.line.slates import propose_slates


def ballots(rows: list[tuple[int, set[str]]]) -> Ballots:
    supports = np.array([[name in liked for name in "abcdef"] for _, liked in rows])
    people = np.array([people for people, _ in rows], np.int64)
    return Ballots(tuple("abcdef"), supports, np.zeros_like(supports), people)


some_ballots = st.lists(
    st.tuples(st.integers(1, 5), st.sets(st.sampled_from("abcdef"), max_size=4)), min_size=1, max_size=9
)


def people_reached(of: Ballots, chosen: tuple[int, ...]) -> int:
    return int(of.people[of.supports[:, list(chosen)].any(axis=1)].sum())


@given(some_ballots, st.integers(1, 5), st.integers(0, 5))
@settings(max_examples=200, deadline=None)
def test_the_best_list_is_the_best_of_all(rows: list[tuple[int, set[str]]], size: int, held: int) -> None:
    of = ballots(rows)
    for fixed in ((), (held,)):
        best = find_best_coverage(of, size, fixed=fixed)
        lists = [chosen for chosen in combinations(range(6), size) if set(fixed) <= set(chosen)]
        assert best.people == best.at_most == max(people_reached(of, chosen) for chosen in lists)
        assert people_reached(of, best.chosen) == best.people
        assert set(fixed) <= set(best.chosen)
        assert len(best.chosen) <= size


@given(some_ballots, st.integers(1, 4))
@settings(max_examples=80, deadline=None)
def test_ejr_plus_is_broken_where_some_set_of_voters_breaks_it(
    rows: list[tuple[int, set[str]]], size: int
) -> None:
    of = ballots([(1, liked) for _, liked in rows])
    voters, chosen = len(rows), tuple(range(size))
    liked = of.supports[:, :size].sum(axis=1)
    broken: dict[str, int] = {}
    for due in range(size, 0, -1):
        for count in range(1, voters + 1):
            for who in combinations(range(voters), count) if count * size >= due * voters else ():
                members = list(who)
                for place in range(size, 6):
                    if of.supports[members, place].all() and (liked[members] < due).all():
                        broken[str(of.demands[place])] = due
    found = find_underrepresented(of, chosen)
    assert {str(row.demand): row.due for row in found} == broken


@given(some_ballots, st.integers(1, 5))
@settings(max_examples=100, deadline=None)
def test_equal_shares_and_proportional_approval_never_break_it(
    rows: list[tuple[int, set[str]]], size: int
) -> None:
    for slate in propose_slates(ballots(rows), largest=size):
        if slate.rule != "fewest left out":
            assert slate.underrepresented == ()
        assert slate.coverage.value * ballots(rows).voters <= slate.best.people + 1e-9


def test_a_list_can_leave_nobody_out_and_still_owe_two_thirds_their_due() -> None:
    of = ballots([(20, {"a", "d", "e"}), (10, {"a", "b", "c"})])
    assert find_best_coverage(of, 1).people == 30
    owed = find_underrepresented(of, (0, 1, 2))
    assert [(row.demand, row.due, row.people) for row in owed] == [("d", 2, 20), ("e", 2, 20)]


def test_what_cannot_be_proven_is_bounded_on_both_sides() -> None:
    rng = np.random.default_rng(3)
    supports = rng.random((400, 60)) < 0.08
    of = Ballots(tuple(range(60)), supports, np.zeros_like(supports), np.ones(400, np.int64))
    best = find_best_coverage(of, 10)
    assert not best.exact
    assert best.people == people_reached(of, best.chosen)
    assert best.people < best.at_most <= 400


def test_a_list_shorter_than_what_is_fixed_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot hold 2"):
        find_best_coverage(ballots([(1, {"a"})]), 1, fixed=(0, 1))
