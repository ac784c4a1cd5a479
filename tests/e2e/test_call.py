"""From a decision to the flyer on a phone: written, refused, read by a second person, out, and found again on the street."""

from time import monotonic

import pytest
from playwright.sync_api import Browser

from massline.desk.call.materials.sheets import Sheet
from tests.e2e.act import moment
from tests.e2e.house import House
from tests.e2e.walker import Walker

FIVE_MINUTES = 300


@pytest.mark.browser
def test_from_decision_to_flyer_on_a_phone(noor: Walker, demo_house: House, browser: Browser) -> None:
    set_how(noor)
    began = monotonic()
    write(noor)
    read_by_another(noor, Walker(browser, demo_house.desk, width=360))
    page = noor.page.url
    flyer = noor.fetch(noor.href("flyers"))
    assert flyer.startswith(b"%PDF-")
    assert monotonic() - began < FIVE_MINUTES
    in_spanish(noor)
    short = print_and_pass_on(noor)
    neighbour = Walker(browser, demo_house.square, scripts=False, width=360)
    neighbour.go(short)
    neighbour.reads("Warm stairs for Block C!")
    neighbour.reads("¡Escaleras calientes!")
    noor.go(page)
    noor.shows("ways-people-came")


def set_how(noor: Walker) -> None:
    """The union wants a second pair of eyes."""
    noor.go("/riverside/call/")
    noor.press_part("call-settings")
    noor.page.locator("main [name=second_eyes]").check()
    noor.press_part("save")
    noor.shows("call-settings-kept")


def write(noor: Walker) -> None:
    noor.go("/riverside/decide/record/")
    noor.fill(
        title="We meet in the yard of Block C",
        why="The stairs are cold.",
        forecast="Forty come.",
        review_on=moment(30, 9)[:10],
    )
    noor.page.locator("main [name=demands]").first.check()
    noor.page.locator("main [name=owner]").select_option(label="Noor")
    noor.press_part("save-decision")
    noor.go("/riverside/call/")
    noor.press_part("make-call")
    noor.fill(slogan="The stairs must be heated", what="We stand in the yard", ask="Sign, share and donate")
    noor.press_part("save-and-look")
    for missing in ("when", "one-ask", "who-acts"):
        noor.shows(missing)
    noor.press_part("change-words")
    noor.fill(
        slogan="Warm stairs for Block C!",
        ask="Come, and bring one neighbour.",
        starts_at=moment(6, 11),
        place="The yard of Block C",
    )
    noor.press_part("save-and-look")
    noor.shows("second-reader-needed")


def read_by_another(noor: Walker, ida: Walker) -> None:
    page = noor.page.url
    noor.go("/riverside/guard/")
    noor.page.locator("main [name=role]").select_option("2")
    noor.press_part("make-link")
    ida.come_in(noor.page.locator("#address").input_value(), "Ida")
    ida.go(page)
    ida.press_part("have-read")
    noor.go(page)
    noor.shows("read-by", "Ida")
    noor.press_part("publish-call")
    noor.shows("share-call")


def in_spanish(noor: Walker) -> None:
    noor.press_part("translate")
    noor.page.locator("main [name=language]").select_option("es")
    noor.press_part("write-translation")
    noor.fill(slogan="¡Escaleras calientes!", what="Nos vemos en el patio", ask="Ven con una vecina")
    noor.press_part("add-version")
    noor.reads("¡Escaleras calientes!")


def print_and_pass_on(noor: Walker) -> str:
    noor.press_part("print-kit")
    for printable in (Sheet.SIGN_IN, Sheet.WALLET):
        assert noor.page.locator(f"main a[href*='{printable}.pdf']").count(), printable
    for way in ("#sms-en", "#frame"):
        assert noor.page.locator(way).count(), way
    poster = noor.page.locator("main a[href*='tear-off.pdf'][href*='in=es']").first.get_attribute("href")
    assert poster
    assert noor.fetch(poster).startswith(b"%PDF-")
    message = noor.page.locator("#sms-en").input_value()
    code = message.rsplit("/-", 1)[1].split("/")[0]
    return f"/-{code}/p"
