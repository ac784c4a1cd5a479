"""The pulse on real waves keeps what its methods page promises; the data lie beside the checkout."""

import numpy as np
import pytest

from bench.held_out_series import WARM, find_bursts
from bench.pulse import measure_detection, measure_direction, measure_window_cover, reference_waves
from bench.pulse_held_out import summarise_brier
from massline.engine.pulse.alarm import CHANCE
from massline.engine.pulse.wave_duration import REFERENCE


def test_the_shipped_alarm_catches_real_waves_with_few_false_alarms() -> None:
    found = measure_detection(CHANCE)
    assert found["waves"] == 27
    assert found["caught"] >= 23
    assert found["median_delay_days"] <= 2
    assert found["false_alarms_per_year"] <= 2


def test_thresholds_fitted_on_other_series_do_as_well() -> None:
    found = measure_detection()
    assert found["caught"] >= 23
    assert found["median_delay_days"] <= 2
    assert found["false_alarms_per_year"] <= 2


def test_growing_or_fading_is_told_better_than_by_the_base_rate() -> None:
    found = measure_direction()
    assert found["brier"]["value"] <= 0.21 < found["brier_base_rate"]


def test_the_shipped_reference_waves_are_those_of_the_data() -> None:
    assert reference_waves() == REFERENCE
    assert measure_window_cover()["cover80"]["value"] == pytest.approx(0.8, abs=0.08)


def test_a_burst_is_told_from_the_past_alone_whatever_comes_of_it() -> None:
    count = np.zeros(WARM + 60)
    count[: WARM + 20 : 7] = 1
    count[WARM + 25] = 3
    count[WARM + 30] = 9
    count[WARM + 44] = 2
    ended, grew = count.copy(), count.copy()
    grew[WARM + 26 : WARM + 30] = 9
    assert find_bursts(ended) == find_bursts(grew) == [WARM + 25]


def test_a_chance_said_as_often_as_it_came_scores_as_the_plain_rate_does() -> None:
    days = [("one", 0.25, 1.0), ("one", 0.25, 0.0), ("two", 0.25, 0.0), ("two", 0.25, 0.0)]
    found = summarise_brier(days)
    assert found["brier"]["value"] == pytest.approx(0.25 * 0.75, abs=1e-3) == found["brier_base_rate"]
    assert (found["points"], found["episodes"]) == (4, 2)
