"""What is changed, let go and handed on after the first time: ways in, statements, claims, lines, forces, plans and a common text."""

import pytest
from playwright.sync_api import Browser

from tests.e2e.house import House
from tests.e2e.walker import Walker

ADDED = "Whoever checks a boiler writes down the day."
TITLE = "What three unions hold together"


@pytest.mark.browser
def test_second_thoughts_on_a_phone(noor: Walker, demo_house: House, browser: Browser) -> None:
    hand_out_a_way_in(noor, Walker(browser, demo_house.square, scripts=False, width=360))
    ask_more(noor)
    # The pages that follow are judged in the stories of their rooms.
    noor.judges = False
    set_the_claims_right(noor)
    let_a_line_go(noor)
    tell_and_plan_a_decision(noor)
    offer_a_text(noor)


def hand_out_a_way_in(noor: Walker, neighbour: Walker) -> None:
    """A link for few: who comes by it is counted apart, and its answers can be set aside, with the reason beside them."""
    noor.go("/riverside/listen/2/ways/")
    noor.page.locator("main [name=level][value=invited]").check()
    noor.fill(name="The choir", most="5")
    noor.press_part("make-cards")
    neighbour.go(noor.page.locator("main .address").inner_text())
    neighbour.press_part("log-in")
    neighbour.press("Agree", exact=True)
    noor.press_part("copied")
    noor.shows("came-in", 1)
    noor.unfold_part("set-aside")
    noor.page.locator("main details[open] [name=reason]").fill("The link was shared far beyond the choir.")
    noor.press_part("keep-setting")
    noor.reads("Not counted: The link was shared far beyond the choir.")
    noor.press_part("withdraw")
    noor.press_part("limit-entry")
    noor.shows("entry-limited")
    noor.press_part("open-entry")


def ask_more(noor: Walker) -> None:
    noor.go("/riverside/listen/2/statements/")
    noor.page.locator("main [name=seeds]").fill(ADDED)
    noor.press_part("add-seeds")
    noor.reads(ADDED)


def set_the_claims_right(noor: Walker) -> None:
    """A claim is reworded, put elsewhere and taken out; it can be put back."""
    noor.go("/riverside/sum-up/")
    noor.press("Three dates, and two blocks without")
    noor.press_part("move-down")
    noor.press_part("change-claim")
    noor.fill(text="A few of us would stop now.")
    noor.press_part("save-change")
    noor.reads("A few of us would stop now.")
    noor.page.locator("main .claims li").nth(1).locator("[data-part~=take-out]").click()
    noor.page.wait_for_load_state()
    noor.press_part("restore")


def let_a_line_go(noor: Walker) -> None:
    noor.go("/riverside/decide/principles/")
    noor.unfold_part("drop-principle")
    noor.page.locator("main details[open] [name=because]").fill("It is said in our statutes now.")
    noor.press_part("end-principle")
    noor.reads("It is said in our statutes now.")
    noor.go("/riverside/decide/forces/")
    noor.press("The city council")
    noor.unfold_part("move-force")
    noor.fill(limits="It owns none of the houses.")
    noor.press_part("change")
    noor.reads("It owns none of the houses.")


def tell_and_plan_a_decision(noor: Walker) -> None:
    noor.go("/riverside/decide/")
    noor.press("We go back, all blocks, for B and C")
    noor.press_part("publish-decision")
    noor.shows("published")
    noor.press_part("make-plan")
    noor.fill(title="Until B and C are warm")
    noor.press_part("begin-plan")
    noor.reads("Until B and C are warm")
    noor.go("/riverside/decide/plans/")
    noor.press("Until every boiler has a date")
    stays = noor.page.get_by_text("Stay in the warm office until six")
    noor.page.locator("button[aria-label*='Stay in the warm office until six']").click()
    stays.wait_for(state="detached")


def offer_a_text(noor: Walker) -> None:
    noor.go("/riverside/decide/unity/")
    noor.fill(title=TITLE, sentences="Nobody is evicted in winter.\nWe tell each other before we act.")
    noor.press_part("offer-unity")
    noor.press_part("invite-organisation")
    noor.press_part("publish")
    noor.shows("not-endorsed", 0, 1)
    for sentence in noor.page.locator("main .judge").all():
        sentence.get_by_label("agree", exact=True).check()
    noor.press_part("save-positions")
    noor.press_part("endorse")
    noor.press_part("publish")
    noor.shows("published")
