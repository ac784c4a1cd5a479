"""Leaps, odd readings, reports of groups and what was heard last, against cases worked by hand."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import approx_fprime

from massline.engine.mood import GroupReport, MoodReadings
from massline.engine.mood.cumulative_logit import initial_cut_gaps, step_chances
from massline.engine.mood.display_scale import Scale
from massline.engine.mood.evidence_gradient import evidence_gradient
from massline.engine.mood.group_reports import effective_answers
from massline.engine.mood.laplace import factorise, fit_mode, solve_factored
from massline.engine.mood.latent_field import FieldPlaces
from massline.engine.mood.leap_bayes_factors import (
    Leap,
    OddReading,
    leap_log_odds,
    log_bayes_factor,
    log_leap_factor,
)
from massline.engine.mood.leap_model_set import weigh_leap_models
from massline.engine.mood.leap_sizes import weigh_alternative_sizes
from massline.engine.mood.model_problem import ModelSpan, Problem, lay_out_problem
from massline.engine.mood.named_breaks import LIKELY, LIKELY_ALONE, chance_needed
from massline.engine.mood.newest_day_counts import newest_days
from massline.engine.mood.normal_mixture import NormalMixture
from massline.engine.mood.over_dispersion import discount_answers, intra_class_correlation
from massline.engine.mood.single_fit_prediction import PredictionPlaces
from massline.engine.mood.surprise_intervals import estimate_surprise_widening
from tests.engine.mood.worlds import world

CASES: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "mood.json").read_text()
)
DAY = date(2026, 11, 30)
SCALE = Scale("step", np.arange(1.0, 6.0), np.array([-2.0, -1.0, 1.0, 2.0]))


def cases(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", CASES[name], ids=lambda case: case["desc"])


def read(reports: list[list[Any]]) -> MoodReadings:
    told = [
        GroupReport(
            DAY - timedelta(days=ago), "North", {int(step): n for step, n in counts.items()}, is_counted=True
        )
        for ago, counts in reports
    ]
    return MoodReadings.from_reports(told, steps=range(1, 6))


@cases("worth")
def test_a_group_is_worth_fewer_than_came(case: dict[str, Any]) -> None:
    assert effective_answers(case["people"], case["alike"]) == pytest.approx(case["worth"])


@cases("newest")
def test_the_newest_day_is_plainly_counted(case: dict[str, Any]) -> None:
    now = np.array([3.0]), np.array([1.0]), np.array([5.0])
    newest = newest_days(read(case["reports"]), DAY, SCALE, 0, now)[0]
    if case["people"] is None:
        assert newest is None
        return
    assert newest is not None
    assert newest.people == case["people"]
    assert newest.counts == tuple(case["counts"])
    assert newest.mean == pytest.approx(case["mean"])


@cases("at_odds")
def test_it_is_at_odds_where_neither_interval_holds_the_other(case: dict[str, Any]) -> None:
    now = tuple(np.array([value]) for value in case["estimate"])
    newest = newest_days(read([[0, case["counts"]]]), DAY, SCALE, 0, (now[0], now[1], now[2]))[0]
    assert newest is not None
    assert newest.is_at_odds is case["at_odds"]


@cases("factor")
def test_bayes_factors_are_those_worked_by_hand(case: dict[str, Any]) -> None:
    pull, information = np.array(float(case["pull"])), np.array(float(case["information"]))
    assert log_bayes_factor(pull, information, case["variance"]) == pytest.approx(case["log_factor"])


def test_a_leap_of_nothing_is_no_leap_and_a_large_one_is() -> None:
    pull, information = np.array([0.1, 9.0]), np.array([50.0, 4.0])
    plain, leap = log_bayes_factor(pull, information, 4.0), log_leap_factor(pull, information, 4.0)
    assert leap[0] < plain[0] - 3
    assert leap[1] > plain[1]


def test_longer_gaps_make_a_leap_likelier_within_limits() -> None:
    odds = leap_log_odds(np.array([0.0, 3.5, 7.0, 28.0, 365.0]))
    assert odds[0] == odds[1] < odds[2] < odds[3] == odds[4]


def test_reports_stay_apart_and_answers_are_added_up() -> None:
    rows = [(DAY, "North", 5, 6), (DAY, "North", 5, 6), (DAY, "North", 2, 3)]
    apart = MoodReadings.from_rows(rows, steps=range(1, 6), alike=0.2)
    together = MoodReadings.from_rows(rows, steps=range(1, 6), add_up=True)
    assert len(apart.counts) == 3
    assert apart.people.sum() == together.people.sum() == 15
    assert apart.worth.tolist() == pytest.approx([3 / 1.4 / 3, 0.5, 0.5])
    assert together.counts.tolist() == [[0, 3, 0, 0, 12]]


def leapt_world() -> Problem:
    """Section 4 leaps by three logits before its last reading."""
    problem = world(6, people=20).problem
    row = int(np.flatnonzero(problem.at.section == 4)[-1])
    counts = problem.counts.copy()
    counts[row] = [0, 20] if counts[row, 0] > 10 else [20, 0]
    return replace(problem, counts=counts)


def test_the_gradient_holds_with_leaps_odd_readings_and_reports() -> None:
    problem = world(2, steps=4, sources=3).problem
    leap = Leap(4, float(problem.at.time[problem.at.section == 4][-1]), 4.0)
    many = replace(problem, reports=1.0 + np.arange(len(problem.counts), dtype=np.float64) % 3)
    turned = many.with_terms((leap,), (OddReading(2, 1.0),))
    gaps, theta = initial_cut_gaps(problem.counts, problem.item, problem.steps), problem.field.start()
    names = len(theta)

    def evidence(vector: np.ndarray) -> float:
        return fit_mode(turned, vector[:names], vector[names:], tolerance=1e-10).evidence

    numeric = approx_fprime(np.concatenate([theta, gaps]), evidence, 1e-6)
    analytic = np.concatenate(evidence_gradient(fit_mode(turned, theta, gaps, tolerance=1e-10)))
    assert analytic == pytest.approx(numeric, abs=2e-3)


def test_a_leap_is_found_where_it_is_and_widens_what_follows() -> None:
    problem = leapt_world()
    found = weigh_leap_models(problem, problem.field.start(), np.zeros(0))
    assert found.chance[4] > 0.5
    assert np.delete(found.chance, 4).max() < found.chance[4]
    weights = np.sum([weight for _fit, weight in found.others], axis=0)
    assert np.all((weights >= 0) & (weights <= 1))
    assert found.widening.factor[4] > 1.2
    plain = estimate_surprise_widening(
        fit_mode(world(6, people=20).problem, problem.field.start(), np.zeros(0))
    )
    assert np.median(plain.factor) == 1


def test_other_sizes_are_those_of_the_same_gaussian_model_with_that_variance() -> None:
    problem = leapt_world()
    last = float(problem.at.time[problem.at.section == 4][-1])
    leap = Leap(4, last, 4.0)
    best = fit_mode(problem.with_terms((leap,), ()), problem.field.start(), np.zeros(0), tolerance=1e-8)
    at = FieldPlaces(
        np.array([4, 4, 2]), np.array([1.0, last - 0.1, 1.0]), np.zeros(3, dtype=int), np.full(3, -1)
    )
    questions = PredictionPlaces.about(problem, at)
    mean, variance = questions.answer(best)
    refitted = []
    for other in (1.0, 16.0):
        same = best.problem.with_terms((leap._replace(variance=other),), ())
        factor = factorise(same, best.theta, best.precision, best.slope.information)
        pull, shared = solve_factored(same, factor, best.working)
        refitted.append(
            questions.answer(replace(best, problem=same, factor=factor, pull=pull, shared=shared))
        )
    sizes = weigh_alternative_sizes(best, np.ones(problem.sections))
    assert sizes is not None
    told = sorted(sizes.answers(questions, mean, variance), key=lambda parts: abs(parts[1][0]))
    for (_weight, moved, wider), (expected, spread) in zip(told, refitted, strict=True):
        assert moved[:2] == pytest.approx(expected[:2], abs=1e-8)
        assert wider[:2] == pytest.approx(spread[:2], abs=1e-8)
        assert moved[2] == mean[2]
    assert sum(weight[0] for weight, _moved, _wider in told) < 1


def test_a_turn_known_by_one_reading_must_be_surer_than_one_known_by_two() -> None:
    at = FieldPlaces(
        np.zeros(3, dtype=int), np.array([0.2, 0.6, 1.0]), np.zeros(3, dtype=int), np.array([0, 0, 1])
    )
    problem = replace(leapt_world(), at=at)
    assert chance_needed(problem, Leap(0, 0.6, 4.0)) == LIKELY == 0.75
    assert chance_needed(problem, Leap(0, 1.0, 4.0)) == LIKELY_ALONE == 0.95
    assert chance_needed(problem, Leap(0, 0.6, 4.0, source=0)) == LIKELY


def test_a_leap_that_is_possible_on_the_last_day_is_named_for_the_past_to_be_left_alone() -> None:
    problem = leapt_world()
    found = weigh_leap_models(problem, problem.field.start(), np.zeros(0))
    last = float(problem.at.time[problem.at.section == 4][-1])
    assert 4 in [leap.section for leap in found.leaps_since(last)]
    assert all(leap.time >= last for leap in found.leaps_since(last))
    leap, size = found.likeliest[4]
    assert leap.time == last
    assert abs(size) > 1


def test_biases_cancel_out_weighted_by_how_often_each_source_was_heard() -> None:
    """The fault: every source had the same weight, so a channel heard once moved everybody."""
    sources = ["door", "door", "door", "horn"]
    told = [GroupReport(DAY - timedelta(days=7 * ago), "North", {3: 8}, by) for ago, by in enumerate(sources)]
    readings = MoodReadings.from_reports(told, steps=range(1, 6))
    problem = lay_out_problem(readings, ModelSpan(readings.first_day, readings.last_day)).problem
    assert problem.field.mix.tolist() == [0.75, 0.25]
    precision = problem.field.precision(problem.field.start()).matrix
    sources_part = problem.field.slices["source"]
    covariance = np.linalg.inv(precision[sources_part, sources_part])
    assert problem.field.mix @ covariance @ problem.field.mix < 1e-3
    assert covariance[0, 0] < covariance[1, 1] / 4


def test_a_mixture_has_the_quantiles_of_its_parts() -> None:
    both = NormalMixture(
        weight=np.array([[1.0, 0.5], [0.0, 0.5]]),
        centre=np.array([[0.0, -3.0], [9.0, 3.0]]),
        spread=np.array([[1.0, 1.0], [1.0, 1.0]]),
    )
    assert both.mean.tolist() == [0, 0]
    assert both.variance == pytest.approx([1, 10])
    assert both.quantile(0.05) == pytest.approx([-1.6449, -3 - 1.2816], abs=1e-3)
    assert both.quantile(0.5)[1] == pytest.approx(0, abs=1e-6)


def test_the_shape_of_a_ladder_may_vary_more_than_chance() -> None:
    rng = np.random.default_rng(3)
    problem = world(5, steps=5, sections=20).problem
    cuts = np.array([-1.5, -0.5, 0.5, 1.5])
    share = step_chances(rng.normal(0, 0.3, len(problem.counts)), np.tile(cuts, (len(problem.counts), 1)))
    spread = 0.01
    total = (1 - spread) / spread
    varied = np.stack([rng.multinomial(1000, rng.dirichlet(total * p)) for p in share]).astype(float)
    plain = np.stack([rng.multinomial(1000, p / p.sum()) for p in share]).astype(float)
    gaps = np.zeros(3)
    found = [
        intra_class_correlation(fit_mode(replace(problem, counts=counts), problem.field.start(), gaps))
        for counts in (varied, plain)
    ]
    assert found[0] == pytest.approx(spread, rel=0.35)
    assert found[1] < 0.001
    assert discount_answers(replace(problem, counts=varied), spread).counts.sum(axis=1) == pytest.approx(
        1000 / (1 + 999 * spread)
    )
