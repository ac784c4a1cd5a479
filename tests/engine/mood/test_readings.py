"""Readings come in as rows and refuse what they cannot honestly use."""

from datetime import date, datetime

import pytest

from massline.engine.mood import MoodReadings

DAY = date(2026, 3, 2)


def test_rows_are_added_up_by_section_day_source_and_item_in_one_fixed_order() -> None:
    rows = [
        (DAY, "South", 5, 2, "bea", "ladder"),
        (DAY, "North", 1, 3, "bea", "ladder"),
        (DAY, "North", 5, 1, "bea", "ladder"),
        (DAY, "North", 1, 4, "chen", "ladder"),
    ]
    readings = MoodReadings.from_rows(rows)
    assert readings.sections == ("North", "South")
    assert readings.sources == ("bea", "chen")
    assert readings.steps == ((1, 5),)
    assert readings.counts.tolist() == [[3, 1], [4, 0], [0, 2]]
    assert readings.counts.tolist() == MoodReadings.from_rows(reversed(rows)).counts.tolist()
    assert readings.people.sum() == 10


def test_declared_steps_keep_a_place_for_what_nobody_said() -> None:
    readings = MoodReadings.from_rows([(DAY, "North", 4, 3), (DAY, "North", 5, 1)], steps=range(1, 6))
    assert readings.steps == ((1, 2, 3, 4, 5),)
    assert readings.counts.tolist() == [[0, 0, 0, 3, 1]]


def test_rows_without_a_reading_are_left_out_and_counted() -> None:
    readings = MoodReadings.from_rows([(DAY, "North", 4, 0), (DAY, "North", 5, 1), (DAY, "West", 5, 0)])
    assert readings.left_out == {"rows without a reading": 2}
    assert readings.sections == ("North", "West")
    assert readings.rows == 3


def test_sections_may_be_grouped_in_several_ways() -> None:
    rows = [
        (DAY, "North", 4, 1, "", "", ("city", "tenants")),
        (DAY, "West", 4, 1, "", "", ("land", "tenants")),
    ]
    assert MoodReadings.from_rows(rows).groups == (("city", "land"), ("tenants", "tenants"))


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ((DAY, "North", 4), "row 2: expected 4 to 7 values, found 3"),
        ((datetime(2026, 3, 2), "North", 4, 1), "row 2: the day must be a date"),  # noqa: DTZ001
        (("2026-03-02", "North", 4, 1), "row 2: the day must be a date"),
        ((DAY, "North", 4.5, 1), "row 2: the category must be a whole number"),
        ((DAY, "North", True, 1), "row 2: the category must be a whole number"),
        ((DAY, "North", 4, float("nan")), "row 2: the count must be 0 or more"),
        ((DAY, "North", 4, -1), "row 2: the count must be 0 or more"),
        ((DAY, "North", 4, "many"), "row 2: the count must be a number"),
        ((DAY, "North", 5, 2), "rows 1 and 2 both count category 5 of section 'North' on 2026-03-02"),
        ((DAY, "North", 4, 2, "", "", "city"), "row 2: section 'North' is in other groups than in row 1"),
        ((DAY, "West", 4, 2, "", "", "city"), "row 2: every section needs the same number of groupings"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(bad: tuple[object, ...], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        MoodReadings.from_rows([(DAY, "North", 5, 1), bad])


def test_the_same_cell_twice_may_be_added_up_when_asked() -> None:
    rows = [(DAY, "North", 5, 1), (DAY, "North", 5, 2), (DAY, "North", 1, 1)]
    assert MoodReadings.from_rows(rows, add_up=True).counts.tolist() == [[1, 3]]


def test_a_category_off_the_ladder_is_refused() -> None:
    with pytest.raises(ValueError, match="category 9 of item 'ladder'"):
        MoodReadings.from_rows([(DAY, "North", 9, 1, "", "ladder")], steps={"ladder": range(1, 6)})
