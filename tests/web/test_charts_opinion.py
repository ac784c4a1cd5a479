"""A reader opens the results: the map, the spectrum and the bars must be readable, light and safe."""

import gzip
import random
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from massline.web import charts
from massline.web.charts import (
    GroupLabel,
    VoteRow,
    VoteWords,
    draw_opinion_map,
    draw_spectrum,
    draw_vote_bar,
    draw_vote_bars,
)

SVG = "{http://www.w3.org/2000/svg}"
GROUPS = [GroupLabel("Repair first", "655 people, 42 %"), GroupLabel("Rent strike now", "510 people, 33 %")]


def crowd(count: int, *, seed: int = 4) -> list[tuple[float, float, int | None]]:
    draw = random.Random(seed)
    return [(draw.gauss(-2.0 if i % 2 else 2.0, 0.9), draw.gauss(0, 0.8), i % 2) for i in range(count)]


def a_map(points: list[tuple[float, float, int | None]], **extra: object) -> str:
    words = {"title": "Two ways", "desc": "Each mark is one person"}
    return draw_opinion_map(points, GROUPS, id="map", **words, **extra)  # type: ignore[arg-type]


def drawings() -> list[str]:
    answers = [VoteRow("Repair first", 190, 20, 45, 0.69, 0.79, 0), VoteRow("Nobody yet", 0, 0, 0)]
    return [
        a_map(crowd(40), you=(0.1, 0.2)),
        draw_spectrum(
            [0.1, 0.5, 0.9, 2.0], left="wait", right="strike", title="t", desc="d", id="s", you=0.4
        ),
        draw_vote_bars(answers, title="t", desc="d", id="v"),
        draw_vote_bar(3, 1, 2, label="all", id="w", low=0.2, high=0.8),
    ]


@pytest.mark.parametrize("drawing", drawings(), ids=["map", "spectrum", "bars", "bar"])
def test_a_chart_is_wellformed_named_and_passes_a_strict_style_policy(drawing: str) -> None:
    root = ElementTree.fromstring(drawing)
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert root.get("aria-labelledby") == " ".join(str(i) for i in ids)
    assert len(ids) == len(set(ids)) == 2
    assert "style" not in drawing
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb\(", drawing), "colours belong in charts.css"


def test_every_class_a_chart_uses_is_in_the_one_style_sheet() -> None:
    sheet = (Path(charts.__file__).parents[1] / "static/massline/charts.css").read_text()
    for drawing in drawings():
        for names in re.findall(r'class="([^"]*)"', drawing):
            for name in names.split():
                assert f".{name}" in sheet or name in {"chart-votes", "key"}, name


def test_a_map_of_1500_people_stays_light() -> None:
    assert len(gzip.compress(a_map(crowd(1500)).encode())) <= 12_000


def test_a_map_of_100000_people_is_thinned_and_as_light() -> None:
    assert len(gzip.compress(a_map(crowd(100_000)).encode())) <= 12_000


def test_the_order_of_people_leaves_no_trace() -> None:
    people = crowd(300)
    shuffled = random.Random(1).sample(people, len(people))
    assert a_map(people) == a_map(shuffled)


def test_each_group_has_its_own_mark_and_its_name_beside_it() -> None:
    drawing = a_map(crowd(60))
    assert "h0" in drawing
    assert "● Repair first" in drawing
    assert "▲ Rent strike now" in drawing


def test_every_mark_and_word_stays_on_the_paper() -> None:
    far = [*crowd(300), (90.0, -70.0, None)]
    for narrow, width in ((False, 640.0), (True, 360.0)):
        root = ElementTree.fromstring(a_map(far, narrow=narrow, you=(2.0, 0.0)))
        height = float(str(root.get("viewBox")).split()[3])
        for path in root.iter(f"{SVG}path"):
            for x, y in re.findall(r"M(-?[\d.]+) (-?[\d.]+)", str(path.get("d"))):
                assert 0 <= float(x) <= width
                assert 0 <= float(y) <= height


def test_words_that_try_to_break_out_stay_words() -> None:
    evil = '<script>alert("1")</script>\x00\x0b'
    drawing = draw_opinion_map([(0, 0, 0), (1, 1, 0)], [GroupLabel(evil)], title=evil, desc=evil, id="m")
    root = ElementTree.fromstring(drawing)
    assert not list(root.iter(f"{SVG}script"))
    assert str(root.findtext(f"{SVG}title")) == '<script>alert("1")</script>'


def test_people_who_all_stand_on_one_spot_are_drawn_once() -> None:
    drawing = draw_opinion_map([(1.0, 1.0, 0)] * 50, [GroupLabel("All")], title="t", desc="d", id="m")
    assert drawing.count("h0") == 1


def test_a_point_nobody_can_place_is_refused() -> None:
    with pytest.raises(ValueError, match="no label"):
        draw_opinion_map([(0, 0, 3)], GROUPS, title="t", desc="d", id="m")
    with pytest.raises(ValueError, match="not a number"):
        draw_opinion_map([(float("nan"), 0, 0)], GROUPS, title="t", desc="d", id="m")
    with pytest.raises(ValueError, match="id starts with a letter"):
        draw_opinion_map([(0, 0, 0)], GROUPS, title="t", desc="d", id='x" onload="')


def test_a_bar_says_its_shares_in_the_readers_words() -> None:
    words = VoteWords("de acuerdo", "paso", "en contra", "nadie aún")
    drawing = draw_vote_bar(6, 1, 3, label="Calefacción", id="b", low=0.31, high=0.83, answers=words)
    assert "60% de acuerdo (31%–83%)" in drawing
    assert "30% en contra" in drawing
    assert "nadie aún" in draw_vote_bar(0, 0, 0, label="Vacío", id="b", answers=words)


def test_a_bar_refuses_what_cannot_be_a_vote_or_an_interval() -> None:
    with pytest.raises(ValueError, match="fewer than no votes"):
        draw_vote_bar(-1, 0, 2, label="x", id="b")
    with pytest.raises(ValueError, match="between 0 and 1"):
        draw_vote_bar(1, 0, 2, label="x", id="b", low=31, high=83)


def test_a_spectrum_needs_two_people() -> None:
    with pytest.raises(ValueError, match="two people"):
        draw_spectrum([0.3], left="a", right="b", title="t", desc="d", id="s")
