"""The charts of the desk: mood, pulse, frontier, coverage, allies; each says what it cannot draw."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from massline.web import charts
from massline.web.charts import (
    Band,
    CoverageBar,
    ForecastFan,
    FrontierPoint,
    MoodPanel,
    PulseWords,
    Wedge,
    draw_coverage_bars,
    draw_frontier,
    draw_mood_panels,
    draw_pulse_chart,
    draw_spark_bars,
    draw_spark_turn,
    draw_spectrum_of_allies,
)
from massline.web.charts.pulse import round_up
from massline.web.charts.table_cells import coverage_cells, frontier_cells

SVG = "{http://www.w3.org/2000/svg}"


def mood(*panels: MoodPanel, narrow: bool = False) -> str:
    return draw_mood_panels(
        panels,
        lowest=1,
        highest=5,
        low_word="hopeless",
        high_word="ready",
        first_day="1 Sep",
        last_day="31 Oct",
        title="Harbour is turning",
        desc="Mood by section",
        id="mood",
        narrow=narrow,
    )


HARBOUR = MoodPanel(
    "Harbour",
    [3.0, 2.8, None, None, 2.1, 2.0],
    [Band([2.5, 2.3, None, None, 1.6, 1.5], [3.5, 3.3, None, None, 2.6, 2.5])],
    breaks=[4],
    note="41 conversations",
    last="2.0",
    turning=True,
)
BOOKS = FrontierPoint("Open the books", (0.7, 0.8, 0.85), (0.4, 0.5, 0.6))
STRIKE = FrontierPoint("Rent strike", (0.3, 0.4, 0.5), (0.8, 0.9, 0.95))
BARRED = FrontierPoint("Evict others", (0.3, 0.4, 0.5), (0.4, 0.5, 0.6), "barred")


def pulse(counts: list[int | None], fan: ForecastFan | None = None, alarm_at: int | None = None) -> str:
    words = PulseWords("1 Sep", "31 Oct", alarm="rising since 24 October")
    return draw_pulse_chart(counts, fan, words=words, title="t", desc="d", id="pulse", alarm_at=alarm_at)


def a_line(*demands: FrontierPoint) -> str:
    return draw_frontier(demands, title="t", desc="d", id="line")


def coverage(*bars: CoverageBar) -> str:
    return draw_coverage_bars(bars, title="t", desc="d", id="cover")


def allies(*wedges: Wedge, narrow: bool = False) -> str:
    return draw_spectrum_of_allies(wedges, title="t", desc="d", id="allies", narrow=narrow)


def drawings() -> dict[str, str]:
    return {
        "mood": mood(HARBOUR),
        "pulse": pulse([1, None, 4], ForecastFan([5, 6], [Band([2, 2], [9, 12])]), alarm_at=2),
        "frontier": a_line(BOOKS, STRIKE, BARRED),
        "coverage": coverage(CoverageBar("A", 0.4, "34 of 80", 0.3, 0.5), CoverageBar("B", 0, "0 of 60")),
        "allies": allies(*(Wedge(f"standing {i}", i) for i in range(5))),
    }


@pytest.mark.parametrize("name", sorted(drawings()))
def test_a_chart_is_wellformed_and_its_classes_are_in_the_one_style_sheet(name: str) -> None:
    drawing = drawings()[name]
    ElementTree.fromstring(drawing)
    assert "style" not in drawing
    sheet = (Path(charts.__file__).parents[1] / "static/massline/charts.css").read_text()
    used = {css for group in re.findall(r'class="([^"]*)"', drawing) for css in group.split()}
    plain = {f"chart-{name}", "frontier", "wedge-2", "figure", "g0"}
    assert {css for css in used if f".{css}" not in sheet} <= plain


def test_a_stretch_without_voices_is_a_gap_not_a_line() -> None:
    root = ElementTree.fromstring(mood(HARBOUR))
    traces = [p for p in root.iter(f"{SVG}path") if p.get("class") == "trace"]
    bands = [p for p in root.iter(f"{SVG}path") if p.get("class") == "band"]
    assert len(traces) == len(bands) == 2


def test_a_turning_section_says_so_and_a_silent_one_is_drawn_empty() -> None:
    assert "turning" in mood(HARBOUR)
    silent = mood(MoodPanel("Mill Hill", [None, None]))
    assert "Mill Hill" in silent
    assert 'class="trace"' not in silent


def test_mood_is_laid_out_in_one_column_for_a_phone() -> None:
    box = ElementTree.fromstring(mood(HARBOUR, HARBOUR, narrow=True)).get("viewBox")
    assert box == "0 0 360 300"


def test_the_pulse_marks_the_alarm_and_the_days_without_a_report() -> None:
    drawing = pulse([1, None, 4], alarm_at=2)
    assert "rising since 24 October" in drawing
    assert 'class="gap"' in drawing
    assert "alarm-name" not in pulse([1, 2, 3])


def test_an_empty_pulse_is_an_empty_page_not_a_crash() -> None:
    ElementTree.fromstring(pulse([]))
    ElementTree.fromstring(pulse([0, 0]))


def test_the_frontier_joins_only_what_may_be_offered_and_names_both_ends() -> None:
    drawing = a_line(BOOKS, STRIKE, BARRED)
    edge = re.search(r'class="edge" d="([^"]*)"', drawing)
    assert edge
    assert edge.group(1).count("L") == 1
    assert "the broadest" in drawing
    assert "the furthest" in drawing


def test_a_demand_outside_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="must rise within 0 and 1"):
        a_line(FrontierPoint("x", (0.5, 0.4, 0.6), (0, 0, 0)))
    with pytest.raises(ValueError, match="dominated or is barred"):
        a_line(FrontierPoint("x", (0.5, 0.5, 0.6), (0, 0, 0), "lovely"))


def test_a_section_nobody_spoke_to_says_so() -> None:
    drawing = coverage(CoverageBar("Block C", 0, "0 of 60", next_up=True))
    assert "nobody yet · 0 of 60" in drawing
    assert "go here next" in drawing
    with pytest.raises(ValueError, match="between 0 and 1"):
        coverage(CoverageBar("x", 1.2, "12 of 10"))


def test_allies_are_seen_also_where_nobody_stands_yet() -> None:
    drawing = allies(Wedge("active opposition", 0), Wedge("active support", 0), narrow=True)
    assert drawing.count('class="wedge') == 2
    with pytest.raises(ValueError, match="two standings at least"):
        allies(Wedge("all", 3))


def test_the_same_numbers_stand_in_a_table() -> None:
    assert coverage_cells([CoverageBar("A", 0.4, "34 of 80", 0.3, 0.5)]) == [
        ("A", "40%", "30%–50%", "34 of 80")
    ]
    assert frontier_cells([BOOKS])[0][:3] == ("Open the books", "80%", "70%–85%")


def test_days_since_an_alarm_stand_out_and_days_without_a_report_leave_a_gap() -> None:
    drawn = draw_spark_bars(
        [1, None, 0, 4, 2], new_from=3, first="1 May", last="5 May", title="Evictions", desc="d", id="s"
    )
    assert drawn.count('class="bar"') == drawn.count('class="hot"') == 1
    old, new = re.findall(r'class="(?:bar|hot)" d="([^"]*)"', drawn)
    assert (old.count("M"), new.count("M")) == (1, 2)
    assert "v-64h" in new, "the tallest day fills the height"


def test_a_chart_of_no_day_and_of_words_that_break_out_is_still_a_drawing() -> None:
    drawn = draw_spark_bars([], new_from=0, first="<b>", last="", title="</svg>", desc="", id="s")
    assert "<b>" not in drawn
    assert drawn.count("</svg>") == 1


def test_a_turn_begins_at_the_last_day_before_it() -> None:
    drawn = draw_spark_turn(
        [2, 2, 4.5], lowest=1, highest=5, new_from=2, first="a", last="b", title="C", desc="d", id="t"
    )
    old, new = re.findall(r'class="(?:trace|turn)" d="M([^"]*)"', drawn)
    assert old.split("L")[-1] == new.split("L")[0]
    assert new.split("L")[-1].split() == re.findall(r'c[xy]="([^"]*)"', drawn)


@pytest.mark.parametrize(
    ("value", "axis"), [(1.0, 1), (4.29286, 5), (7, 8), (9.01, 10), (10, 10), (47, 50), (203, 300)]
)
def test_the_axis_of_a_pulse_ends_at_a_round_number(value: float, axis: float) -> None:
    assert round_up(value) == axis
