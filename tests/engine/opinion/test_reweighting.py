"""Statements drawn unevenly count as if they had been drawn evenly, whatever bent the draws."""

from itertools import permutations

import numpy as np
import pytest
from numpy.typing import NDArray

from massline.engine.opinion import corrected_share, draw_statement, even_weights, statement_chances
from massline.engine.opinion.vote_prediction import fit_predictor
from massline.engine.votes import VoteTable

Floats = NDArray[np.float64]


@pytest.mark.parametrize("draws", [1, 2, 3, 4])
def test_over_all_ways_a_session_can_go_every_statement_counts_as_if_drawn_evenly(draws: int) -> None:
    """Each statement's weights, summed over every path by its chance, are the n of M that even draws give."""
    pull = np.array([8.0, 1.0, 3.0, 0.5])
    expected, waiting = np.zeros(4), np.linspace(4.0, 5.0 - draws, draws)
    for path in permutations(range(4), draws):
        chance: Floats = np.array(path_chance(path, pull), np.float64)
        expected[list(path)] += chance.prod() * even_weights(np.zeros(draws, int), chance, waiting)
    assert expected == pytest.approx(np.full(4, draws / 4), abs=1e-12)


def path_chance(path: tuple[int, ...], pull: Floats) -> list[float]:
    """Draw without putting back, in proportion to pulls that change with what was drawn before."""
    found: list[float] = []
    left = list(range(len(pull)))
    for j in path:
        bent = pull[left] ** (1 + len(found) / 2)
        found.append(float(bent[left.index(j)] / bent.sum()))
        left.remove(j)
    return found


def test_even_draws_and_answers_that_were_not_drawn_count_one() -> None:
    who = np.array([0, 0, 0, 1, 1])
    waiting = np.array([3.0, 2.0, 1.0, 5.0, 1.0])
    assert even_weights(who, 1 / waiting, waiting) == pytest.approx(np.ones(5))
    unknown = np.full(5, np.nan)
    assert even_weights(who, unknown, unknown) == pytest.approx(np.ones(5))


def test_corrected_shares_are_right_where_routing_shows_a_statement_to_those_who_agree() -> None:
    """Two camps; a model fitted to them routes. Plain shares lean, corrected ones come back to even draws."""
    rng = np.random.default_rng(4)
    statements, people = 16, 3_000
    camp = rng.random(people) < 0.3
    agrees = np.where(camp[:, None], np.linspace(0.95, 0.1, statements), np.linspace(0.1, 0.95, statements))
    trained = [
        (i, j, 1 if rng.random() < agrees[i, j] else -1)
        for i in range(400)
        for j in range(statements)
        if rng.random() < 0.5
    ]
    model, seen = fit_predictor(VoteTable.from_rows(trained)), np.arange(statements) ** 2 * 4 + 1
    rows = []
    for i in range(people):
        votes: dict[int, int] = {}
        for waiting in range(statements, statements - 5, -1):
            # Bent on purpose: what somebody likes is drawn more.
            chance = statement_chances(model, votes, seen) * (0.25 + 3 * agrees[i])
            drawn = draw_statement(chance, rng)
            assert drawn is not None
            votes[drawn.statement] = 1 if rng.random() < agrees[i, drawn.statement] else -1
            rows.append((i, drawn.statement, votes[drawn.statement], drawn.chance, waiting))
    who, which, value, chances_kept, waited = (np.array(column) for column in zip(*rows, strict=True))
    weight = even_weights(who, chances_kept.astype(float), waited.astype(float))
    truth, plain, even, inside = agrees.mean(axis=0), [], [], 0
    for j in range(statements):
        here = which == j
        share = corrected_share(value[here] == 1, weight[here].min() / weight[here])
        plain.append(float((value[here] == 1).mean()) - truth[j])
        even.append(share.share - truth[j])
        inside += share.low <= truth[j] <= share.high
    assert np.mean(plain) > 0.05
    assert abs(np.mean(even)) < 0.015
    assert max(map(abs, even)) < 0.09
    assert inside >= statements - 3


def test_statements_newer_than_the_model_go_by_the_floor_and_none_is_left_without_it() -> None:
    rng = np.random.default_rng(2)
    rows = [(i, j, 1 if (i + j) % 2 else -1) for i in range(60) for j in range(8) if rng.random() < 0.7]
    model = fit_predictor(VoteTable.from_rows(rows))
    seen = np.array([40] * 8 + [0, 0])
    chance = statement_chances(model, {0: 1, 1: -1}, seen)
    floor = 1 / np.sqrt(seen + 1.0)
    floor[:2] = 0
    assert chance.sum() == pytest.approx(1.0)
    assert (chance[2:] >= 0.5 * floor[2:] / floor.sum() - 1e-12).all()
    assert chance[8] == pytest.approx(0.5 * floor[8] / floor.sum())
    without = statement_chances(None, {}, seen)
    assert without[8] > without[0] > 0
