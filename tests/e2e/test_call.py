"""From a decision to the flyer on a phone: written, refused, read by a second person, out, and found again on the street."""

import subprocess
import sys
from time import monotonic

import pytest
from playwright.sync_api import Browser

from tests.e2e.act import moment
from tests.e2e.house import House, environment
from tests.e2e.walker import Walker

FIVE_MINUTES = 300


@pytest.mark.browser
def test_from_decision_to_flyer_on_a_phone(noor: Walker, demo_house: House, browser: Browser) -> None:
    set_how(noor)
    began = monotonic()
    write(noor)
    read_by_another(noor, Walker(browser, demo_house.desk, width=360), demo_house)
    page = noor.page.url
    flyer = noor.fetch(noor.href("Two flyers (A5)"))
    assert flyer.startswith(b"%PDF-")
    assert monotonic() - began < FIVE_MINUTES
    in_spanish(noor)
    short = print_and_pass_on(noor)
    neighbour = Walker(browser, demo_house.square, scripts=False, width=360)
    neighbour.go(short)
    neighbour.reads("Warm stairs for Block C!")
    neighbour.reads("¡Escaleras calientes!")
    noor.go(page)
    noor.reads("Where people found it")


def set_how(noor: Walker) -> None:
    """The union wants a second pair of eyes."""
    noor.go("/riverside/call/")
    noor.press("Settings for calls")
    noor.page.locator("main [name=second_eyes]").check()
    noor.press("Save")
    noor.reads("Saved. This applies to every call from now on.")


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
    noor.press("Save the decision")
    noor.go("/riverside/call/")
    noor.press("Make the call")
    noor.fill(slogan="The stairs must be heated", what="We stand in the yard", ask="Sign, share and donate")
    noor.press("Save and preview")
    for words in (
        "The day and time are missing.",
        "It asks for two things.",
        "The slogan doesn’t say who acts.",
    ):
        noor.reads(words)
    noor.press("Edit the call")
    noor.fill(
        slogan="Warm stairs for Block C!",
        ask="Come, and bring one neighbour.",
        starts_at=moment(6, 11),
        place="The yard of Block C",
    )
    noor.press("Save and preview")
    noor.reads("A second person must read it")


def read_by_another(noor: Walker, ida: Walker, house: House) -> None:
    """Somebody whom Noor did not let in: two names of one person are not two persons."""
    page = noor.page.url
    made = subprocess.run(
        [sys.executable, "-m", "tests.e2e.server_invitation"],
        env=environment(house.data),
        check=True,
        capture_output=True,
        text=True,
    )
    ida.come_in(f"{house.desk}/come-in/{made.stdout.split()[-1]}/", "Ida")
    ida.go(page)
    ida.press("I have read it: it can be published")
    noor.go(page)
    noor.reads("Ida read it and approved it.")
    noor.press("Publish the call")
    noor.reads("Plan how to carry it out")


def in_spanish(noor: Walker) -> None:
    noor.press("Add a language")
    noor.page.locator("main [name=language]").select_option("es")
    noor.press("Write this version")
    noor.fill(slogan="¡Escaleras calientes!", what="Nos vemos en el patio", ask="Ven con una vecina")
    noor.press("Publish it with the others")
    noor.reads("¡Escaleras calientes!")


def print_and_pass_on(noor: Walker) -> str:
    noor.press("Posters, flyers, texts to share")
    for words in ("Sign-in sheet", "Wallet cards", "Another website", "Text message"):
        noor.reads(words)
    poster = noor.page.locator("main a[href*='tear-off.pdf'][href*='in=es']").first.get_attribute("href")
    assert poster
    assert noor.fetch(poster).startswith(b"%PDF-")
    message = noor.page.locator("#sms-en").text_content() or ""
    code = message.rsplit("/-", 1)[1].split("/")[0]
    return f"/-{code}/p"
