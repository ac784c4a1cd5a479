"""The pulse of watched issues, as an organiser would use it."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massline.engine.not_enough import NotEnough
from massline.engine.pulse import (
    DailyCounts,
    IssuePulse,
    Pulse,
    ShortIssue,
    TallDay,
    document,
    estimate,
    estimate_part_day,
)
from massline.engine.pulse.issue_status import AWAKE, RISING, TOO_YOUNG
from massline.engine.result_documents import canonical_bytes, to_json
from tests.engine.pulse.worlds import self_exciting

START = date(2025, 6, 2)
Rows = list[tuple[object, ...]]


def rows_of(count: np.ndarray, issue: str = "rent") -> Rows:
    return [(START + timedelta(days=d), int(c), issue) for d, c in enumerate(count)]


def pulse_of(rows: Rows, **options: object) -> Pulse:
    found = estimate(DailyCounts.from_rows(rows), seed=7, **options)  # type: ignore[arg-type]
    assert isinstance(found, Pulse)
    return found


def only(pulse: Pulse) -> IssuePulse:
    (issue,) = pulse.issues
    assert isinstance(issue, IssuePulse)
    return issue


def test_rents_break_out_then_fade() -> None:
    wave = np.concatenate(
        [np.random.default_rng(0).poisson(1.0, 250), [9, 14, 18, 16], [9, 7, 5, 3, 2, 1, 1, 0, 1]]
    )
    out = only(pulse_of(rows_of(wave[:253])))
    assert out.status == "breaking out"
    assert out.alarm_since == START + timedelta(days=250)
    assert out.window is not None
    assert out.window.low80 < out.window.median < out.window.high80
    after = only(pulse_of(rows_of(wave)))
    assert after.status == "fading"
    assert after.p_growing < 0.3
    assert after.next7.low90 <= after.next7.median <= after.next7.high90


def test_a_quiet_issue_has_no_alarm_and_no_window() -> None:
    quiet = only(pulse_of(rows_of(np.random.default_rng(1).poisson(1.0, 250))))
    assert (quiet.status, quiet.alarm_since, quiet.window) == ("quiet", None, None)
    assert quiet.smallest_visible is not None
    assert quiet.smallest_visible > 7


def test_a_day_of_action_that_was_announced_is_in_the_forecast() -> None:
    rows = rows_of(np.random.default_rng(2).poisson(1.0, 250))
    called = [*rows, (START + timedelta(days=252), None, "rent", None, 20)]
    without, with_call = only(pulse_of(rows)), only(pulse_of(called))
    assert with_call.next7.mean == pytest.approx(without.next7.mean + 16, abs=2)
    cold = only(pulse_of([*rows_of(np.ones(60)), (START + timedelta(days=62), None, "rent", None, 20)]))
    assert cold.next7.mean == pytest.approx(only(pulse_of(rows_of(np.ones(60)))).next7.mean + 16, abs=4)


def test_the_longer_the_watch_the_more_is_said() -> None:
    count = self_exciting(3, 200)
    short = pulse_of(rows_of(count[:5])).issues[0]
    assert short == ShortIssue("rent", NotEnough(5, 7, "days of counts"), count[:5].sum())
    early = only(pulse_of(rows_of(np.ones(30))))
    assert (early.status, early.alarm_since, early.tall) == (TOO_YOUNG, None, None)
    # A short history leaves the level open: the same days, known for longer, make a surer forecast.
    young, old = (only(pulse_of(rows_of(np.tile([1.0, 2.0], days)))).next7 for days in (20, 150))
    assert young.high90 - young.low90 > old.high90 - old.low90
    assert estimate(DailyCounts.from_rows([]), seed=1) == NotEnough(0, 7, "days of counts")


def test_a_new_issue_can_alarm_in_its_second_week() -> None:
    new = only(pulse_of(rows_of(np.array([0, 0, 1, 0, 0, 0, 10, 10, 11]))))
    assert new.alarm_since == START + timedelta(days=6)
    assert new.status in AWAKE
    busy_from_the_first = only(pulse_of(rows_of(np.full(9, 10))))
    assert busy_from_the_first.status == TOO_YOUNG


def test_one_tall_day_is_told_from_a_wave_announced_or_not() -> None:
    count = np.append(np.random.default_rng(1).poisson(1.0, 250), [22, 1, 0])
    plain = only(pulse_of(rows_of(count)))
    assert (plain.status, plain.alarm_since) == ("one tall day", None)
    assert plain.tall == TallDay(START + timedelta(days=250), 22.0, announced=False)
    rows = [(*row, None, 1) if row[0] == START + timedelta(days=250) else row for row in rows_of(count)]
    called = only(pulse_of(rows))
    assert called.tall == TallDay(START + timedelta(days=250), 22.0, announced=True)
    assert called.p_growing < 0.3


def test_a_part_day_is_neither_doubled_nor_taken_for_a_whole() -> None:
    rows = rows_of(np.append(np.full(250, 4), 3))
    whole = only(pulse_of(rows))
    noon = only(pulse_of(rows, part=estimate_part_day(12.0)))
    evening = only(pulse_of(rows, part=estimate_part_day(22.0)))
    assert whole.last7 == 27
    assert whole.last7 < evening.last7 < noon.last7 < 27 + 3
    assert noon.still_to_come == pytest.approx(2, abs=1)
    assert only(pulse_of(rows, part=estimate_part_day(24.0))) == whole


def test_a_burst_before_noon_alarms_before_the_evening() -> None:
    rows = rows_of(np.append(np.full(250, 1), [9, 7]))
    assert only(pulse_of(rows, part=estimate_part_day(10.0))).alarm_since is not None


@given(st.lists(st.integers(0, 30), min_size=7, max_size=60), st.integers(0, 400))
@settings(max_examples=40, deadline=None)
def test_no_sentence_on_growth_denies_the_alarm_beside_it(burst: list[int], quiet_days: int) -> None:
    quiet = np.random.default_rng(quiet_days).poisson(1.0, quiet_days)
    found = only(pulse_of(rows_of(np.append(quiet, burst))))
    assert (found.alarm_since is not None) == (found.status in AWAKE)
    if found.status in RISING:
        assert found.p_growing >= 0.4
    if found.status == "fading":
        assert found.p_growing < 0.3
    if found.days < 40:
        assert found.status != "quiet"
    assert 0 <= found.wave <= 1
    assert np.isfinite(found.next7.high90)


def test_same_rows_in_any_order_beside_any_other_issue_give_the_same_bytes() -> None:
    rent, buses = rows_of(self_exciting(4, 200)), rows_of(self_exciting(5, 200), "buses")
    together = pulse_of([*rent, *buses])
    mixed = pulse_of([(rent + buses)[i] for i in np.random.default_rng(0).permutation(400)])
    assert canonical_bytes(document(together)) == canonical_bytes(document(mixed))
    assert document(together).issues[1] == document(pulse_of(rent)).issues[0]


def test_the_document_keeps_its_agreed_keys() -> None:
    doc = to_json(
        document(pulse_of([*rows_of(self_exciting(4, 200)), (START + timedelta(days=199), 3, "buses")]))
    )
    assert doc["schema"] == "massline.pulse/1"
    short, long = doc["result"]["issues"]
    assert short == {
        "issue": "buses",
        "status": "not enough yet",
        "not_enough": {"have": 1, "need": 7, "what": "days of counts"},
        "events": 3,
    }
    assert {"issue", "alarm_since", "status", "next7", "p_growing", "window_days"} <= set(long)
    assert {"mean", "low90", "high90"} <= set(long["next7"])
    assert doc["rests_on"]["issues"] == 2


def test_late_reports_are_still_to_come() -> None:
    rng = np.random.default_rng(6)
    rows: Rows = []
    last = START + timedelta(days=239)
    for d in range(240):
        by_sighting = np.bincount(rng.geometric(0.35, rng.poisson(6)) - 1)
        day = START + timedelta(days=d)
        rows += [
            (day, int(c), "rent", day + timedelta(days=lag))
            for lag, c in enumerate(by_sighting)
            if c and day + timedelta(days=lag) <= last
        ]
    found = only(pulse_of(rows))
    assert 5 < found.still_to_come < 25
    assert found.last7 == pytest.approx(42, abs=14)
