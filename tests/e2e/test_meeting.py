"""A mass meeting run from a phone: agenda, speakers, a motion that is changed and counted once, and the next one announced."""

import pytest
from playwright.sync_api import Browser

from tests.e2e import listen
from tests.e2e.act import moment
from tests.e2e.house import House
from tests.e2e.walker import Walker

MOTION = "We hang a list at the laundry door"
AMENDED = "We hang a list at the laundry door, in three languages"


@pytest.mark.browser
def test_an_evening_from_the_agenda_to_the_minute(empty_house: House, browser: Browser) -> None:
    amal = Walker(browser, empty_house.desk, width=360, judges=False)
    listen.come_in_and_found(amal, empty_house.way_in)
    for days, title in ((9, "The next mass meeting"), (2, "Mass meeting")):
        amal.go("/mill-street/act/plan/")
        hours = {"starts_at": moment(days, 18), "ends_at": moment(days, 20)}
        amal.fill(title=title, place="Laundry yard", **hours)
        amal.press("Save the event")
    amal.judges = True
    wall = Walker(browser, empty_house.desk, width=1280)
    wall.context.add_cookies([{**one} for one in amal.context.cookies()])  # type: ignore[typeddict-item]

    agenda(amal)
    speakers(amal, wall)
    amal.judges = False  # the story of a decision has judged these pages
    motion(amal, wall)
    amal.judges = True
    read_out_and_close(amal)


def agenda(amal: Walker) -> None:
    amal.turn_to("hall")
    amal.press("Agenda, speakers and the wall")
    amal.press("Make the agenda")
    amal.fill(title="The dryers", minutes="15", who="Back house")
    amal.press("Add it")
    amal.press("Start The dryers", exact=True)
    amal.reads("15 minutes left")
    assert amal.fetch(amal.href("Print the agenda")).startswith(b"%PDF-")


def speakers(amal: Walker, wall: Walker) -> None:
    """Who has not spoken yet comes first; the wall shows it without anybody touching it."""
    amal.press("The dryers", exact=True)
    amal.fill(name="Rosa")
    amal.press("Add to the list")
    wall.go(f"{amal.page.url.split('/items/')[0]}/wall/")
    wall.reads("The dryers")
    amal.fill(name="Idris")
    amal.page.locator("main [name=is_first_time]").check()
    amal.press("Add to the list")
    wall.page.get_by_text("Idris").wait_for()
    assert wall.page.locator(".speakers li").all_inner_texts() == ["Idris", "Rosa"]
    amal.press("Has spoken Idris", exact=True)


def motion(amal: Walker, wall: Walker) -> None:
    amal.unfold("Propose a motion")
    amal.fill(text=MOTION)
    amal.press("Propose the motion", exact=True)
    wall.page.locator("#wall .lead", has_text=MOTION).wait_for()
    amal.press("Open the motion")
    amal.unfold("Somebody wants to change it")
    amal.page.locator("form[action*='amend'] [name=text]").fill(AMENDED)
    amal.press("Propose the amendment")
    amal.page.locator("form[action*='amendment'] [name=in_favour]").fill("20")
    amal.page.locator("form[action*='amendment'] [name=against]").fill("3")
    amal.press("Enter the show of hands")
    amal.reads("accepted")
    amal.press("Yes", exact=True)
    amal.reads("You have voted by phone.")
    amal.fill(hands_in_favour="21", hands_against="2", paper_in_favour="4")
    amal.press("Enter hands and paper votes")
    amal.fill(present="31", dissent="Two would rather ring the landlord.")
    amal.press("Close the vote")
    amal.reads("Passed")
    wall.go(amal.page.url.replace("/minute/", "/screen/"))
    wall.reads("26 : 2")


def read_out_and_close(amal: Walker) -> None:
    amal.go("/mill-street/act/")
    amal.page.locator("main a", has_text="Mass meeting").first.click()
    amal.turn_to("hall")
    amal.press("Agenda, speakers and the wall")
    amal.press("Read out what was decided")
    for words in (
        AMENDED,
        "26 for, 2 against",
        "Two would rather ring the landlord.",
        "When we meet next",
    ):
        amal.reads(words)
    amal.press("Announce it and close")
    amal.fill(present="31")
    amal.page.locator("main [name=next_event]").select_option(index=1)
    amal.press("It was announced. Close the meeting")
    amal.reads("When we meet next")
    amal.press("Mass meeting", exact=True)
    amal.reads("The meeting is closed")
    amal.reads("The next mass meeting")
    assert amal.fetch(amal.href("Print the minutes")).startswith(b"%PDF-")
