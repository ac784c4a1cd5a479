"""At the door without a network: what was written survives the reload, the killed tab and the lost connection."""

import json
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.e2e import listen
from tests.e2e.house import House
from tests.e2e.walker import Walker
from tests.e2e.words import QUESTION

SENTENCES = [
    "  The dryer eats coins…",
    "Wir tragen nasse Wäsche\nfünf Stockwerke hoch.",
    "الغسالة معطلة منذ شهر 🧺",
]
# What has the focus is the first field, and it lies within the screen.
NEXT_FIELD_IS_SEEN = """() => {
  const field = document.activeElement, box = field.getBoundingClientRect();
  return field.name === "text_0" && box.top >= 0 && box.top < innerHeight;
}"""
WRITE = "/mill-street/listen/1/write/"


@pytest.mark.browser
def test_a_shift_without_network_loses_nothing(empty_house: House, browser: Browser) -> None:
    amal = Walker(browser, empty_house.desk, width=360)
    listen.come_in_and_found(amal, empty_house.way_in)
    amal.go("/mill-street/listen/open/")
    amal.fill(question=QUESTION, seeds="The landlord should repair both dryers.")
    amal.press("Start the round")
    amal.go(WRITE)
    amal.page.locator("#door[data-ready=yes]").wait_for()

    amal.context.set_offline(True)
    write(amal.page, SENTENCES[0], kind="question")
    amal.page.reload()
    waits(amal.page, 1)
    write(amal.page, SENTENCES[1])
    amal.page.close(run_before_unload=False)
    again = amal.context.new_page()
    again.goto(empty_house.desk + WRITE)
    waits(again, 2)
    assert again.locator("[name=section]:checked").count() == 1, "where she stands was forgotten"
    write(again, SENTENCES[2])
    again.get_by_role("button", name="End the shift").click()
    again.get_by_text("Your shift stays open").wait_for()

    other = hand_over(again, amal)
    saved = save(again)
    amal.context.set_offline(False)
    again.get_by_text("Everything is sent.").wait_for()
    other.close()

    amal.page = again
    # A browser reports every request that found no network; that was the point.
    amal.complaints.clear()
    assert heard(amal) == sorted(SENTENCES), "each voice once, to the byte"
    take_file(amal, saved)
    assert heard(amal) == sorted(SENTENCES), "what came a second time was kept a second time"

    amal.go(WRITE)
    amal.page.get_by_role("button", name="End the shift").click()
    amal.page.get_by_text("nothing is left on this phone").wait_for()
    left = amal.page.evaluate(
        "Promise.all([indexedDB.databases(), caches.keys(), navigator.serviceWorker.getRegistrations()])"
    )
    assert left == [[], [], []]


def write(page: Page, text: str, kind: str = "said") -> None:
    """Three taps and one sentence."""
    page.locator("[name=text_0]").fill(text)
    page.locator(f"[name=kind_0][value={kind}]").check()
    page.locator("[name=section]").first.check()
    page.locator("[name=mood][value='4']").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved on this phone").wait_for()
    section = page.locator("label:has([name=section]:checked)").inner_text().strip()
    assert page.locator("[data-part=same-section]").inner_text().endswith(section), "used again in silence"
    page.wait_for_function(NEXT_FIELD_IS_SEEN)


def waits(page: Page, reports: int) -> None:
    page.locator(f"#waiting[data-waiting='{reports}']").wait_for()
    assert page.locator("#waiting").inner_text() == f"Not yet sent: {reports}"


def hand_over(page: Page, walker: Walker) -> Page:
    """Show a code; a second phone reads it and holds the report as well."""
    page.get_by_role("button", name="Show it to another phone").click()
    code = page.locator("#code svg")
    code.wait_for()
    picture = (
        Image.open(BytesIO(code.screenshot(scale="css")))
        .convert("L")
        .resize((1400, 1400), Image.Resampling.NEAREST)
    )
    read = zxingcpp.read_barcodes(np.array(picture))
    assert read, "no camera reads this code"
    assert read[0].text.startswith(f"{walker.base}{WRITE}#take=")
    other = walker.context.new_page()
    other.goto(read[0].text)
    other.get_by_text("Copied from the other phone.").wait_for()
    assert "#" not in other.url
    return other


def save(page: Page) -> Path:
    with page.expect_download() as coming:
        page.get_by_role("button", name="Save as a file").click()
    path = coming.value.path()
    assert sorted(r["voices"][0]["text"] for r in json.loads(path.read_text())["reports"]) == sorted(
        SENTENCES
    )
    return path


def take_file(amal: Walker, saved: Path) -> None:
    amal.go(f"{WRITE}file/")
    amal.page.locator("[name=file]").set_input_files(
        {"name": "reports.json", "mimeType": "application/json", "buffer": saved.read_bytes()}
    )
    amal.press("Import the file")
    amal.reads("3 reports saved.")


def heard(amal: Walker) -> list[str]:
    """Every voice of the question, without the quotation marks around it."""
    amal.go("/mill-street/listen/1/voices/")
    quoted: list[str] = amal.page.evaluate(
        "[...document.querySelectorAll('blockquote.voice')].map(words => words.firstChild.data.trim().slice(1, -1))"
    )
    return sorted(quoted)
