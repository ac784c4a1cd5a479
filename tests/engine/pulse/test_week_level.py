"""The week ahead from a smoothed level: it follows what lasts, leaves called days out, and chooses its own weight."""

import numpy as np
import pytest

from massline.engine.pulse.forecast import forecast_week
from massline.engine.pulse.regimes import CALLED, QUIET, WAVE
from massline.engine.pulse.self_exciting import DaysToFit
from massline.engine.pulse.smoothed_week_level import best_smoothing, draw_weeks, path_levels, smooth_levels


def days_of(count: np.ndarray[tuple[int], np.dtype[np.float64]]) -> DaysToFit:
    size = len(count)
    return DaysToFit(count, np.arange(size + 7) % 7, np.zeros(size + 7), np.ones(size))


def test_the_level_after_each_day_is_the_plain_recursion() -> None:
    count = np.random.default_rng(1).poisson(2.0, 60).astype(float)
    level, expected = float(count[:7].mean()), []
    for value in count:
        level += 0.3 * (value - level)
        expected.append(level)
    assert smooth_levels(count, 0.3) == pytest.approx(expected)


def test_what_leaps_and_stays_chooses_a_quick_weight_and_noise_a_slow_one() -> None:
    rng = np.random.default_rng(2)
    steady = rng.poisson(2.0, 300).astype(float)
    leaping = np.repeat([0.0, 20.0, 1.0, 30.0, 0.0], 60)
    assert best_smoothing(steady)[0] <= 0.1
    assert best_smoothing(leaping)[0] >= 0.75


def test_a_called_day_raises_no_level_and_a_wave_does() -> None:
    fresh = np.concatenate([np.ones(40), [30.0]])
    level = smooth_levels(fresh, 0.5)
    histories = np.array([[QUIET, CALLED], [QUIET, WAVE]])
    called, wave = path_levels(fresh, histories, 0.5, level)
    assert called == pytest.approx(1.0)
    assert wave == pytest.approx(level[-1])


def test_weeks_that_begin_in_a_wave_are_less_sure_than_quiet_ones() -> None:
    days = days_of(np.random.default_rng(3).poisson(3.0, 300).astype(float))
    sure, unsure = (
        draw_weeks(days, 0.8, np.full((4_000, 5), regime), np.random.default_rng(4), np.ones(4_000))
        for regime in (QUIET, WAVE)
    )
    assert sure.mean() == pytest.approx(21.0, rel=0.1)
    assert unsure.mean() == pytest.approx(sure.mean(), rel=0.1)
    assert unsure.std() > 2 * sure.std()


def test_where_nothing_ever_happened_two_tall_days_are_not_forgotten_at_once() -> None:
    """Rare events in quiet say nothing on how a wave spreads its days: once the median of the week ahead was 1."""
    count = np.zeros(400)
    count[[50, 130, 215, 320]] = 1.0
    count[-2:] = [3.0, 12.0]
    outlook = forecast_week(days_of(count), np.random.default_rng(5))
    assert outlook.quantile(0.5) > 10
    assert outlook.quantile(0.95) > 80
