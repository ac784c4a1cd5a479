"""An election on phones: prepared and counted by an organiser, voted on by card without scripts, read by everybody."""

import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.house import House
from tests.e2e.walker import Walker, sheets_in

CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b")
PAPER = "1 2 -\n1 - 2\n- 2 1\n2 1 -\n1 3 2"


@pytest.mark.browser
def test_an_election_from_the_draft_to_the_public_count(
    noor: Walker, demo_house: House, browser: Browser, tmp_path: Path
) -> None:
    prepare(noor)
    ballot = noor.href("The public page")
    voter = Walker(browser, demo_house.square, scripts=False, width=360)
    voter.go(ballot)
    own, *others = print_cards(noor, tmp_path)
    vote(voter, own)
    for code in others:
        vote_at_once(Walker(browser, demo_house.square, scripts=False, width=360), ballot, code)
    type_in_paper(noor)
    noor.press_part("close-election")
    noor.fill(dice="3 1 6 6 2", entitled="30")
    noor.press_part("count-election")
    noor.reads("Rosa")
    voter.go(ballot)
    voter.reads("10 of 30")
    assert voter.fetch(voter.page.locator("[data-part=ballots-file]").get_attribute("href") or "")
    noor.press_part("record-decision")
    noor.press("Save the decision")
    noor.press_part("election-behind")
    noor.press_part("decision-on-it")


def prepare(noor: Walker) -> None:
    noor.go("/riverside/decide/elections/")
    closes_at = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    noor.fill(
        title="Who opens the laundry?",
        options="Rosa: block B\nInes\nTom: block D",
        decides="They keep the key until June.",
        who="All blocks",
        closes_at=closes_at,
    )
    noor.page.locator("main [name=method][value=instant-runoff]").check()
    noor.page.locator("main [name=may_close_early]").check()
    noor.press_part("make-election")
    noor.press_part("publish-election")


def print_cards(noor: Walker, folder: Path) -> list[str]:
    """Print paper ballots and as many cards as the figures need beside paper; the codes that stand on the cards."""
    assert sheets_in(noor.download(lambda: noor.page.locator("[data-part=print-papers]").click())) == 10
    noor.fill(most="5")
    cards = folder / "cards.pdf"
    cards.write_bytes(noor.download(lambda: noor.page.locator("[data-part=print-cards]").click()))
    words = subprocess.run(["pdftotext", cards, "-"], capture_output=True, text=True, check=True).stdout
    codes = sorted(set(CODE.findall(words)))
    assert len(codes) == 5, "each card bears a code"
    return codes


def vote(voter: Walker, code: str) -> None:
    voter.press_part("enter-code")
    voter.fill(code=code)
    voter.press_part("log-in")
    for option in ("1", "2"):
        voter.page.locator(f"main [name=option-{option}]").select_option("1")
    with voter.page.expect_navigation() as arrival:
        voter.page.locator("[data-part=cast-ballot]").click()
    voter.look_at_refusal(arrival.value)
    voter.page.locator("main [name=option-2]").select_option("2")
    voter.press_part("cast-ballot")
    assert voter.page.locator("[data-part=ballot-kept]").is_visible()


def vote_at_once(voter: Walker, ballot: str, code: str) -> None:
    voter.go(ballot)
    voter.press_part("enter-code")
    voter.fill(code=code)
    voter.press_part("log-in")
    voter.page.locator("main [name=option-1]").select_option("1")
    voter.press_part("cast-ballot")


def type_in_paper(noor: Walker) -> None:
    noor.page.reload()
    noor.fill(name="Table 1", text=PAPER)
    noor.press_part("type-in-pile")
    noor.page.locator("[data-part=pile] summary").click()
    noor.page.locator("[data-part=pile] textarea").fill(PAPER)
    noor.press_part("check-pile")
    assert noor.page.locator("[data-part=pile-agrees]").is_visible()
