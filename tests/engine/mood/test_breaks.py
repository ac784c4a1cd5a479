"""Breaks in the mood: seen when there is enough to see, held back when nothing broke, honest when blind."""

from datetime import date, timedelta

import numpy as np
import pytest

from massline.engine.mood import Mood, MoodReadings, document, estimate
from massline.engine.mood.array_types import Floats
from massline.engine.mood.breaks import calibrate_alarms, run_detector, smallest_detectable_step
from massline.engine.mood.changepoint import Traces, detect_changes, first_alarms
from massline.engine.mood.laplace import fit_mode
from massline.engine.mood.null_simulation import draw_quiet_world
from massline.engine.mood.partial_residuals import partial_residual_series
from tests.engine.mood.worlds import world

START = date(2026, 1, 5)


def one(value: list[float], noise: float = 0.1) -> Traces:
    """Readings every third day."""
    size = len(value)
    time: Floats = np.linspace(0.0, 3.0 * (size - 1), size)
    series: list[tuple[Floats, Floats, Floats]] = [(time, np.array(value), np.full(size, noise))]
    return Traces.collect(series, np.array([0.2]), 1.0, np.array([1e-4]))


def test_a_step_is_noticed_dated_and_sized() -> None:
    course = detect_changes(one([0.0] * 20 + [2.0] * 4), hazard=1 / 365, recent=28)
    assert course.odds[0, 19] < 0 < course.odds[0, 22]
    assert course.since[0, 23] == 60
    assert course.change[0, 23] == pytest.approx(2.0, abs=0.2)


def test_what_comes_later_changes_no_alarm() -> None:
    calm, broken = (
        detect_changes(one([0.1] * 10 + tail), hazard=1 / 365, recent=28) for tail in ([0.1] * 5, [3.0] * 5)
    )
    assert calm.odds[0, :10].tolist() == broken.odds[0, :10].tolist()


def test_every_series_is_followed_on_its_own() -> None:
    alone = detect_changes(one([0.0] * 12 + [2.0] * 3), hazard=1 / 365, recent=28)
    time: Floats = np.linspace(0.0, 42.0, 15)
    series: list[tuple[Floats, Floats, Floats]] = [
        (time, np.array([0.0] * 12 + [2.0] * 3), np.full(15, 0.1)),
        (time[:4], np.ones(4), np.full(4, 0.5)),
        (time[:0], np.zeros(0), np.zeros(0)),
    ]
    three = detect_changes(
        Traces.collect(series, np.full(3, 0.2), 1.0, np.full(3, 1e-4)), hazard=1 / 365, recent=28
    )
    assert three.odds[0] == pytest.approx(alone.odds[0])
    assert np.all(np.isneginf(three.odds[1, 4:]))
    assert np.all(np.isneginf(three.odds[2]))


def test_alarms_close_together_are_one() -> None:
    odds = np.array([[1.0, 1, -1, 1, 1]])
    time = np.array([[0.0, 10, 20, 30, 90]])
    assert first_alarms(odds, time, 0.0, 28) == [(0, 0), (0, 4)]
    assert first_alarms(odds, time, 2.0, 28) == []


def test_worlds_without_breaks_spread_like_the_model_they_come_from() -> None:
    problem = world(1, sections=30, times=12).problem
    found = fit_mode(problem, problem.field.start(), np.zeros(0))
    rng = np.random.default_rng(0)
    shares = [draw_quiet_world(found, rng).counts[:, 1].mean() / 6 for _ in range(40)]
    assert np.mean(shares) == pytest.approx(problem.counts[:, 1].mean() / 6, abs=0.08)
    drawn = draw_quiet_world(found, rng)
    assert drawn.counts.sum(axis=1).tolist() == problem.counts.sum(axis=1).tolist()


def test_false_alarms_are_what_was_asked_for() -> None:
    problem = world(2, sections=12, times=30).problem
    found = fit_mode(problem, problem.field.start(), np.zeros(0))
    alarms = calibrate_alarms(found, 210.0, np.random.default_rng(0), target=0.5)
    assert [alarm.kind for alarm in alarms] == ["section", "group 0", "group 1", "all"]
    section = alarms[0]
    error = np.sqrt(section.target / section.unit_years)
    assert section.unit_years > 60
    assert abs(section.achieved - section.target) < 5 * error
    assert section.expected(365) == pytest.approx(12 * section.achieved)
    strict = calibrate_alarms(found, 210.0, np.random.default_rng(0), target=0.05)
    assert strict[0].threshold > section.threshold


def test_the_smallest_visible_change_is_seen_and_a_smaller_one_is_not() -> None:
    problem = world(3, sections=6, times=40, people=20).problem
    found = fit_mode(problem, problem.field.start(), np.zeros(0))
    alarm = calibrate_alarms(found, 120.0, np.random.default_rng(0), target=0.5)[0]
    needed = smallest_detectable_step(found, 120.0, alarm)
    assert np.all(needed <= 1.25)
    traces = partial_residual_series(found, "section", 120.0)
    late = np.isfinite(traces.time) & (traces.time > 92)
    for share, seen in ((1.001, True), (0.8, False)):
        step = np.where(late, needed[:, None] * share, 0.0)
        same = Traces(traces.time, step, traces.noise, traces.usual, traces.fresh, traces.wander)
        odds = np.where(late, run_detector(same).odds, -np.inf).max(axis=1)
        assert np.all((odds >= alarm.threshold) == seen)


def rows_with_a_turn(people: int, turn: dict[str, float]) -> list[tuple[date, str, int, int]]:
    """Eight blocks asked every four days for 30 weeks; some turn for good 20 days before the end."""
    rng = np.random.default_rng(8)
    rows = []
    for day in range(0, 210, 4):
        for block in "ABCDEFGH":
            share = 0.3 if day < 190 else turn.get(block, 0.3)
            up = int(rng.binomial(people, share))
            rows += [
                (START + timedelta(days=day), block, 1, up),
                (START + timedelta(days=day), block, 0, people - up),
            ]
    return rows


def mood_of(rows: list[tuple[date, str, int, int]]) -> Mood:
    mood = estimate(MoodReadings.from_rows(rows), seed=3)
    assert isinstance(mood, Mood)
    return mood


def test_one_block_turns_and_the_others_do_not() -> None:
    mood = mood_of(rows_with_a_turn(12, {"C": 0.85}))
    turned = [
        one for one in mood.breaks if one.kind == "section" and one.noticed > START + timedelta(days=185)
    ]
    assert [one.name for one in turned] == ["C"]
    assert abs((turned[0].since - (START + timedelta(days=190))).days) <= 8
    assert turned[0].change > 0.25
    section = document(mood).sections[2]
    assert section.breaks[0].noticed == turned[0].noticed
    assert section.could_not_have_seen is False


def test_when_all_turn_together_it_is_noticed_together() -> None:
    mood = mood_of(rows_with_a_turn(6, dict.fromkeys("ABCDEFGH", 0.65)))
    together = [one for one in mood.breaks if one.kind == "all" and one.noticed > START + timedelta(days=185)]
    assert len(together) == 1
    assert together[0].change > 0.15


def test_with_too_few_contacts_it_says_it_could_not_have_seen() -> None:
    rows = [row for row in rows_with_a_turn(2, {}) if row[1] != "H" or row[0] < START + timedelta(days=150)]
    mood = mood_of(rows)
    assert np.isnan(mood.smallest_visible[7])
    assert document(mood).sections[7].could_not_have_seen is True


def test_an_update_keeps_the_alarms_it_was_given() -> None:
    rows = rows_with_a_turn(12, {"C": 0.85})
    before = mood_of([row for row in rows if row[0] < START + timedelta(days=188)])
    after = estimate(MoodReadings.from_rows(rows), seed=3, previous=before.hyper)
    assert isinstance(after, Mood)
    assert after.hyper.alarms == before.hyper.alarms
    assert "C" in [one.name for one in after.breaks]


def test_breaks_can_be_left_alone() -> None:
    mood = estimate(MoodReadings.from_rows(rows_with_a_turn(2, {})), seed=3, breaks=False)
    assert isinstance(mood, Mood)
    assert mood.breaks == ()
    assert document(mood).sections[0].could_not_have_seen is None
