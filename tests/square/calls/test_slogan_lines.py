"""A slogan is broken by its sense, and nothing on the picture of a call lies over anything else."""

import json
import re
import subprocess
from itertools import combinations
from pathlib import Path

import pytest

from massline.square.calls.printed.drawn import TEMPLATE
from massline.square.calls.slogan_lines import NO_BREAK, break_slogan
from massline.web import pdf

WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)')
LONG_PLACE = "By the clock at the corner of Harbour Square and Old Mill Street, behind the second gate " * 3
FACTS = {
    "lang": "en",
    "dir": "ltr",
    "spaced": True,
    "organisation": "Riverside Tenants",
    "when": "Saturday 5 December, 18:30",
    "place": "Harbour Hall",
    "stamp": "",
    "what_changed": "",
    "ask": "Come along.",
    "address": "massline.example/-abc234",
    "rows": [],
    "scan": "",
    "imprint": "",
    "picture": "",
    "quote": "",
}


@pytest.mark.parametrize(
    ("slogan", "lines"),
    [
        ("Heat now! We all sign.", "Heat_now!|We_all_sign."),
        ("Warm homes before the frost", "Warm homes before the_frost"),
        ("¡Calor ya! Firmamos todas.", "¡Calor_ya!|Firmamos todas."),
        ("We   stop the rent increase now", "We_stop the_rent increase_now"),
        ("دفّئوا بيوتنا! نوقّع معًا.", "دفّئوا بيوتنا!|نوقّع_معًا."),
        ("One. Two. Three. Four.", "One. Two. Three. Four."),
        ("Heat", "Heat"),
    ],
)
def test_sentences_begin_on_lines_of_their_own_and_short_words_hang_together(slogan: str, lines: str) -> None:
    assert break_slogan(slogan) == lines.replace("_", NO_BREAK).replace("|", "\n")


def test_scripts_without_spaces_are_left_as_they_are() -> None:
    assert break_slogan("现在就要暖气！我们都签名。", is_spaced=False) == "现在就要暖气！我们都签名。"


def test_no_word_is_lost() -> None:
    for slogan in (
        "A b c d e f g h i j k",
        "No one in the dark: switch it on, now and for all of us!",
        "a " * 45,
    ):
        assert break_slogan(slogan).split() == slogan.split()


@pytest.mark.parametrize(
    "slogan",
    ["Heat now! We all sign.", "Heat", "W" * 90, "mm " * 30, "Grundstücksverkehrsgenehmigungszuständigkeit"],
)
@pytest.mark.parametrize(
    "organisation",
    ["Riverside Tenants", "The United Tenants of the Five Blocks by the Harbour and the Mill " * 2],
)
@pytest.mark.parametrize(
    ("place", "stamp"), [("Harbour Hall", ""), (LONG_PLACE[:200], "Changed on Thursday 3 December")]
)
@pytest.mark.parametrize("own", ["", "#3b3a8f"])
def test_nothing_on_the_picture_lies_over_anything_else_or_beyond_the_edge(
    tmp_path: Path, slogan: str, organisation: str, place: str, stamp: str, own: str
) -> None:
    facts = {
        **FACTS,
        "face": {"own": own, "on_own": own and "#ffffff", "letter": own and "R", "mark": ""},
        "slogan": slogan,
        "slogan_lines": break_slogan(slogan),
        "organisation": organisation[:120],
        "place": place,
        "stamp": stamp,
    }
    boxes = measured_boxes(facts, tmp_path)
    assert boxes
    for left, top, right, bottom in boxes:
        assert 60 <= left < right <= 1140, "a word reaches into the margin"
        assert 40 <= top < bottom <= 600
    for first, second in combinations(boxes, 2):
        assert not overlap(first, second), f"{first} lies over {second}"


def measured_boxes(facts: dict[str, object], folder: Path) -> list[tuple[float, float, float, float]]:
    """Boxes of the words as ink: Inter's box reaches a fifth of its height above its capitals, and little below a "g"."""
    file = folder / "picture.pdf"
    inputs = {"facts": json.dumps(facts), "qr": "", "design": "type", "form": "wide"}
    file.write_bytes(pdf.render_pdf(TEMPLATE, inputs, seconds=0))
    told = subprocess.run(
        ["pdftotext", "-bbox", str(file), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert told.count("<page ") == 1
    found = []
    for x, y, right, bottom, _word in WORD.findall(told):
        high = float(bottom) - float(y)
        found.append((float(x), float(y) + high * 0.2, float(right), float(bottom) - high * 0.03))
    return found


def overlap(first: tuple[float, float, float, float], second: tuple[float, float, float, float]) -> bool:
    wide = min(first[2], second[2]) - max(first[0], second[0])
    high = min(first[3], second[3]) - max(first[1], second[1])
    return wide > 1 and high > 1
