"""People who answer alike are told of as a set, and what a page says carries the number who would overturn it."""

from importlib import import_module
from typing import Any

import numpy as np
import pytest

from massline.engine import opinion
from massline.engine.jeffreys_intervals import jeffreys_bound
from massline.engine.opinion.alike_answer_search import find_plainly_alike
from massline.engine.opinion.alike_answer_test import (
    Concordance,
    count_at_border,
    log_chances_by_set,
    slip_rate,
)
from massline.engine.opinion.arrival_evidence import chances_by_door, compare_arrival
from massline.engine.opinion.finding_radius import measure_finding_radii
from massline.engine.opinion.planted_votes import PlantedBallots, plant_participants
from massline.engine.result_documents import canonical_bytes, to_json
from massline.engine.votes import VoteTable
from tests.engine.opinion.conversations import one_cloud, real_table, two_camps


@pytest.fixture(scope="module")
def with_script() -> tuple[VoteTable, int]:
    table = real_table("brexit-consensus")
    return plant_participants(table, 14, PlantedBallots("random", 30), np.random.default_rng(5)), table.shape[
        0
    ]


def test_a_script_is_told_of_and_mostly_its_people_are_in_the_set(with_script: tuple[VoteTable, int]) -> None:
    table, real = with_script
    (best,) = find_plainly_alike(table, seed=1)
    assert (best.people >= real).sum() >= 11
    assert (best.people < real).sum() <= 4


def test_nobody_is_told_of_where_nobody_was_planted() -> None:
    assert find_plainly_alike(real_table("brexit-consensus"), seed=1) == []


def test_camps_who_share_a_view_are_no_script() -> None:
    table = VoteTable.from_rows(two_camps(160, 40, seed=2))
    assert find_plainly_alike(table, seed=1) == []


def test_few_statements_make_many_ballots_nearly_equal_and_nobody_is_told_of_for_it() -> None:
    rng = np.random.default_rng(2)
    kinds = rng.choice([0.95, 0.06], (3, 10))[rng.choice(3, 140, p=[0.45, 0.3, 0.25])]
    value = np.where(rng.random((140, 10)) < kinds, 1, -1)
    who, which = np.nonzero(rng.random((140, 10)) < 0.8)
    table = VoteTable.from_arrays(who, which, value[who, which])
    assert find_plainly_alike(table, seed=1) == []


def test_the_document_tells_of_sets_and_never_of_people(
    with_script: tuple[VoteTable, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    table, real = with_script
    known = opinion.DecisionRadius(31, "against", 1, 60, 50)
    monkeypatch.setattr(
        import_module("massline.engine.opinion.robustness"), "measure_decision_radius", lambda *_, **__: known
    )
    arrived = np.concatenate([np.arange(real), np.full(14, real // 2)])
    door = np.concatenate([np.arange(real) % 2, np.zeros(14, int)])
    found = opinion.measure_robustness(
        opinion.estimate(table, seed=1), arrived=arrived, doors=("open", "card"), door=door
    )
    result = to_json(found)["result"]
    assert set(result) == {"alike", "verdict"}
    (alike,) = result["alike"]
    assert set(alike) == {
        "people", "chance", "groups", "only_with", "only_without", "largest_move", "half_came_within", "mostly_by",
    }  # fmt: skip
    assert 10 <= alike["people"] <= 20
    assert alike["chance"]["by_set"] > alike["chance"]["by_rest"]
    assert alike["mostly_by"] == ["open"]
    assert result["verdict"] == {"people": 31, "groups": 1, "tried_up_to": 60, "attacks": 50}
    ids = {str(who) for who in table.participants.tolist()}
    assert not ids & {text for text in strings(to_json(found)) if not text.isdigit()}
    assert len(canonical_bytes(found)) < 1500


def strings(found: Any) -> set[str]:
    if isinstance(found, dict):
        return set(found) | {text for part in found.values() for text in strings(part)}
    if isinstance(found, list):
        return {text for part in found for text in strings(part)}
    return {found} if isinstance(found, str) else set()


def test_a_vote_is_foretold_by_the_others_of_a_set_and_never_by_itself() -> None:
    counts = np.array([[10, 0, 10]])
    alone = log_chances_by_set(counts, np.zeros(1, np.int32), np.ones(1, np.int8), np.ones(1, bool))
    assert not alone[1].any()
    three = np.zeros(3, np.int32), np.array([1, 1, -1], np.int8), np.ones(3, bool)
    log_chance, enough = log_chances_by_set(counts, *three)
    assert enough.all()
    assert log_chance[0] == log_chance[1] > log_chance[2]


@pytest.mark.parametrize(
    ("gain", "people", "at_border", "apart"),
    [
        (0.40, 30, 0, True),
        (0.31, 30, 0, True),
        (0.31, 30, 15, False),
        (0.40, 30, 90, True),
        (0.36, 30, 90, False),
        (0.29, 30, 0, False),
    ],
)
def test_the_more_people_stand_at_the_border_of_a_set_the_more_alike_it_must_be(
    gain: float, people: int, at_border: int, apart: bool
) -> None:
    # Two standard errors of 30 people are 2.087 of .02, which leaves .042 less: bars of .25, .30 and .35.
    found = Concordance(np.arange(people), 300, gain, 0.02, 0.5, 0.5 + gain, 9.0)
    assert found.bound == pytest.approx(gain - 0.0417, abs=2e-4)
    assert found.stands_apart(at_border) is apart


def test_an_error_that_rests_on_few_people_is_wider() -> None:
    five, many = (Concordance(np.arange(n), 300, 0.4, 0.05, 0.5, 0.9, 9.0).bound for n in (5, 5000))
    assert five == pytest.approx(0.4 - 2.869 * 0.05, abs=1e-3)
    assert many == pytest.approx(0.3, abs=1e-3)
    assert Concordance(np.arange(1), 300, 0.4, 0.05, 0.5, 0.9, 9.0).bound == -np.inf


def test_a_script_ends_with_those_who_follow_it_and_a_view_shades_off(
    with_script: tuple[VoteTable, int],
) -> None:
    table, real = with_script
    rng = np.random.default_rng(3)
    assert count_at_border(table, np.arange(real, table.shape[0]), rng) <= 7
    cloud = VoteTable.from_rows(one_cloud(200, 30, seed=4))
    side = np.argsort(opinion.estimate(cloud, seed=4).places[:, 0])[-20:]
    assert count_at_border(cloud, np.sort(side), rng) > 20


def test_slips_are_what_a_set_answers_beside_its_line() -> None:
    assert slip_rate(np.array([[0.0, 0.0, 10.0], [1.0, 1.0, 8.0]])) == pytest.approx(1 - (18 - 1) / 20)
    assert slip_rate(np.zeros((2, 3))) == 0.5


def test_arrivals_in_a_row_are_no_chance_and_arrivals_all_over_are() -> None:
    rng = np.random.default_rng(1)
    together = compare_arrival(np.arange(40, 60), np.arange(200), rng)
    assert together.together
    assert together.window == 10
    assert not compare_arrival(np.arange(0, 200, 10), np.arange(200), rng).together
    assert not compare_arrival(np.arange(20), np.zeros(200, int), rng).together


def test_a_door_most_of_a_set_came_by_is_no_chance() -> None:
    door = np.array([0] * 20 + [0, 1] * 50)
    found = chances_by_door(np.arange(20), door)
    assert found[0] < 0.005 < found[1]


def test_the_radius_beside_a_finding_overturns_it_and_one_fewer_does_not() -> None:
    table = VoteTable.from_rows(one_cloud(150, 30, seed=3))
    rated = opinion.estimate(table, seed=3).statements
    checked = 0
    for j, radii in enumerate(measure_finding_radii(rated).named()):
        agree, seen = int(rated.overall.agree[j]), int(rated.overall.seen[j])
        disagree = int(rated.overall.disagree[j])
        if (x := radii.get("unites")) is not None:
            bound = [float(jeffreys_bound(agree, seen + more, 0.025)) for more in (x - 1, x)]
            assert bound[0] >= 0.5 > bound[1]
            checked += 1
        if (x := radii.get("against")) is not None:
            holds = [
                disagree > 0.5 * (seen + more)
                and float(jeffreys_bound(agree + more, seen + more, 0.975)) < 0.5
                for more in (x - 1, x)
            ]
            assert holds == [True, False]
            checked += 1
    assert checked >= 5


def test_a_verdict_that_a_few_can_change_says_how_many() -> None:
    found = opinion.estimate(real_table("scoop-hivemind.freshwater"), seed=1)
    radius = opinion.measure_decision_radius(found, seed=1, trials=2)
    assert isinstance(radius, opinion.DecisionRadius)
    assert radius.people is not None
    assert 3 <= radius.people <= radius.tried_up_to
    assert radius.groups == 1


def test_too_few_people_have_no_radius_and_a_verdict_at_its_border_has_none_to_spare() -> None:
    few = opinion.estimate(VoteTable.from_rows([(p, s, 1) for p in range(8) for s in range(8)]), seed=1)
    assert isinstance(opinion.measure_decision_radius(few, seed=1), opinion.NotEnough)
    close = opinion.estimate(VoteTable.from_rows(one_cloud(60, 12, seed=1)), seed=1)
    separation = opinion.Separation({}, {}, {}, {}, 10, 8, 60, verdicts={1: 3, 2: 2})
    object.__setattr__(close, "outcome", opinion.Spectrum("too close to call", separation))
    radius = opinion.measure_decision_radius(close, seed=1)
    assert isinstance(radius, opinion.DecisionRadius)
    assert (radius.people, radius.attacks) == (0, 0)
