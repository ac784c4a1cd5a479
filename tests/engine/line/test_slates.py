"""Slates: the two rules against independent brute force, and what a slate owes to each group."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massline.engine.line.ballots import Ballots, gather_ballots
from massline.engine.line.justified_representation import overlooked_demands
from massline.engine.line.multiwinner import choose_by_equal_shares, choose_by_pav, pav_score
from massline.engine.line.slates import propose_slates
from massline.engine.votes import VoteTable


def cast(*groups: tuple[int, str, str]) -> Ballots:
    """Ballots from (people, supports, rejects) with demands a, b, c…"""
    names = sorted({d for _, yes, no in groups for d in yes + no})
    yes = np.array([[d in supports for d in names] for _, supports, _ in groups])
    no = np.array([[d in rejects for d in names] for _, _, rejects in groups])
    return Ballots(tuple(names), yes, no, np.array([n for n, _, _ in groups], np.int64))


def names(of: Ballots, chosen: tuple[int, ...]) -> set[str]:
    return {str(of.demands[j]) for j in chosen}


def equal_shares_by_hand(of: Ballots, size: int) -> list[int]:
    """The rule in exact fractions, voter by voter, without completion."""
    voters = [b for b, n in enumerate(of.people.tolist()) for _ in range(n)]
    purse = [Fraction(size, len(voters))] * len(voters)
    chosen: list[int] = []
    while len(chosen) < size:
        prices: dict[int, Fraction] = {}
        for j in range(len(of.demands)):
            mine = sorted(purse[v] for v, b in enumerate(voters) if of.supports[b, j])
            if j in chosen or sum(mine) < 1:
                continue
            paid = Fraction(0)
            for rank, money in enumerate(mine):
                price = (1 - paid) / (len(mine) - rank)
                if price <= money:
                    prices[j] = price
                    break
                paid += money
        if not prices:
            break
        best = min(prices, key=lambda j: (prices[j], j))
        purse = [
            m - min(m, prices[best]) if of.supports[b, best] else m
            for m, b in zip(purse, voters, strict=True)
        ]
        chosen.append(best)
    return chosen


small = st.lists(
    st.tuples(
        st.integers(1, 5), st.sets(st.sampled_from("abcdef"), max_size=4).map(lambda s: "".join(sorted(s)))
    ),
    min_size=1,
    max_size=7,
).filter(lambda rows: any(yes for _, yes in rows))


@given(small, st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_equal_shares_chooses_what_exact_fractions_choose(rows: list[tuple[int, str]], size: int) -> None:
    of = cast(*((n, yes, "") for n, yes in rows))
    size = min(size, len(of.demands))
    by_hand = equal_shares_by_hand(of, size)
    assert list(choose_by_equal_shares(of, size))[: len(by_hand)] == by_hand


@given(small, st.integers(1, 4))
@settings(max_examples=100, deadline=None)
def test_proportional_approval_is_the_best_of_all_slates(rows: list[tuple[int, str]], size: int) -> None:
    of = cast(*((n, yes, "") for n, yes in rows))
    size = min(size, len(of.demands))
    chosen, exact = choose_by_pav(of, size)

    def score(slate: tuple[int, ...]) -> Fraction:
        liked = of.supports[:, list(slate)].sum(axis=1).tolist()
        sums = [sum((Fraction(1, i) for i in range(1, n + 1)), Fraction(0)) for n in liked]
        return sum((n * s for n, s in zip(of.people.tolist(), sums, strict=True)), Fraction(0))

    assert exact
    assert score(chosen) == max(score(s) for s in combinations(range(len(of.demands)), size))


@given(small, st.integers(1, 4))
@settings(max_examples=100, deadline=None)
def test_neither_rule_overlooks_a_large_group(rows: list[tuple[int, str]], size: int) -> None:
    of = cast(*((n, yes, "") for n, yes in rows))
    size = min(size, len(of.demands))
    assert overlooked_demands(of, choose_by_equal_shares(of, size)) == ()
    assert overlooked_demands(of, choose_by_pav(of, size)[0]) == ()


def test_two_camps_of_two_to_one_get_two_demands_and_one() -> None:
    of = cast((20, "abc", "xyz"), (10, "xyz", "abc"))
    for chosen in (choose_by_equal_shares(of, 3), choose_by_pav(of, 3)[0]):
        assert len(names(of, chosen) & set("abc")) == 2
        assert len(names(of, chosen) & set("xyz")) == 1


def test_the_most_popular_alone_would_overlook_a_third() -> None:
    of = cast((20, "abc", "xyz"), (10, "xyz", "abc"))
    assert overlooked_demands(of, (0, 1, 2)) == ("x", "y", "z")


def test_many_demands_are_climbed_and_still_owe_nobody() -> None:
    draw = np.random.default_rng(3)
    yes = draw.random((60, 40)) < 0.15
    of = Ballots(tuple(range(40)), yes, np.zeros_like(yes), np.ones(60, np.int64))
    chosen, exact = choose_by_pav(of, 5)
    assert not exact
    assert overlooked_demands(of, chosen) == ()
    for out in chosen:
        for new in set(range(40)) - set(chosen):
            assert pav_score(of, tuple({*chosen, new} - {out})) <= pav_score(of, chosen) + 1e-9


def test_a_slate_says_whom_it_reaches_whom_it_puts_off_and_what_a_drop_changes() -> None:
    of = cast((60, "a", "b"), (30, "b", "a"), (10, "c", ""))
    found = {(s.rule, len(s.demands)): s for s in propose_slates(of)}
    one, two = found["equal shares", 1], found["proportional approval", 2]
    assert one.demands == ("a",)
    assert one.coverage.value == pytest.approx(0.6)
    assert one.friction.value == pytest.approx(0.3)
    assert one.without[0].demands == ("b",)
    assert one.without[0].coverage == pytest.approx(0.3)
    assert set(two.demands) == {"a", "b"}
    assert two.friction.value == pytest.approx(0.9)
    assert (one.best.people, one.best.at_most) == (60, 60)
    assert set(found["fewest left out", 2].demands) == {"a", "b"}
    assert one.underrepresented == ()


def test_people_who_answered_alike_are_counted_together_and_the_silent_apart() -> None:
    rows = [("amal", 1, 1), ("bea", 1, 1), ("chen", 1, -1), ("chen", 2, 0), ("dina", 3, 1)]
    of = gather_ballots(VoteTable.from_rows(rows), [1, 2])
    assert of.voters == 3
    assert of.silent == 1
    assert sorted(of.people.tolist()) == [1, 2]
    with pytest.raises(ValueError, match="no statement 9"):
        gather_ballots(VoteTable.from_rows(rows), [9])


def test_without_voters_there_are_no_slates() -> None:
    of = gather_ballots(VoteTable.from_rows([("dina", 3, 1)], statements=[1]), [1])
    assert list(propose_slates(of)) == []
