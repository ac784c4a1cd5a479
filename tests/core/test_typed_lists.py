"""Lists typed in any script are read alike: by watches, at the door, as shifts, as sections and as slogans."""

import doctest

import pytest

from massline.core import list_and_word_parser
from massline.desk.act.check_in.forms import CodesForm
from massline.desk.act.events.forms import SlotsForm
from massline.desk.decide.slogans.readability import count_syllables, find_readability_warnings
from massline.desk.listen.watches.models import Watch
from massline.desk.people.section_lines import parse_section_lines


def test_the_examples_hold() -> None:
    assert doctest.testmod(list_and_word_parser).failed == 0
    assert doctest.testmod(list_and_word_parser).attempted == 3


@pytest.mark.parametrize("comma", [",", "،", "\uff0c", "、", ";", "؛", "\uff1b"])
def test_any_comma_parts_a_list(comma: str) -> None:
    watch = Watch(words=f"strike{comma} 罢工")
    assert watch.concerns("Strike at the port")
    assert watch.concerns("港口罢工")
    assert not watch.concerns("rain")
    codes = CodesForm({"codes": f"ABC{comma}DEF"})
    codes.is_valid()
    assert codes.cleaned_data["codes"] == ["ABC", "DEF"]
    slots = SlotsForm({"slots": f"Stewards{comma} 6\nTea{comma}2"})
    assert slots.is_valid(), slots.errors
    assert slots.cleaned_data["slots"] == [("Stewards", 6), ("Tea", 2)]
    assert [(s.name, s.headcount) for s in parse_section_lines(f"东楼{comma}120")] == [("东楼", 120)]


def test_a_full_width_colon_stands_before_a_headcount() -> None:
    assert [(s.name, s.headcount) for s in parse_section_lines("东楼\uff1a120户")] == [("东楼", 120)]


def test_a_chinese_slogan_is_measured_by_its_signs() -> None:
    assert count_syllables("冬天来了要暖气") == 7
    assert [w.what for w in find_readability_warnings("要暖气要账单", "zh", {})] == []
    long = "我们全体租户要求房东在十二月一日以前修好所有锅炉并公开账单"
    assert {"long", "breath"} <= {w.what for w in find_readability_warnings(long, "zh", {})}
