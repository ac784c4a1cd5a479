"""Counts come in as rows and refuse what they cannot honestly use."""

from datetime import date, datetime, timedelta

import pytest

from massline.engine.pulse import DailyCounts

DAY = date(2026, 3, 2)
LATER = date(2026, 3, 5)


def test_a_day_nobody_counted_is_a_zero_and_all_issues_end_together() -> None:
    counts = DailyCounts.from_rows([(LATER, 1, "rent"), (DAY, 2, "rent"), (DAY, 4, "buses")])
    assert [issue.issue for issue in counts.issues] == ["buses", "rent"]
    assert counts.issues[0].count.tolist() == [4, 0, 0, 0]
    assert counts.issues[1].count.tolist() == [2, 0, 0, 1]
    assert counts.issues[1].last == LATER


def test_a_watch_can_begin_before_its_first_event() -> None:
    counts = DailyCounts.from_rows([(DAY, 2)], since=DAY - timedelta(days=3), until=LATER)
    assert counts.issues[0].count.tolist() == [0, 0, 0, 2, 0, 0, 0]


def test_yesterdays_picture_can_be_drawn_again() -> None:
    rows = [(DAY, 2, "", DAY), (DAY, 3, "", LATER), (LATER, 1, "", LATER)]
    before = DailyCounts.from_rows(rows, until=LATER - timedelta(days=1))
    assert before.issues[0].count.tolist() == [2, 0, 0]
    assert before.left_out == {"not yet seen on the last day": 1, "after the last day": 1}
    after = DailyCounts.from_rows(rows)
    assert after.issues[0].count.tolist() == [5, 0, 0, 1]
    assert after.issues[0].lag.tolist() == [0, 3, 0]


def test_announcements_reach_seven_days_ahead() -> None:
    rows = [
        (DAY, 2),
        (DAY + timedelta(days=3), None, "", None, 5),
        (DAY + timedelta(days=30), None, "", None, 9),
    ]
    counts = DailyCounts.from_rows(rows)
    assert counts.issues[0].announced.tolist() == [0, 0, 0, 5, 0, 0, 0, 0]
    assert counts.left_out == {"beyond the days looked at": 1}


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ((LATER,), "row 2: expected 2 to 5 values"),
        ((datetime(2026, 3, 2), 1), "row 2: the day must be a date"),  # noqa: DTZ001
        ((LATER, -1), "row 2: the count must be 0 or more"),
        ((LATER, float("nan")), "row 2: the count must be 0 or more"),
        ((LATER, "two"), "row 2: the count must be a number"),
        ((LATER, 1, "rent", "2026-03-06"), "row 2: the first sighting must be a date"),
        ((LATER, 1, "rent", DAY), "row 2: first seen on 2026-03-02, before it happened"),
        ((LATER, 1, "rent", None, -2), "row 2: the announced count must be 0 or more"),
        ((DAY, 3, "rent"), "rows 1 and 2 both count 2026-03-02 of issue 'rent'"),
        ((DAY, 3, "rent", LATER, 4), "rows 1 and 2 announce different numbers for 2026-03-02"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(bad: tuple[object, ...], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        DailyCounts.from_rows([(DAY, 1, "rent"), bad])
