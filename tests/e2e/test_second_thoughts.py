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
    """A link for few: who comes by it is counted apart, and one answer alone is never set aside: it would show."""
    noor.go("/riverside/listen/2/ways/")
    noor.page.locator("main [name=level][value=invited]").check()
    noor.fill(name="The choir", most="5")
    noor.press("Make the cards or the link")
    neighbour.go(noor.page.locator("main .address").inner_text())
    neighbour.press("Join")
    neighbour.press("Agree", exact=True)
    noor.press("I have copied it")
    noor.reads("1 joined")
    noor.unfold("Don’t count these answers")
    noor.page.locator("main details[open] [name=reason]").fill("The link was shared far beyond the choir.")
    with noor.page.expect_navigation() as arrival:
        noor.page.locator("main details[open]").get_by_role("button", name="Save changes").click()
    noor.look_at_refusal(arrival.value)
    noor.reads("Fewer than 5 people")
    noor.press("Cancel the unused ones")
    noor.press("Limit it to people with a card, code or invitation")
    noor.reads("Only people with a card, a code or an invitation can answer.")
    noor.press("Open it to everyone")


def ask_more(noor: Walker) -> None:
    noor.go("/riverside/listen/2/statements/")
    noor.page.locator("main [name=seeds]").fill(ADDED)
    noor.press("Add statements")
    noor.reads(ADDED)


def set_the_claims_right(noor: Walker) -> None:
    """A claim is reworded, put elsewhere and taken out; it can be put back."""
    noor.go("/riverside/sum-up/")
    noor.press("Three dates, and two blocks without")
    noor.unfold("Change, move or remove")
    noor.press("Move down")
    noor.unfold("Change, move or remove")
    noor.press("Change", exact=True)
    noor.fill(text="A few of us would stop now.")
    noor.press("Save the change")
    noor.reads("A few of us would stop now.")
    noor.unfold("Change, move or remove")
    noor.press("Remove", exact=True)
    noor.press("Put it back")


def let_a_line_go(noor: Walker) -> None:
    noor.go("/riverside/decide/principles/")
    noor.unfold("Drop this principle")
    noor.page.locator("main details[open] [name=because]").fill("It is said in our statutes now.")
    noor.press("It no longer applies to us")
    noor.reads("It is said in our statutes now.")
    noor.go("/riverside/decide/forces/")
    noor.unfold("The list")
    noor.press("The city council")
    noor.unfold("Change where they stand")
    noor.fill(limits="It owns none of the houses.")
    noor.press("Save the change")
    noor.reads("It owns none of the houses.")
    answer_an_offer(noor)


def answer_an_offer(noor: Walker) -> None:
    """The council's offer waits for an answer; a new rift is written down and seen in the list of who fell out."""
    noor.reads("A round table in May.")
    noor.fill(answer="A date for two boilers first. Then we sit down.")
    noor.press("This is our answer")
    noor.reads("We say: A date for two boilers first.")
    noor.go("/riverside/decide/forces/")
    noor.unfold("The list")
    noor.press("The Harbour Post")
    noor.page.get_by_label("What was it?").select_option("rift")
    noor.page.get_by_label("With whom?").select_option(label="Landlords’ association")
    noor.fill(what="It prints no more of their letters.", source="The Harbour Post, page 3")
    noor.press("Add it")
    noor.go("/riverside/decide/forces/")
    noor.reads("It prints no more of their letters.")


def tell_and_plan_a_decision(noor: Walker) -> None:
    noor.go("/riverside/decide/")
    noor.page.locator("[data-part=rest]").last.click()
    noor.press("We go back, all blocks, for B and C")
    noor.press("Publish the decision")
    noor.reads("It is public")
    noor.press("Make a plan")
    noor.fill(title="Until B and C are warm")
    noor.press("Start the plan")
    noor.reads("Until B and C are warm")
    noor.go("/riverside/decide/plans/")
    noor.press("Until every boiler has a date")
    stays = noor.page.get_by_text("Stay in the warm office until six")
    noor.page.get_by_role("button", name="Remove: Stay in the warm office until six").click()
    stays.wait_for(state="detached")


def offer_a_text(noor: Walker) -> None:
    noor.go("/riverside/decide/unity/")
    noor.fill(title=TITLE, sentences="Nobody is evicted in winter.\nWe tell each other before we act.")
    noor.press("Propose the text")
    noor.press("Make a code for another organisation")
    noor.press("Publish it")
    noor.reads("It is published when everyone agrees to it: 0 of 1 so far.")
    for sentence in noor.page.locator("main .judge").all():
        sentence.get_by_label("agree", exact=True).check()
    noor.press("Save our positions")
    noor.press("We agree to this text")
    noor.press("Publish it")
    noor.reads("It is public")
