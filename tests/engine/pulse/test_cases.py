"""The parts of the pulse against cases worked by hand."""

from datetime import date

import numpy as np
import pytest

from massline.engine.pulse.alarm import Cusum, alarm_starts
from massline.engine.pulse.counts import IssueCounts
from massline.engine.pulse.negbin import log_likelihood, weekday_factors
from massline.engine.pulse.reporting_delay import reported_share
from massline.engine.pulse.window import LONGEST, days_to_half
from tests.engine.case_files import Case, cases


@cases("pulse", "probability")
def test_negative_binomial(case: Case) -> None:
    counted, mean = np.array([float(case["count"])]), np.array([float(case["mean"])])
    assert np.exp(log_likelihood(counted, mean, float(case["size"]))) == pytest.approx(case["probability"])


@cases("pulse", "episodes")
def test_alarms_close_together(case: Case) -> None:
    assert alarm_starts(np.array(case["days"])) == case["episodes"]


@cases("pulse", "weekdays")
def test_weekday_factors(case: Case) -> None:
    found = weekday_factors(np.array(case["count"], float), np.arange(len(case["count"])) % 7)
    assert found == pytest.approx(case["factors"], abs=1e-6)


@cases("pulse", "smallest visible")
def test_smallest_visible(case: Case) -> None:
    seen = Cusum(np.zeros(1), np.array([float(case["baseline"])]), np.array([float(case["size"])]))
    assert seen.smallest_visible(case["threshold"]) == pytest.approx(case["a_day"], abs=1e-6)


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
