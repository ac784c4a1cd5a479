"""The bench in a real browser: themes, numbers, who could be recognised, a machine's draft, and an answer in the open."""

import pytest
from playwright.sync_api import Browser

from tests.desk.sumup.draft_server import Machine
from tests.e2e.house import House
from tests.e2e.walker import Walker, sheets_in

REPORT = "What five blocks said about the heating"
DRAFT = "Three dates, and two blocks without"


@pytest.mark.browser
def test_noor_goes_on_with_a_sum_up_and_answers_a_question(
    demo_house: House, draft_server: Machine, browser: Browser
) -> None:
    noor = Walker(browser, demo_house.desk)
    noor.come_in(demo_house.way_in, "Noor")
    go_on_with_the_draft(noor)
    make_a_quote_safe(noor)
    ask_who_is_left_out(noor)
    ask_a_machine(noor, draft_server)
    answer(noor)
    neighbour = Walker(browser, demo_house.square, scripts=False, width=360, moves=True)
    neighbour.go("/riverside/answers/")
    neighbour.reads("Because the three were repaired first.")
    neighbour.reads("Answered on")
    neighbour.go("/riverside/")
    neighbour.reads("You asked, we answered")
    neighbour.press(REPORT)
    assert neighbour.prints_on() == 1
    assert sheets_in(neighbour.fetch(neighbour.href("Print it (PDF, one A4 page)"))) == 1
    neighbour.press("Yes, you did")
    noor.go("/riverside/sum-up/")
    noor.press(REPORT)
    noor.reads("10 people answered.")  # thirteen did; a step of fewer than five people waits


def go_on_with_the_draft(noor: Walker) -> None:
    noor.go("/riverside/sum-up/")
    noor.page.get_by_role("link", name=DRAFT).click()
    noor.look(noor.page.reload())
    for words in (
        "Last time: did we hear you right?",
        "“Half” does not match the data.",
    ):
        noor.reads(words)
    assert noor.page.evaluate("document.documentElement.scrollHeight") <= 3300
    noor.press("Put it back")
    noor.reads("Finding is back in its place")
    place_a_slip(noor)
    for fold in ("mood", "questions", "pulse"):
        noor.page.locator(f"main .shelf a[href$='#{fold}']").click()
        noor.page.locator(f"details[open] > #{fold}").wait_for(state="attached")
        if fold == "pulse":
            noor.reads("Heating failures in the city")
        noor.page.go_back()
    noor.press("Every word and number")
    noor.unfold("What many people talk about")
    noor.page.locator("summary", has_text=" of ").first.click()
    noor.fill(text="Half a sentence, kept")
    noor.press("Show only these voices")
    assert noor.page.locator("main [name=text]").first.input_value() == "Half a sentence, kept"
    noor.press("Show all again")
    assert noor.page.locator("main [name=text]").first.input_value() == "Half a sentence, kept"


def place_a_slip(noor: Walker) -> None:
    """One press puts a slip with a finding; it can be taken back, left out, and begin a finding of its own."""
    first = noor.page.locator("li.slip").first
    words = first.locator("blockquote").inner_text()
    with noor.page.expect_navigation():
        first.locator("button[name=to]").first.click()
    tray = noor.page.locator("li.tray").first
    tray.locator("summary").first.click()
    assert words in tray.inner_text()
    with noor.page.expect_navigation():
        tray.locator("li", has_text=words).get_by_role("button").click()
    assert words in noor.page.locator("li.slip").first.inner_text()
    noor.press("Leave it out")
    noor.press("Left out")
    noor.reads(words)


def make_a_quote_safe(noor: Walker) -> None:
    noor.press(DRAFT)
    noor.go(noor.href("Could anyone be recognised?"))
    noor.reads("Replace Mrs. Aydin")
    noor.press("Save what I ticked")
    noor.reads("Saved: 1 quote as you left it.")
    noor.press("Back to the summary")
    noor.page.locator("summary", has_text="2 slips").first.click()
    noor.reads("“[…] sleeps in the kitchen. Ring me, […], I have her key.”")


def ask_who_is_left_out(noor: Walker) -> None:
    noor.go(noor.href("Who is not in here?"))
    noor.reads("Who is not in here?")
    noor.press("Back to the summary")


def ask_a_machine(noor: Walker, machine: Machine) -> None:
    """Exactly what was read leaves; what comes back is marked, and stands for nothing before it cites somebody."""
    noor.press("Every word and number")
    noor.press("Ask the machine for a first draft")
    shown = noor.page.locator("#body").input_value()
    assert "[…] sleeps in the kitchen. Ring me, […]" in shown
    assert not machine.bodies, "something left before anybody said so"
    noor.press("I have read it: send it")
    assert [body.decode() for body in machine.bodies] == [shown]
    noor.reads("3 suggestions added at the end.")
    noor.reads("written by a machine")
    noor.reads("No quotes yet.")


def answer(noor: Walker) -> None:
    noor.go("/riverside/sum-up/answers/")
    noor.page.locator("li", has_text="Nos prometieron").get_by_role("link", name="Answer this").click()
    noor.look(noor.page.reload())
    noor.fill(text="Because the three were repaired first.", sources="The letter of the landlord")
    noor.press("Publish the answer")
    noor.reads("Answered. It is on our public page, with how long it took.")
