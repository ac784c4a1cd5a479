"""From login to a published report-back on words that were brought in, by somebody new, with nothing but the pages."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest
from playwright.sync_api import Browser

from massline.embed import find
from tests.e2e import hearing
from tests.e2e.counting import COUNTING, counted
from tests.e2e.house import House
from tests.e2e.walker import Walker, sheets_in

DATA = "data/themes/polis-opendata/15-per-hour-seattle.tsv"
ASKED = "What should change about the wages?"
ROUND = "/mill-street/listen/1/"
VOICES = 120


@pytest.mark.browser
def test_a_newcomer_gives_back_what_was_heard(empty_house: House, browser: Browser, shared: Path) -> None:
    amal, bea = Walker(browser, empty_house.desk, width=360), Walker(browser, empty_house.desk)
    amal.context.add_init_script(COUNTING)
    words = real_words(shared / DATA)
    hearing.come_in_and_found(amal, empty_house.way_in)
    open_round(amal)
    bring_in(amal, words)
    sum_up(amal, words)
    hearing.invite(amal, bea)
    bea.go("/mill-street/sum-up/")
    bea.press("What the wages do to us")
    bea.press("I read it against the words: sign")
    amal.go("/mill-street/sum-up/")
    amal.press("What the wages do to us")
    amal.press("Publish the report-back")
    amal.reads("Published.")
    read_on_the_square(Walker(browser, empty_house.square, scripts=False, width=360), words)
    presses, fields = counted(amal)
    assert presses <= 40, f"{presses} presses are more than a newcomer finds"
    assert fields <= 25, f"{fields} fields are more than a newcomer fills in"


def real_words(file: Path) -> list[str]:
    with file.open(newline="") as rows:
        said = [row["text"] for row in csv.DictReader(rows, delimiter="\t")]
    return [text for text in said if 20 < len(text) < 300 and not find(text)][:VOICES]


def open_round(amal: Walker) -> None:
    amal.press("Listen", within="body")
    amal.press("Open a listening round")
    amal.fill(question=ASKED)
    amal.press("Open the round")


def bring_in(amal: Walker, words: list[str]) -> None:
    """Take in the file of a shift: what phones had kept where there was no network."""
    amal.press("Write down what you heard")
    sections = [one.get_attribute("value") for one in amal.page.locator("main [name=section]").all()]
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    reports = [
        {
            "uuid": str(uuid5(NAMESPACE_URL, text)),
            "section": sections[number % len(sections)],
            "channel": "door",
            "people": 1,
            "mood": 1 + number % 5,
            "day": day,
            "voices": [{"text": text, "kind": "said"}],
        }
        for number, text in enumerate(dict.fromkeys(words))
    ]
    amal.press("Take in a file from a phone")
    parcel = json.dumps({"reports": reports}).encode()
    amal.page.locator("[name=parcel]").set_input_files(
        {"name": "reports.json", "mimeType": "application/json", "buffer": parcel}
    )
    amal.press("Take it in")
    amal.reads(f"{len(reports)} reports are kept.")


def sum_up(amal: Walker, words: list[str]) -> None:
    amal.press("Sum up", within="body")
    amal.press("Sum it up")
    amal.fill(title="What the wages do to us")
    amal.press("Lay out what we heard")
    claim(amal, "Many speak of what a wage has to buy.", words[-2:])
    claim(amal, "Some see it differently, and say why.", words[-3:-2], minority=True)
    amal.fill(heard="It is the rent that eats the wage.", next_step="We meet on Sunday and decide.")
    amal.press("Keep these words")


def claim(amal: Walker, text: str, quotes: list[str], *, minority: bool = False) -> None:
    amal.fill(text=text)
    for quote in quotes:
        amal.page.locator("label.pick", has_text=quote[:80]).locator("input").first.check()
    if minority:
        amal.page.locator("#composer [name=minority]").check()
    amal.press("Add the claim")


def read_on_the_square(neighbour: Walker, words: list[str]) -> None:
    """Anybody reads it, to the byte, and prints it."""
    neighbour.go("/mill-street/")
    neighbour.page.locator("main a[href*='/said/']").first.click()
    neighbour.reads("Many speak of what a wage has to buy.")
    for folded in neighbour.page.locator("main summary").all():
        folded.click()
    quoted = neighbour.page.locator("main .exact, main blockquote").all_inner_texts()
    assert all(any(word in text for text in quoted) for word in words[-3:])
    sheet = neighbour.fetch(neighbour.href("Print it: one sheet of A4 (PDF)"))
    assert sheets_in(sheet) == 1
    assert neighbour.prints_on() == 1
