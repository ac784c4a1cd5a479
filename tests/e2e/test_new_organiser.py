"""From login to a published report-back on words that were brought in, by somebody new, with nothing but the pages."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from massline.embed import find_flags
from tests.e2e import listen
from tests.e2e.house import House
from tests.e2e.query_counts import COUNTING, counted
from tests.e2e.walker import Walker, sheets_in

DATA = "data/themes/polis-opendata/15-per-hour-seattle.tsv"
ASKED = "What should change about the wages?"
VOICES = 120


@pytest.mark.browser
def test_a_newcomer_gives_back_what_was_heard(empty_house: House, browser: Browser, shared: Path) -> None:
    amal, bea = Walker(browser, empty_house.desk, width=360), Walker(browser, empty_house.desk)
    amal.context.add_init_script(COUNTING)
    words = real_words(shared / DATA)
    listen.come_in_and_found(amal, empty_house.way_in)
    open_round(amal)
    bring_in(amal, words)
    sum_up(amal, words)
    listen.invite(amal, bea)
    bea.go("/mill-street/sum-up/")
    bea.press("What the wages do to us")
    bea.press("I have checked it against people’s words: sign")
    amal.go("/mill-street/sum-up/")
    amal.press("What the wages do to us")
    amal.press("Publish the report-back")
    amal.reads("Published.")
    read_on_the_square(Walker(browser, empty_house.square, scripts=False, width=360), words)
    presses, fields = counted(amal)
    assert presses <= 32, f"{presses} presses are more than a newcomer finds"
    assert fields <= 22, f"{fields} fields are more than a newcomer fills in"


def real_words(file: Path) -> list[str]:
    with file.open(newline="") as rows:
        said = [row["text"] for row in csv.DictReader(rows, delimiter="\t")]
    return [text for text in said if 20 < len(text) < 300 and not find_flags(text)][:VOICES]


def open_round(amal: Walker) -> None:
    amal.enter("Listen")
    amal.press("Start a listening round")
    amal.fill(question=ASKED)
    amal.press("Start the round")


def bring_in(amal: Walker, words: list[str]) -> None:
    """Bring in the table of a form: a timestamp as such forms write it, and what people said."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["Timestamp", ASKED])
    today = datetime.now(UTC)
    table.writerows([f"{today.month}/{today.day}/{today.year} 10:03:11", text] for text in words)
    amal.press("Import what people said")
    form = {"name": "answers.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode()}
    amal.page.locator("[name=sent]").set_input_files(form)  # type: ignore[arg-type]
    amal.press("Preview")
    amal.reads(f"{len(words)} voices to import.")
    amal.press("Import")
    amal.reads(f"{len(words)} voices.")


def sum_up(amal: Walker, words: list[str]) -> None:
    amal.press("Start the summary")
    amal.fill(title="What the wages do to us")
    amal.press("Show me what we heard")
    quoted = [text[:80] for text in words]
    listen.find_together(amal, "Many speak of what a wage has to buy.", *quoted[-2:])
    listen.find_together(amal, "Some see it differently, and say why.", *quoted[-3:-2], minority=True)
    amal.unfold("What we heard, what we don’t know")
    amal.fill(heard="It is the rent that eats the wage.", next_step="We meet on Sunday and decide.")
    amal.press("Save these words")
    amal.reads("You are the only organiser so far.")


def read_on_the_square(neighbour: Walker, words: list[str]) -> None:
    """Anybody reads it, to the byte, and prints it."""
    neighbour.go("/mill-street/")
    neighbour.page.locator("main a[href*='/said/']").first.click()
    neighbour.reads("Many speak of what a wage has to buy.")
    for folded in neighbour.page.locator("main summary").all():
        folded.click()
    quoted = neighbour.page.locator("main .exact, main blockquote").all_inner_texts()
    assert all(any(word in text for text in quoted) for word in words[-3:])
    sheet = neighbour.fetch(neighbour.href("Print it (PDF, one A4 page)"))
    assert sheets_in(sheet) == 1
    assert neighbour.prints_on() == 1
