"""Members say which of two demands goes further; the scale must be the one their answers imply."""

import math
import random

import numpy as np
import pytest
from scipy.optimize import minimize

from massline.engine.line import Comparison, fit_bradley_terry


def answers(strengths: dict[str, float], count: int, *, seed: int) -> list[Comparison]:
    draw, names = random.Random(seed), sorted(strengths)
    out = []
    for _ in range(count):
        a, b = draw.sample(names, 2)
        a_wins = draw.random() < 1 / (1 + math.exp(strengths[b] - strengths[a]))
        out.append(Comparison(a, b) if a_wins else Comparison(b, a))
    return out


def test_two_demands_follow_the_odds_of_their_comparisons() -> None:
    fit = fit_bradley_terry([Comparison("b", "a")] * 900 + [Comparison("a", "b")] * 300, prior_sd=1e4)
    assert fit.place[1] - fit.place[0] == pytest.approx(math.log(3), abs=1e-6)


def test_the_fit_is_the_top_that_a_general_optimiser_finds() -> None:
    told = answers({"a": -1.0, "b": 0.2, "c": 0.9, "d": 0.0}, 60, seed=2)
    fit = fit_bradley_terry(told)
    at = {name: i for i, name in enumerate(fit.items)}

    def loss(place: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
        odds = [place[at[str(c.less)]] - place[at[str(c.further)]] for c in told]
        return float(np.logaddexp(0, odds).sum() + (place**2).sum() / (2 * 1.5**2))

    best = minimize(loss, np.zeros(4), tol=1e-12).x
    assert fit.place == pytest.approx(best, abs=1e-5)


def test_the_strengths_are_those_of_hunters_mm_algorithm_where_the_prior_fades() -> None:
    told = answers({"a": -1.0, "b": 0.2, "c": 0.9}, 400, seed=8)
    fit = fit_bradley_terry(told, prior_sd=1e4)
    wins = np.zeros((3, 3))
    for c in told:
        wins["abc".index(str(c.further)), "abc".index(str(c.less))] += 1
    skill = np.ones(3)
    for _ in range(5000):
        pairs = (wins + wins.T) / (skill[:, None] + skill[None, :])
        np.fill_diagonal(pairs, 0)
        skill = wins.sum(axis=1) / pairs.sum(axis=1)
        skill /= skill.sum()
    assert np.diff(fit.place) == pytest.approx(np.diff(np.log(skill)), abs=1e-5)


def test_a_demand_that_won_everything_stays_on_the_scale() -> None:
    fit = fit_bradley_terry([Comparison("strike", "letter")] * 5)
    measures = fit.measures()
    assert 0 < measures["letter"].low < measures["letter"].value < measures["letter"].high < 1
    assert measures["strike"].value > 0.8


def test_a_demand_nobody_compared_has_no_advance() -> None:
    fit = fit_bradley_terry([Comparison(1, 2)], items=[3])
    assert set(fit.measures()) == {1, 2}
    assert fit_bradley_terry([]).measures() == {}


def test_the_order_of_answers_does_not_matter() -> None:
    told = answers({"a": -1.0, "b": 0.2, "c": 0.9}, 30, seed=3)
    assert fit_bradley_terry(told).measures() == fit_bradley_terry(told[::-1]).measures()


def test_a_demand_is_not_compared_with_itself() -> None:
    with pytest.raises(ValueError, match="compared with itself"):
        fit_bradley_terry([Comparison("a", "a")])


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    draw = np.random.default_rng(5)
    inside = total = 0
    for trial in range(120):
        truth = draw.normal(0, 1.5, 6)
        names = {f"d{i}": float(t) for i, t in enumerate(truth)}
        measures = fit_bradley_terry(answers(names, 60, seed=trial), items=sorted(names)).measures()
        chance = 1 / (1 + np.exp(truth[None, :] - truth[:, None]))
        np.fill_diagonal(chance, 0)
        for i, value in enumerate(chance.sum(axis=1) / 5):
            if (m := measures.get(f"d{i}")) is not None:
                inside, total = inside + (m.low <= value <= m.high), total + 1
    assert 0.92 <= inside / total <= 0.98
