"""Random rounding: multiples of k, unbiased, fixed for a question, and no proof of one person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massline.engine.privacy.random_rounding import fixed_draw, round_randomly


@given(st.integers(0, 500), st.integers(1, 20), st.floats(0, 1, exclude_max=True))
def test_a_count_becomes_a_multiple_beside_it(count: int, k: int, draw: float) -> None:
    rounded = round_randomly(count, k, draw)
    assert rounded % k == 0
    assert abs(rounded - count) < k
    assert count % k or rounded == count


def test_on_average_it_is_right() -> None:
    draws = [fixed_draw("secret", n) for n in range(4000)]
    assert sum(round_randomly(13, 5, draw) for draw in draws) / 4000 == pytest.approx(13, abs=0.15)


def test_a_draw_is_fixed_for_a_question_and_unknown_without_the_secret() -> None:
    assert fixed_draw("secret", "list", 1) == fixed_draw("secret", "list", 1)
    assert len({fixed_draw(secret, "list", n) for secret in ("a", "b") for n in range(3)}) == 6


def test_one_person_more_or_less_most_often_shows_nothing() -> None:
    changed = sum(
        round_randomly(12, 5, fixed_draw("s", n, "with")) != round_randomly(11, 5, fixed_draw("s", n, "with"))
        for n in range(2000)
    )
    assert changed / 2000 == pytest.approx(0.2, abs=0.05)


def test_nonsense_is_refused() -> None:
    for count, k, draw in ((-1, 5, 0.5), (3, 0, 0.5), (3, 5, 1.0)):
        with pytest.raises(ValueError, match="cannot round"):
            round_randomly(count, k, draw)
