"""Prediction, common ground, hands that push, routing, and Polis's own rules."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import silhouette_score

from bench.opinion_prediction import compare_methods
from massline.engine import opinion
from massline.engine.opinion import corrected_share, draw_statement, polis_statistics, statement_chances
from massline.engine.opinion.bridging import common_ground
from massline.engine.opinion.holdout import score_prediction
from massline.engine.opinion.influence import measure_influence
from massline.engine.opinion.polis_rules import (
    full_silhouette,
    polis_consensus,
    polis_priorities,
    polis_representative,
)
from massline.engine.opinion.projection import project_people
from massline.engine.opinion.vote_patterns import find_vote_patterns
from massline.engine.opinion.vote_prediction import fit_predictor
from massline.engine.result_documents import to_json
from massline.engine.votes import VoteTable
from tests.engine.opinion.conversations import Row, real_names, real_table, two_camps

CASES = Path(__file__).parents[1] / "cases"


@pytest.mark.parametrize("name", real_names())
def test_hidden_votes_are_predicted_better_than_by_any_baseline(name: str) -> None:
    loss = compare_methods(real_table(name), seed=1)
    ours = loss.pop("massline")
    assert ours < min(loss.values())


def test_chances_are_chances_and_the_fit_repeats_itself() -> None:
    table = VoteTable.from_rows(two_camps(50, 12, seed=1))
    who, which = np.divmod(np.arange(50 * 12), 12)
    one, other = fit_predictor(table).chances(who, which), fit_predictor(table).chances(who, which)
    assert np.array_equal(one, other)
    assert one.sum(axis=1) == pytest.approx(1)
    assert (one > 0).all()


def test_chances_are_calibrated() -> None:
    """Of the votes given a chance near p, about p come true."""
    rows = two_camps(300, 40, seed=8)
    hidden, kept = rows[::10], [row for i, row in enumerate(rows) if i % 10]
    predictor = fit_predictor(VoteTable.from_rows(kept, statements=range(40)))
    who, which = np.array([int(r[0]) for r in hidden]), np.array([int(r[1]) for r in hidden])
    agree = predictor.chances(who, which)[:, 2]
    truth = np.array([r[2] == 1 for r in hidden])
    for low in (0.0, 0.25, 0.5, 0.75):
        band = (agree >= low) & (agree < low + 0.25)
        assert abs(agree[band].mean() - truth[band].mean()) < 0.08


def test_nothing_to_hide_is_no_number() -> None:
    assert score_prediction(VoteTable.from_rows([("amal", 1, 1)]), np.random.default_rng(0)) is None


def test_common_ground_is_what_both_camps_share() -> None:
    rng = np.random.default_rng(2)
    rows: list[Row] = []
    for i in range(200):
        for s in range(20):
            if rng.random() < 0.6:
                likes = 0.9 if s < 4 else (0.85 if (i < 150) == (s % 2 == 0) else 0.15)
                rows.append((i, s, 1 if rng.random() < likes else -1))
    ground = common_ground(fit_predictor(VoteTable.from_rows(rows)))
    assert set(np.argsort(-ground.share)[:4].tolist()) == {0, 1, 2, 3}
    assert (ground.low <= ground.share).all()
    assert (ground.share <= ground.high).all()


def test_hands_that_push_are_found_and_their_weight_is_told() -> None:
    honest = two_camps(120, 30, seed=6)
    copies: list[Row] = [(f"copy-{c}", s, v) for c in range(8) for p, s, v in honest if p == 3]
    lines: list[Row] = [(f"line-{c}", s, -1) for c in range(6) for s in range(25)]
    clean = find_vote_patterns(VoteTable.from_rows(honest))
    assert len(clean.flagged) == 0
    assert clean.largest_change == 0
    table = VoteTable.from_rows(honest + copies + lines)
    found = find_vote_patterns(table)
    named = {str(table.participants[i]) for i in found.flagged}
    assert sum(name.startswith("line-") for name in named) == 6
    assert sum(name.startswith("copy-") or name == "3" for name in named) == 8
    assert found.largest_change > 0.03


def test_a_ballot_everybody_casts_is_no_pattern() -> None:
    rows: list[Row] = [(i, s, 1) for i in range(50) for s in range(20)]
    found = find_vote_patterns(VoteTable.from_rows(rows))
    assert len(found.flagged) == 0


def test_influence_is_the_worst_case() -> None:
    rows = two_camps(100, 12, seed=3)
    table = VoteTable.from_rows(rows)
    counts = table.counts
    chart = project_people(table, count=2)
    found = measure_influence(table, (counts[:, 2][None], counts.sum(axis=1)[None]), chart.places)
    assert (found.eigenvalues[0] < chart.axes.eigenvalues).all()
    assert (found.eigenvalues[1] < found.eigenvalues[0]).all()
    rng = np.random.default_rng(1)
    for _ in range(20):
        rest = table.subset(np.sort(rng.choice(100, 95, replace=False))).counts
        left = (rest[:, 2] + 0.5) / (rest.sum(axis=1) + 1)
        assert (found.agree[1] <= left + 1e-12).all()


def test_a_crowd_within_ten_minutes_is_a_burst_and_a_steady_stream_is_not() -> None:
    rng = np.random.default_rng(4)
    steady = np.sort(rng.uniform(0, 86_400 * 3, 600))
    assert opinion.find_arrival_bursts(steady) == ()
    pushed = np.concatenate([steady, rng.uniform(100_000, 100_300, 40)])
    found = opinion.find_arrival_bursts(pushed)
    assert 1 <= len(found) <= 2
    assert found[0].start <= 100_300
    assert found[0].people > found[0].expected * 5
    assert opinion.find_arrival_bursts(np.zeros(0)) == ()
    with pytest.raises(ValueError, match="finite"):
        opinion.find_arrival_bursts(np.array([np.nan]))


def test_routing_offers_only_the_unseen_with_chances_that_add_up() -> None:
    table = VoteTable.from_rows(two_camps(80, 20, seed=2))
    predictor = fit_predictor(table)
    seen = table.counts.sum(axis=1)
    chance = statement_chances(predictor, {3: 1, 4: -1}, seen)
    assert chance[3] == chance[4] == 0
    assert chance.sum() == pytest.approx(1)
    assert (np.delete(chance, [3, 4]) > 0.2 / 20).all()
    picked = draw_statement(chance, np.random.default_rng(1))
    assert picked is not None
    assert picked == draw_statement(chance, np.random.default_rng(1))
    assert picked.chance == pytest.approx(chance[picked.statement])
    assert (
        draw_statement(
            statement_chances(predictor, dict.fromkeys(range(20), 1), seen), np.random.default_rng(1)
        )
        is None
    )


def test_routing_favours_statements_few_have_seen_and_those_that_tell_more() -> None:
    rows: list[Row] = [(i, s, 1 if (i % 2) == (s % 2) else -1) for i in range(60) for s in range(8)]
    rows += [(i, 8, 1) for i in range(60)] + [(i, 9, 1 if i % 2 else -1) for i in range(4)]
    table = VoteTable.from_rows(rows)
    chance = statement_chances(fit_predictor(table), {}, table.counts.sum(axis=1))
    assert chance[9] == chance.max()
    assert chance[8] == chance.min()


def test_inverse_chances_undo_the_bend_of_routing() -> None:
    """Supporters are shown the statement three times as often; the corrected share still finds the truth."""
    rng = np.random.default_rng(9)
    supports = rng.random(20_000) < 0.4
    chance = np.where(supports, 0.6, 0.2)
    shown = rng.random(20_000) < chance
    assert supports[shown].mean() > 0.6
    found = corrected_share(supports[shown], chance[shown])
    assert found.low < 0.4 < found.high
    assert found.worth < shown.sum()
    assert corrected_share(np.zeros(0, bool), np.zeros(0)).high == 1
    with pytest.raises(ValueError, match="above 0"):
        corrected_share(np.array([True]), np.array([0.0]))


@pytest.mark.parametrize(
    "case", json.loads((CASES / "opinion_polis.json").read_text()), ids=lambda case: case["desc"][:40]
)
def test_polis_statistics_worked_by_hand(case: dict[str, Any]) -> None:
    table = VoteTable.from_rows([tuple(row) for row in case["votes"]])
    found = polis_statistics(table, np.array(case["groups"], np.int32), 2)
    for name in ("agree_share", "disagree_share", "agree_test", "agree_ratio", "agree_ratio_test"):
        assert getattr(found, name)[0, 0] == pytest.approx(case[name]), name
    assert found.group_consensus[0] == pytest.approx(case["group_consensus"])


def test_compatible_groups_are_always_groups() -> None:
    table = real_table("vtaiwan.uberx")
    found = opinion.estimate(table, seed=1, compatible=True)
    assert isinstance(found.outcome, opinion.Groups)
    assert found.outcome.separation is None
    points, labels = found.places[found.placed], found.outcome.partition.labels
    groups = len(found.outcome.partition.centers)
    assert full_silhouette(points, labels, groups) == pytest.approx(silhouette_score(points, labels))
    statistics = polis_statistics(table, found.labels, groups)
    for group in range(groups):
        assert 1 <= len(polis_representative(statistics, group)) <= 5
    agree, disagree = polis_consensus(table)
    assert not set(agree) & set(disagree)
    assert (polis_priorities(table, opinion.sketch_map(table, seed=1).chart) > 0).all()


def test_compatible_with_one_kind_of_people_is_a_spectrum() -> None:
    rows: list[Row] = [(i, s, 1) for i in range(12) for s in range(8)]
    found = opinion.estimate(VoteTable.from_rows(rows), seed=1, compatible=True)
    assert isinstance(found.outcome, opinion.Spectrum)


ids = st.one_of(st.integers(), st.text(st.characters(codec="utf-8"), max_size=4))


@given(st.lists(st.tuples(ids, ids, st.sampled_from([-1, 0, 1])), max_size=40), st.booleans())
def test_any_votes_make_a_document(rows: list[Row], compatible: bool) -> None:
    found = opinion.estimate(VoteTable.from_rows(rows), seed=1, compatible=compatible)
    assert json.dumps(to_json(opinion.document(found, participants=True)), allow_nan=False)
