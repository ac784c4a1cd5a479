"""Catalogues are kept in memory for good, so nobody can make us keep more of them; unseen signs are taken out."""

import re
from pathlib import Path

import pytest
from django.utils.translation import trans_real

import massline
from massline.core.invisible_characters import (
    has_invisible_characters,
    strip_control_characters,
    to_single_line,
)
from massline.desk.people.models import Organisation
from massline.web.language_choice import in_language, known_language
from tests.conftest import DoorClient

SPEAKERS = re.compile(r"translation\.(?:override|activate)\(")


def test_no_word_in_an_address_a_header_or_a_field_makes_us_keep_a_catalogue(
    riverside: Organisation, nobody: DoorClient
) -> None:
    """W1: each random ?in= on a frame kept 41 KB for good."""
    nobody.get("/riverside/frame/")
    before = set(vars(trans_real)["_translations"])
    for word in ("xx1", "xx-yy", "klingon", "e" * 300, "es-xxxxx", "../../en", "\u0130"):
        for address in ("/riverside/frame/", "/riverside/next/", "/riverside/events.ics", "/riverside/"):
            nobody.get(address, {"in": word}, HTTP_ACCEPT_LANGUAGE=word.encode("ascii", "ignore").decode())
        with in_language(word):
            assert known_language(word) in ("en", "es")
    assert set(vars(trans_real)["_translations"]) <= before | {"en", "es", "ar"}


def test_languages_are_spoken_through_the_list_of_known_ones_alone() -> None:
    folder = Path(massline.__file__).parent
    speakers = {
        str(file.relative_to(folder)) for file in folder.rglob("*.py") if SPEAKERS.search(file.read_text())
    }
    assert speakers == {"web/language_choice.py", "desk/guard/access.py"}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Mass\x0bmeeting", "Mass meeting"),
        ("\u202estnaneT\u202c", "stnaneT"),
        ("a\u00adb\u200bc", "abc"),
        ("line\r\nbreak\x00\x1b[31m", "line break[31m"),
        ("نمی\u200cدانم", "نمی\u200cدانم"),
    ],
)
def test_signs_that_nobody_sees_are_taken_out_of_one_line(written: str, kept: str) -> None:
    assert to_single_line(written) == kept


def test_lines_stay_lines_where_there_are_several() -> None:
    assert strip_control_characters("one\r\n\ttwo\x0b\x07") == "one\r\n\ttwo"
    assert has_invisible_characters("a\u200db")
