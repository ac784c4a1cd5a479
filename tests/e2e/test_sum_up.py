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
    ask_a_machine(noor, draft_server)
    answer(noor)
    neighbour = Walker(browser, demo_house.square, scripts=False, width=360, moves=True)
    neighbour.go("/riverside/answers/")
    neighbour.reads("Because the three were repaired first.")
    neighbour.shows("answered-on")
    neighbour.go("/riverside/")
    neighbour.shows("asked")
    neighbour.press(REPORT)
    assert neighbour.prints_on() == 1
    assert sheets_in(neighbour.fetch(neighbour.href("print-report"))) == 1
    neighbour.press_answer("heard", "1")
    noor.go("/riverside/sum-up/")
    noor.press(REPORT)
    noor.shows("heard-right-count", 10, 2, 1, 13)


def go_on_with_the_draft(noor: Walker) -> None:
    noor.go("/riverside/sum-up/")
    noor.page.get_by_role("link", name=DRAFT).click()
    noor.look(noor.page.reload())
    for words in (
        "last-time",
        "themes",
        "mood",
        "open-questions",
    ):
        noor.shows(words)
    noor.reads("Heating failures in the city")
    noor.reads("“Half” is not what the cited data show.")
    noor.press_part("restore")
    noor.shows("claim-restored")
    noor.page.locator("summary", has_text=" of ").first.click()
    noor.fill(text="Half a sentence, kept")
    noor.press_part("these-voices")
    assert noor.page.locator("main [name=text]").first.input_value() == "Half a sentence, kept"
    noor.press_part("all-voices")
    assert noor.page.locator("main [name=text]").first.input_value() == "Half a sentence, kept"


def make_a_quote_safe(noor: Walker) -> None:
    noor.go(noor.href("recognisable"))
    noor.reads("Take out Mrs. Aydin (perhaps a name)")
    noor.press_part("save-ticked")
    noor.shows("quotes-kept", 1)
    noor.press_part("back-to-sum-up")
    noor.unfold_part("quotes-count")
    noor.reads("sleeps in the kitchen. Ring me, […], I have her key.")


def ask_a_machine(noor: Walker, machine: Machine) -> None:
    """Exactly what was read leaves; what comes back is marked, and stands for nothing before it cites somebody."""
    noor.press_part("ask-machine")
    shown = noor.page.locator("#body").input_value()
    assert "[…] sleeps in the kitchen. Ring me, […]" in shown
    assert not machine.bodies, "something left before anybody said so"
    noor.press_part("send-draft")
    assert [body.decode() for body in machine.bodies] == [shown]
    noor.shows("draft-added", 3)
    noor.shows("by-machine")
    noor.shows("no-quotes")


def answer(noor: Walker) -> None:
    noor.go("/riverside/sum-up/answers/")
    noor.page.locator("li", has_text="Nos prometieron").locator(
        "button[data-part~=answer-question]:visible"
    ).click()
    noor.look(noor.page.reload())
    noor.fill(text="Because the three were repaired first.", sources="The letter of the landlord")
    noor.press_part("answer-publicly")
    noor.shows("answered")
