"""The pulse on real waves keeps what its methods page promises; the data lie beside the checkout."""

import pytest

from bench.pulse import measure_detection, measure_direction, measure_window_cover, reference_waves
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
