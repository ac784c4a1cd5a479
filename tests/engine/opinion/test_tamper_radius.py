"""Exact radii of counts equal every way of adding votes."""

import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massline.engine.jeffreys_intervals import jeffreys_bound, jeffreys_mean
from massline.engine.opinion import tamper_radius as radius

CASES = json.loads((Path(__file__).parents[1] / "cases" / "opinion_tamper_radius.json").read_text())
BARS = (0.5, 0.6, 2 / 3, 0.75)


def first(overturned: Callable[[int], bool], most: int) -> int | None:
    return next((x for x in range(most + 1) if overturned(x)), None)


def ways(total: int, places: int) -> Iterator[tuple[int, ...]]:
    return (way for way in itertools.product(range(total + 1), repeat=places) if sum(way) == total)


def lower(agree: int, seen: int) -> float:
    return float(jeffreys_bound(agree, seen, 0.025))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["desc"][:50])
def test_radii_worked_by_hand(case: dict[str, Any]) -> None:
    found = getattr(radius, case["radius"])(*case["counts"], case["bar"])
    assert np.asarray(found).ravel().tolist() == case["people"]


@given(st.integers(5, 120), st.data(), st.sampled_from(BARS))
@settings(max_examples=80, deadline=None)
def test_shares_and_their_bounds(seen: int, data: st.DataObject, bar: float) -> None:
    agree = data.draw(st.integers(0, seen))
    assert radius.share_falls(agree, seen, bar)[0] == first(lambda x: agree < bar * (seen + x), 2000)
    assert radius.share_rises(agree, seen, bar)[0] == first(lambda x: agree + x >= bar * (seen + x), 2000)
    falls, rises = (
        int(found[0])
        for found in (radius.bound_falls(agree, seen, bar), radius.bound_rises(agree, seen, bar))
    )
    if falls <= 400:
        assert falls == first(lambda x: lower(agree, seen + x) < bar, 400)
    if rises <= 400:
        assert rises == first(lambda x: lower(agree + x, seen + x) >= bar, 400)


@given(st.lists(st.tuples(st.integers(0, 29), st.floats(0, 1)), min_size=2, max_size=3))
@settings(max_examples=60, deadline=None)
def test_breadth_falls_where_it_is_cheapest_and_a_part_of_four_decides_nothing(
    drawn: list[tuple[int, float]],
) -> None:
    parts = [(round(share * seen), seen) for seen, share in drawn]
    if not any(seen >= 5 for _, seen in parts):
        with pytest.raises(ValueError, match="five answers"):
            radius.breadth_falls(parts, 0.3)
        return

    def overturned(x: int) -> bool:
        for more in ways(x, len(parts)):
            after = [(a, n + added) for (a, n), added in zip(parts, more, strict=True)]
            if min(lower(a, n) for a, n in after if n >= 5) < 0.3:
                return True
        return False

    found = radius.breadth_falls(parts, 0.3)
    if found <= 25:
        assert found == first(overturned, 25)


@given(st.integers(2, 3), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_consensus_falls_where_fewest_answered(groups: int, dice: Any) -> None:
    seen = np.array([dice.randint(5, 24) for _ in range(groups)])
    agree = np.array([dice.randint(n // 2, n) for n in seen.tolist()])
    disagree = np.array([dice.randint(0, n - a) for n, a in zip(seen.tolist(), agree.tolist(), strict=True)])

    def score(more: tuple[int, ...]) -> float:
        n, against = seen + np.array(more), disagree + np.array(more)
        return float(np.exp(np.log(jeffreys_mean(agree, n) * (1 - jeffreys_mean(against, n))).mean()))

    found = radius.consensus_falls(agree, disagree, seen, 0.35)
    if found <= 40:
        worst = [min(score(way) for way in ways(x, groups)) for x in range(found + 1)]
        # Rounding decides where a score equals the bar to the last digit.
        assert worst[found] < 0.35 + 1e-12
        assert all(before > 0.35 - 1e-12 for before in worst[:found])


@given(st.tuples(st.integers(8, 29), st.integers(8, 29)), st.floats(0.6, 1), st.floats(0, 0.4))
@settings(max_examples=25, deadline=None)
def test_a_division_closes_by_the_cheapest_split(seen: tuple[int, int], high: float, low: float) -> None:
    n = np.array(seen)
    a = np.round(n * np.array([high, low])).astype(int)

    def overturned(x: int) -> bool:
        return any(
            radius.agreement_gap_bound(a + np.array(way[:2]), n + np.array(way[:2]) + np.array(way[2:])) < 0.2
            for way in ways(x, 4)
        )

    if (most := first(overturned, 12)) is not None:
        assert radius.divisive_falls(a, n, 0.2) == most


@given(st.integers(10, 50), st.data())
@settings(max_examples=60, deadline=None)
def test_an_even_split_is_tilted_by_the_cheapest_answer(seen: int, data: st.DataObject) -> None:
    agree = data.draw(st.integers(0, seen))
    disagree = data.draw(st.integers(0, seen - agree))

    def overturned(x: int) -> bool:
        return any(
            4 * (agree + more + 0.5) * (disagree + against + 0.5) / (seen + x + 1) ** 2 < 0.7
            for more, against, _ in ways(x, 3)
        )

    assert radius.split_falls(agree, disagree, seen, 0.7) == first(overturned, 60)


def test_bridging_falls_in_one_group_and_rises_only_in_all() -> None:
    agree, seen = np.array([[18, 30], [9, 12]]), np.array([[20, 40], [10, 30]])
    falls, rises = radius.bridging_falls(agree, seen, 0.5), radius.bridging_rises(agree, seen, 0.5)
    each = [radius.bound_falls(agree[g], seen[g], 0.5) for g in (0, 1)]
    assert falls.tolist() == np.minimum(*each).tolist()
    lifted = np.stack([radius.bound_rises(agree[g], seen[g], 0.5) for g in (0, 1)])
    assert rises.tolist() == lifted.sum(axis=0).tolist()
    assert (falls > 0).tolist() == (rises == 0).tolist()


def test_what_can_never_be_overturned_says_so() -> None:
    assert radius.bound_falls(5, 10, 0.0).tolist() == [radius.NEVER]
