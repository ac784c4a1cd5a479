"""Two people, two phones, no shell: each writes down a sheet and proves it, and nothing of the words stays anywhere."""

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.house import House
from tests.e2e.query_counts import COUNTING, counted
from tests.e2e.walker import Walker
from tests.e2e.words import PASSPHRASE

HOUSE = "/mill-street-tenants/"
PAPER = f"{HOUSE}guard/paper/"
# Seconds of somebody who is not in a hurry, on a phone they hold in one hand.
PRESS, FIELD, WORD = 8, 15, 10
MOST_SECONDS = 15 * 60
KEPT_BY_BROWSER = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"


@pytest.mark.browser
def test_two_people_make_the_key_safe_in_a_quarter_of_an_hour(empty_house: House, browser: Browser) -> None:
    lena, omar = (Walker(browser, empty_house.desk, width=360) for _ in range(2))
    bring_both_in(lena, omar, empty_house)
    for walker in (lena, omar):
        walker.context.add_init_script(COUNTING)
    lena.go(HOUSE)
    lena.press_part("key-not-safe", within="header")
    lena.press_part("make-together")
    lena.press_part("start-sheets")
    lena.fill(passphrase=PASSPHRASE)
    lena.press_part("unlock")
    lena.press_part("start-sheets")
    code = lena.page.locator("[data-part=join-code]").inner_text()
    omar.go(f"{PAPER}together/")
    omar.fill(code=code)
    omar.press_part("join-sheets")
    sheets = []
    lena.page.locator("[data-part=show-words]").wait_for()  # her page went on by itself
    for walker in (lena, omar):
        walker.press_part("show-words")
        sheets.append(walker.page.locator(".words li").all_inner_texts())
        assert walker.prints_on() == 1
        walker.press_part("words-on-paper")
    for walker, words in zip((lena, omar), sheets, strict=True):
        for field in walker.page.locator("main input[name^=word_]").all():
            place = int((field.get_attribute("name") or "").removeprefix("word_"))
            field.fill(words[place - 1])
        walker.press_part("prove-sheet")
    assert omar.page.locator("[data-part=key-on-paper]").count()
    lena.page.locator("[data-part=sheets-done]").wait_for()
    lena.go(HOUSE)
    assert not lena.page.locator("[data-part=key-not-safe]").count()
    seconds = sum(PRESS * presses + FIELD * fields for presses, fields in map(counted, (lena, omar)))
    seconds += WORD * sum(map(len, sheets))
    assert seconds <= MOST_SECONDS, f"{seconds} s, one after the other, are more than a quarter of an hour"
    assert all(len(words) == 20 for words in sheets)
    for walker in (lena, omar):
        kept = str(walker.page.evaluate(KEPT_BY_BROWSER)) + str(walker.context.cookies())
        assert not any(text in kept for words in sheets for text in neighbours(words))
    assert found_in(empty_house.data, sheets) == []


def bring_both_in(lena: Walker, omar: Walker, house: House) -> None:
    lena.come_in(house.way_in, "Lena")
    lena.fill(name="Mill Street Tenants", sentence="Ninety flats.", passphrase=PASSPHRASE)
    lena.press_part("found")
    lena.go(f"{HOUSE}guard/members/")
    lena.page.locator("main [name=role][value='3']").check()
    lena.press_part("make-link")
    omar.come_in(lena.page.locator("#address").input_value(), "Omar")
    lena.press_part("close-names", within="header")


def neighbours(words: list[str]) -> set[str]:
    """Return pairs of words as somebody might write them; single words stand in many a text."""
    pairs = list(pairwise(words[3:]))
    return {mark.join(pair) for pair in pairs for mark in (" ", "", ",", ", ", "+", "%20", '","')}


def found_in(folder: Path, sheets: list[list[str]]) -> list[str]:
    """Return the files that hold two words of a sheet side by side, free pages and logs of the database included."""
    texts = [text.encode() for words in sheets for text in neighbours(words)]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "desk.sqlite3" for path in files)
    return [str(path) for path in files if any(text in path.read_bytes() for text in texts)]
