"""The bounds of repeated trials are those of the binomial distribution, counted out by hand where that can be done."""

from math import comb

import pytest

from tests.trials import Trials, least, most


def chance_of(successes: range, trials: int, chance: float) -> float:
    return sum(comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in successes)


def test_a_quarter_for_each_commit_and_all_in_full() -> None:
    assert [Trials(full=False).of(count) for count in (40, 10, 3)] == [10, 3, 1]
    assert Trials(full=True).of(40) == 40


def test_ten_coins_by_hand() -> None:
    """9 or 10 heads of 10: 11 of 1024; 8 or more: 56 of 1024."""
    assert most(10, 0.5, accident=0.02) == 8
    assert most(10, 0.5, accident=0.06) == 7
    assert least(10, 0.5, accident=0.02) == 2


@pytest.mark.parametrize("trials", [1, 10, 40, 200])
@pytest.mark.parametrize("chance", [0.05, 0.5, 0.9])
@pytest.mark.parametrize("accident", [0.001, 0.02])
def test_no_bound_is_passed_by_chance_more_often_than_said_and_none_is_looser_than_need_be(
    trials: int, chance: float, accident: float
) -> None:
    high, low = most(trials, chance, accident=accident), least(trials, chance, accident=accident)
    assert chance_of(range(high + 1, trials + 1), trials, chance) <= accident
    assert chance_of(range(high, trials + 1), trials, chance) > accident
    assert chance_of(range(low), trials, chance) <= accident
    assert chance_of(range(low + 1), trials, chance) > accident
