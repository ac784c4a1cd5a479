"""The self-exciting model, the alarm and the delay curve against worlds whose truth is known."""

from datetime import date

import numpy as np
import pytest
import scipy
from scipy.optimize import approx_fprime

from massline.engine.pulse.alarm import CHANCE, smallest_detectable_rate
from massline.engine.pulse.counts import Floats, IssueCounts
from massline.engine.pulse.forecast import forecast_week
from massline.engine.pulse.negative_binomial import draw_counts, fit_size, log_likelihood, weekday_factors
from massline.engine.pulse.regimes import WAVE, filter_regimes
from massline.engine.pulse.reporting_delay import reported_share
from massline.engine.pulse.self_exciting import DaysToFit, FixedParameters, _Loss, fit_self_exciting
from massline.engine.pulse.simulated_paths import simulate_paths
from massline.engine.pulse.wave_duration import LONGEST, days_to_half, estimate_wave_duration
from tests.engine.pulse.worlds import complete, self_exciting


def test_the_likelihood_is_scipys() -> None:
    count, mean, size = np.array([0.0, 3, 40]), np.array([0.5, 2, 30]), 1.7
    assert log_likelihood(count, mean, size) == pytest.approx(
        scipy.stats.nbinom.logpmf(count, size, size / (size + mean))
    )


def test_size_is_found_again() -> None:
    rng = np.random.default_rng(0)
    mean = np.full(5000, 6.0)
    assert fit_size(draw_counts(rng, mean, 2.0), mean) == pytest.approx(2.0, rel=0.25)


def test_weekdays_are_told_apart_and_one_big_saturday_is_not() -> None:
    weekday = np.arange(182) % 7
    busy = np.where(weekday == 5, 6.0, 2.0)
    factor = weekday_factors(busy, weekday)
    assert factor.mean() == pytest.approx(1)
    assert factor[5] > 1.8
    one_off = np.full(182, 2.0)
    one_off[5] = 500
    assert weekday_factors(one_off, weekday)[5] < 1.3


@pytest.mark.parametrize("announced", [False, True])
def test_the_slope_is_that_of_the_loss(announced: bool) -> None:
    days = complete(self_exciting(1, 200))
    if announced:
        days.announced[20:200:15] = 3
    loss = _Loss(days, FixedParameters((2.0, 8.0)), np.ones(7))
    point = loss.start() + 0.05

    def value(vector: Floats) -> float:
        return loss(vector)[0]

    numeric = approx_fprime(point, value, 1e-6)
    assert loss(point)[1] == pytest.approx(numeric, abs=1e-2)


def test_the_branching_ratio_is_found_again() -> None:
    count = self_exciting(3, 2000, branching=0.6, memory=4.0)
    model = fit_self_exciting(complete(count), FixedParameters((4.0,), half_life=1e9, train=2000))
    assert model.branching == pytest.approx(0.6, abs=0.1)


def test_simulated_paths_have_the_models_mean() -> None:
    model = fit_self_exciting(complete(self_exciting(4, 400)), FixedParameters((4.0,)))
    quiet = np.zeros((20000, 0), dtype=np.int64)
    before, ahead = simulate_paths(model, quiet, np.random.default_rng(1))
    assert np.all(before == model.days.count[-7:])
    first = model.factor[model.days.weekday[400]] * (model.base + float(model.state @ model.strength))
    assert ahead[:, 0].mean() == pytest.approx(first, rel=0.05)


@pytest.mark.parametrize(
    "count", [np.zeros(300), np.eye(1, 300, 150)[0], np.append(np.ones(293), 10 * np.ones(7)), np.zeros(30)]
)
def test_quiet_single_and_tenfold_series_stay_finite(count: Floats) -> None:
    outlook = forecast_week(complete(count), np.random.default_rng(0))
    assert np.all(np.isfinite(outlook.ahead))
    assert outlook.ahead.mean() < 40 * max(count[-7:].sum(), 1)


def test_the_future_cannot_change_the_past() -> None:
    count = self_exciting(5, 400)
    other = np.append(count[:300], np.random.default_rng(1).permutation(count[300:]) + 5)
    here, there = (
        filter_regimes(c, np.arange(400) % 7, np.zeros(400), np.ones(400), days=400) for c in (count, other)
    )
    assert np.array_equal(here.wave[: 300 - here.first], there.wave[: 300 - there.first])


def test_the_alarm_rises_in_a_surge_and_says_what_it_could_not_have_seen() -> None:
    rng = np.random.default_rng(2)
    quiet = rng.poisson(1.0, 300).astype(float)
    weekday, nothing, full = np.zeros(300, dtype=np.int64), np.zeros(300), np.ones(300)
    calm = filter_regimes(quiet, weekday, nothing, full)
    assert calm.wave.max() < CHANCE
    needed = smallest_detectable_rate(calm, CHANCE)
    assert needed is not None
    assert 2 < needed < 7
    enough, too_few = quiet.copy(), quiet.copy()
    enough[293:], too_few[293:] = np.ceil(needed + 1), 1
    assert filter_regimes(enough, weekday, nothing, full).wave[-7:].max() >= CHANCE
    assert filter_regimes(too_few, weekday, nothing, full).wave[-7:].max() < CHANCE


def test_announced_events_alarm_nobody() -> None:
    count = np.random.default_rng(3).poisson(1.0, 300).astype(float)
    called = np.zeros(300)
    called[295:] = 8
    count[295:] += 8
    weekday, full = np.arange(300) % 7, np.ones(300)
    assert filter_regimes(count, weekday, np.zeros(300), full).wave[-1] > CHANCE
    assert filter_regimes(count, weekday, called, full).wave[-1] < 0.1


def test_a_day_of_action_leaves_nothing_behind_and_a_wave_does() -> None:
    count = np.append(np.random.default_rng(8).poisson(1.0, 300), [0.0] * 3).astype(float)
    single, wave = count.copy(), count.copy()
    single[300:] = (25, 1, 0)
    wave[300:] = (9, 8, 9)
    after_single, after_wave = (forecast_week(complete(c), np.random.default_rng(1)) for c in (single, wave))
    assert after_single.regimes.wave[-1] < 0.3
    assert after_wave.regimes.wave[-1] > 0.9
    assert after_single.growing < 0.15
    assert after_wave.ahead.mean() > 2 * after_single.ahead.mean()


def test_histories_follow_the_filtered_chances() -> None:
    count = np.append(np.random.default_rng(8).poisson(1.0, 200), [6.0, 9.0])
    regimes = filter_regimes(count, np.arange(202) % 7, np.zeros(202), np.ones(202))
    drawn = regimes.draw_histories(np.random.default_rng(0), 20000, 28)
    assert drawn.shape == (20000, 28)
    assert (drawn[:, -1] >= WAVE).mean() == pytest.approx(regimes.wave[-1], abs=0.02)


def test_the_delay_curve_is_found_from_truncated_sightings() -> None:
    rng = np.random.default_rng(4)
    days = 300
    of = np.repeat(np.arange(days), rng.poisson(5, days))
    lag = rng.geometric(0.3, len(of)) - 1
    here = of + lag < days
    count = np.bincount(of[here], minlength=days).astype(float)
    first = date(2026, 1, 1)
    issue = IssueCounts("", first, count, np.zeros(days + 7), lag[here], np.ones(here.sum()), of[here])
    share = reported_share(issue)
    truth = 1 - 0.7 ** (np.arange(10) + 1)
    assert share[::-1][:10] == pytest.approx(truth, abs=0.06)
    assert share[0] == 1


def test_too_few_sightings_change_nothing() -> None:
    first = date(2026, 1, 1)
    few = IssueCounts("", first, np.ones(9), np.zeros(16), np.array([2]), np.ones(1), np.array([3]))
    assert np.all(reported_share(few) == 1)


def test_late_reports_are_expected_and_not_mistaken_for_an_ebb() -> None:
    count = np.random.default_rng(6).poisson(6.0, 300).astype(float)
    share = np.ones(300)
    share[-4:] = (0.9, 0.7, 0.4, 0.2)
    seen = count.copy()
    seen[-4:] = np.floor(count[-4:] * share[-4:])
    weekday = np.arange(307) % 7
    raw = forecast_week(DaysToFit(seen, weekday, np.zeros(307), np.ones(300)), np.random.default_rng(1))
    knowing = forecast_week(DaysToFit(seen, weekday, np.zeros(307), share), np.random.default_rng(1))
    assert seen[-7:].sum() < count[-7:].sum() - 5
    assert knowing.before.mean() == pytest.approx(count[-7:].sum(), abs=5)
    assert knowing.ahead.mean() > raw.ahead.mean() + 3


def test_half_is_counted_on_the_trailing_week() -> None:
    count = np.concatenate([np.ones(7) * 10, np.zeros(80)])
    assert days_to_half(count, 6) == 4
    assert days_to_half(np.ones(100), 10) == LONGEST
    assert days_to_half(np.ones(30), 10) is None


def test_the_window_is_what_past_waves_did() -> None:
    found = estimate_wave_duration(((1, 2, 3), (4, 5), (6, 7, 8, 9, 10, 11)))
    assert (found.median, found.low80, found.high80, found.waves) == (6, 2, 10, 3)
