"""The parts of the pulse against cases worked by hand."""

from datetime import date

import numpy as np
import pytest

from massline.engine.pulse.alarm import find_alarm_starts
from massline.engine.pulse.counts import IssueCounts
from massline.engine.pulse.issue_status import choose_status
from massline.engine.pulse.negative_binomial import log_likelihood, weekday_factors
from massline.engine.pulse.part_day import estimate_part_day
from massline.engine.pulse.quiet_level import estimate_quiet_level
from massline.engine.pulse.regimes import filter_regimes
from massline.engine.pulse.reporting_delay import reported_share
from massline.engine.pulse.simulated_paths import held_memory
from massline.engine.pulse.wave_duration import LONGEST, days_to_half
from tests.engine.case_files import Case, cases


@cases("pulse", "probability")
def test_negative_binomial(case: Case) -> None:
    counted, mean = np.array([float(case["count"])]), np.array([float(case["mean"])])
    assert np.exp(log_likelihood(counted, mean, float(case["size"]))) == pytest.approx(case["probability"])


@cases("pulse", "episodes")
def test_alarms_close_together(case: Case) -> None:
    assert find_alarm_starts(np.array(case["days"])) == case["episodes"]


@cases("pulse", "weekdays")
def test_weekday_factors(case: Case) -> None:
    found = weekday_factors(np.array(case["count"], float), np.arange(len(case["count"])) % 7)
    assert found == pytest.approx(case["factors"], abs=1e-6)


@cases("pulse", "quiet level")
def test_quiet_level(case: Case) -> None:
    count = np.array(case["count"], float)
    found = estimate_quiet_level(count, np.arange(len(count)) % 7)
    assert found.mean[case["day"]] == pytest.approx(case["mean"], abs=1e-6)
    assert found.days[case["day"]] == case["from_days"]


@cases("pulse", "regime steps")
def test_regime_steps(case: Case) -> None:
    nothing = np.zeros(6 + case["days"])
    found = filter_regimes(nothing, np.zeros(len(nothing), dtype=np.int64), nothing, nothing)
    assert found.wave[-1] == pytest.approx(case["wave"], abs=1e-9)


@cases("pulse", "wave memory")
def test_wave_memory(case: Case) -> None:
    held = held_memory(np.array([case["keep"]]), np.array([float(case["age"])]))
    assert held[0, 0] == pytest.approx(case["held"], abs=1e-6)


@cases("pulse", "part of the day")
def test_part_of_the_day(case: Case) -> None:
    found = estimate_part_day(case["hours"], case["sightings"])
    assert found.known == pytest.approx(case["known"], abs=1e-6)
    assert found.weight == case["weight"]


@cases("pulse", "status")
def test_status(case: Case) -> None:
    found = choose_status(
        alarm_age=case["alarm_age"], tall=case["tall"], days=case["days"], growing=case["growing"]
    )
    assert found == case["status"]


@cases("pulse", "half")
def test_days_to_half(case: Case) -> None:
    quiet_after = np.zeros(LONGEST)
    assert (
        days_to_half(np.concatenate([np.array(case["count"], float), quiet_after]), case["day"])
        == case["days"]
    )


@cases("pulse", "reported")
def test_reported_share(case: Case) -> None:
    lags, seen = zip(*((int(lag), float(count)) for lag, count in case["lags"].items()), strict=True)
    days, total = case["days"], np.zeros(case["days"])
    total[case["on_day"]] = sum(seen)
    issue = IssueCounts(
        "", date(2026, 1, 1), total, np.zeros(days + 7), np.array(lags), np.array(seen),
        np.full(len(lags), case["on_day"]),
    )  # fmt: skip
    share = reported_share(issue)
    assert share[-1] == pytest.approx(case["newest"], abs=1e-6)
    assert share[-2] == pytest.approx(case["day_before"])
