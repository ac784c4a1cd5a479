"""One way to reach somebody is one text, however it was written."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massline.core.contact_points import (
    ContactMethod,
    fold_contact_point,
    normalise_contact_point,
    parse_contact_point,
    readable_contact_point,
    split_contact_points,
)
from massline.core.person_names import may_be_same_person
from massline.core.phone_countries import calling_countries, phone_country


@pytest.mark.parametrize(
    ("written", "country", "kept"),
    [
        ("+49 30 23125001", "", "+493023125001"),
        ("030 23125001", "DE", "+493023125001"),
        ("0049 30 23125001", "DE", "+493023125001"),
        ("0049 30 23125001", "US", "+493023125001"),
        ("+49 (0)30 23125001", "ES", "+493023125001"),
        ("030/231-25001", "DE", "+493023125001"),
        ("tel:+49-30-23125001", "", "+493023125001"),
        ("4917012345678", "DE", "+4917012345678"),
        ("612 345 678", "ES", "+34612345678"),
        ("23 12 52 50", "DK", "+4523125250"),
        ("+44 (0)20 7946 0018", "DK", "+442079460018"),
        ("٠١٠ ١٢٣٤ ٥٦٧٨", "EG", "+201012345678"),
        ("Rosa <Rosa@Post.Example>", "", "Rosa@post.example"),
        ("mailto:rosa+union@post.example", "", "rosa+union@post.example"),
        ("ro\u00adsa@post\u200b.example", "", "rosa@post.example"),
        ("rosa@BÜCHER.example", "", "rosa@bücher.example"),
        ("rosa@xn--bcher-kva.example", "", "rosa@bücher.example"),
        ("@Rosa_Luz", "", "@rosa_luz"),
        ("https://t.me/Rosa_Luz", "", "@rosa_luz"),
        ("Telegram: @rosa_luz", "", "@rosa_luz"),
        ("@Rosa:Matrix.Example", "", "@rosa:matrix.example"),
        ("https://matrix.to/#/@rosa:matrix.example", "", "@rosa:matrix.example"),
        ("@rosa@social.example", "", "@rosa@social.example"),
        ("telegram:12345", "", "telegram:12345"),
    ],
)
def test_every_notation_of_one_way_is_kept_the_same(written: str, country: str, kept: str) -> None:
    assert normalise_contact_point(written, country=country) == kept
    point = parse_contact_point(written, country=country)
    assert parse_contact_point(kept) == point is not None


@pytest.mark.parametrize(
    "written",
    [
        "",
        "?",
        "rosa@",
        "rosa@post",
        "a@x.example, b@x.example",
        "ask Ana",
        "+49 1",
        "030 1234567 ext. 5",
        "@",
        "7",
    ],
)
def test_what_reaches_nobody_is_told_apart_and_kept_as_it_is(written: str) -> None:
    assert parse_contact_point(written, country="DE") is None
    assert normalise_contact_point(written, country="DE") == written


def test_a_number_without_a_country_reaches_nobody_where_nobody_said_which() -> None:
    assert parse_contact_point("030 23125001") is None


@given(st.text(max_size=40), st.sampled_from(["", "DE", "US", "EG"]))
def test_the_one_form_stays_as_it_is(written: str, country: str) -> None:
    kept = normalise_contact_point(written, country=country)
    if parse_contact_point(written, country=country) is not None:
        assert normalise_contact_point(kept, country=country) == kept
        assert normalise_contact_point(kept) == kept


@given(st.from_regex(r"0[1-9][0-9]{6,9}", fullmatch=True), st.lists(st.sampled_from(" -/().")), st.data())
def test_gaps_and_signs_between_figures_make_no_other_number(number: str, gaps: list[str], data: Any) -> None:
    places = sorted(data.draw(st.integers(1, len(number) - 1)) for _gap in gaps)
    written = list(number)
    for place, gap in zip(reversed(places), gaps, strict=True):
        written.insert(place, gap)
    assert parse_contact_point("".join(written), country="DE") == parse_contact_point(number, country="DE")


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        ("di@example.org; di2@example.org", ["di@example.org", "di2@example.org"]),
        ("+1 555-0133 / +1 555-0135", ["+15550133", "+15550135"]),
        ("030 1234567/030 7654321", ["+49301234567", "+49307654321"]),
        ("030/23125001", ["+493023125001"]),
        ("di@example.org ::: di@example.org", ["di@example.org"]),
        ("ask Di, flat 4", ["ask Di, flat 4"]),
        ("", []),
    ],
)
def test_several_ways_in_one_cell_are_taken_apart(cell: str, points: list[str]) -> None:
    assert split_contact_points(cell, country="DE") == points


def test_a_number_is_read_out_with_its_gaps() -> None:
    assert readable_contact_point("+493023125001") == "+49 30 23125001"
    assert readable_contact_point("@rosa") == "@rosa"


def test_the_country_is_the_one_chosen_then_the_installations_then_that_of_the_zone(settings: Any) -> None:
    settings.SMS_COUNTRY = ""
    assert phone_country("", "Europe/Madrid") == "ES"
    assert phone_country("", "UTC") == ""
    for written in ("+49", "0049", "DE", "de"):
        settings.SMS_COUNTRY = written
        assert phone_country("", "Europe/Madrid") == "DE"
    settings.SMS_COUNTRY = "nowhere"
    assert phone_country("", "Europe/Madrid") == "ES"
    assert phone_country("DK", "Europe/Madrid") == "DK"
    assert ("DE", "DE +49") in calling_countries()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ana", "ANA", True),
        ("Ana", "Ana Ruiz", True),
        ("Ruiz, Ana", "Ana Ruíz", True),
        ("Ana", "Ben", False),
        ("Ana Ruiz", "Ana Öz", False),
        ("أميرة", "سلمى", False),
        ("🌻", "Ben", False),
        ("", "Ben", True),
    ],
)
def test_people_with_one_phone_are_told_apart_by_name(one: str, other: str, same: bool) -> None:
    assert may_be_same_person(one, other) is same


def test_an_unknown_kind_of_handle_is_written_to_by_hand() -> None:
    point = parse_contact_point("@rosa")
    assert point is not None
    assert point.method == ContactMethod.HANDLE


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("+49 170 123-456", "+49170123456"),
        ("(0170) 12 34.56/7", "01701234567"),
        ("١٢٣٤٥٦٧", "1234567"),
        ("12345", "12345"),
        ("123 456", "123456"),
        ("12 345", "12345"),
        ("12-34-56", "123456"),
        ("12-345", "12-345"),
        ("Rosa@Post.Example ", "rosa@post.example"),
        ("ROSA 170123456@x", "rosa170123456@x"),
        ("@rosa_luz 12345678", "@rosa_luz12345678"),
        ("tel 0170123456", "tel0170123456"),
        ("ｒｏｓａ", "rosa"),
        ("+", "+"),
    ],
)
def test_a_contact_point_is_known_however_it_is_written(written: str, known: str) -> None:
    assert fold_contact_point(written) == known
