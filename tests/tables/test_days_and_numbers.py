"""Days and numbers are read by the whole column; what has two readings is left open."""

from datetime import date

import pytest

from massline.tables.date_columns import DayColumn
from massline.tables.number_columns import NumberColumn


@pytest.mark.parametrize(
    ("cells", "day"),
    [
        (["11/20/2026 10:03:11", "2/3/2026 9:00"], date(2026, 2, 3)),
        (["20/11/2026", "2/3/2026"], date(2026, 3, 2)),
        (["2.3.2026"], date(2026, 3, 2)),
        (["3.4.26"], date(2026, 4, 3)),
        (["2026-3-2T10:00"], date(2026, 3, 2)),
        (["2026-11-20T10:01:02.000+01:00"], date(2026, 11, 20)),
        (["2/2/2026"], date(2026, 2, 2)),
        (["Dec 31, 2025"], date(2025, 12, 31)),
        (["31 December 2025"], date(2025, 12, 31)),
        (["Saturday, 12 December 2026"], date(2026, 12, 12)),
        (["3 de abril de 2026"], date(2026, 4, 3)),
        (["3. März 2026"], date(2026, 3, 3)),
        (["14 févr. 2026"], date(2026, 2, 14)),
        (["1er mars 2026"], date(2026, 3, 1)),
        (["8 de março de 2026"], date(2026, 3, 8)),
        (["٣ أكتوبر ٢٠٢٦"], date(2026, 10, 3)),
        (["٢٠٢٦-١٠-٠٣"], date(2026, 10, 3)),
        (["20261121"], date(2026, 11, 21)),
        (["46347"], date(2026, 11, 21)),
        (["1764000000"], date(2025, 11, 24)),
        (["1764000000000"], date(2025, 11, 24)),
        (["2026年11月21日"], date(2026, 11, 21)),
        (["21-Nov-2026"], date(2026, 11, 21)),
    ],
)
def test_a_day_is_read_as_its_column_writes_it(cells: list[str], day: date) -> None:
    assert DayColumn(cells).read(cells[-1]) == day


def test_what_has_two_readings_is_left_open_until_somebody_says() -> None:
    column = DayColumn(["3/4/2026", "5/6/2026"])
    assert column.is_open
    with pytest.raises(ValueError, match="3/4/2026"):
        column.read("3/4/2026")
    assert DayColumn(["3/4/2026"], month_first=True).read("3/4/2026") == date(2026, 3, 4)
    assert not DayColumn(["3/4/2026", "25/4/2026"]).is_open
    assert DayColumn(["3/4/2026", "25/4/2026", "4/25/2026"]).is_open, "a column of both orders told one"


@pytest.mark.parametrize("cell", ["soon", "31.02.2026", "13/45/2", "", "4.5", "Block 4", "+49 30 23125001"])
def test_what_is_no_day_is_none(cell: str) -> None:
    assert not DayColumn([cell]).reads([cell])


@pytest.mark.parametrize(
    ("cells", "number"),
    [
        (["1,5"], 1.5),
        (["1.234,5", "1.234"], 1234),
        (["1,234.5", "1,234"], 1234),
        (["1,000"], 1000),
        (["3.25", "1,000"], 1000),
        (["1 234,5"], 1234.5),
        (["1'234.50"], 1234.5),
        (["٣٫٥"], 3.5),
        (["12 %"], 0.12),
        (["−3"], -3),
        (["2.0"], 2),
        (["1e3"], 1000),
    ],
)
def test_a_number_is_read_as_its_column_writes_it(cells: list[str], number: float) -> None:
    assert NumberColumn(cells).read(cells[-1]) == pytest.approx(number)
