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
        amal.press_part("plan-it")
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
    amal.press_part("meeting-kit")
    amal.press_part("make-agenda")
    amal.fill(title="The dryers", minutes="15", who="Back house")
    amal.press_part("put-on-agenda")
    amal.press("Begin The dryers", exact=True)
    amal.shows("minutes-left", 15)
    assert amal.fetch(amal.href("print-agenda")).startswith(b"%PDF-")


def speakers(amal: Walker, wall: Walker) -> None:
    """Who has not spoken yet comes first; the wall shows it without anybody touching it."""
    amal.press("The dryers", exact=True)
    amal.fill(name="Rosa")
    amal.press_part("add-sections")
    wall.go(f"{amal.page.url.split('/items/')[0]}/wall/")
    wall.reads("The dryers")
    amal.fill(name="Idris")
    amal.page.locator("main [name=is_first_time]").check()
    amal.press_part("add-sections")
    wall.page.get_by_text("Idris").wait_for()
    assert wall.page.locator(".speakers li").all_inner_texts() == ["Idris", "Rosa"]
    amal.press("Has spoken Idris", exact=True)


def motion(amal: Walker, wall: Walker) -> None:
    amal.unfold_part("propose-motion")
    amal.fill(text=MOTION)
    amal.press_part("propose")
    wall.page.locator("#wall .lead", has_text=MOTION).wait_for()
    amal.press_part("open-motion")
    amal.unfold_part("change-motion")
    amal.page.locator("form[action*='amend'] [name=text]").fill(AMENDED)
    amal.press_part("propose-amendment")
    amal.page.locator("form[action*='amendment'] [name=in_favour]").fill("20")
    amal.page.locator("form[action*='amendment'] [name=against]").fill("3")
    amal.press_part("count-hands")
    amal.reads("taken")
    amal.press("Yes", exact=True)
    amal.shows("phone-vote-kept")
    amal.fill(hands_in_favour="21", hands_against="2", paper_in_favour="4")
    amal.press_part("write-count")
    amal.fill(present="31", dissent="Two would rather ring the landlord.")
    amal.press_part("close-vote")
    amal.reads("Carried")
    wall.go(amal.page.url.replace("/minute/", "/screen/"))
    wall.reads("26 : 2")


def read_out_and_close(amal: Walker) -> None:
    amal.go("/mill-street/act/")
    amal.page.locator("main a", has_text="Mass meeting").first.click()
    amal.press_part("meeting-kit")
    amal.press_part("decided")
    amal.reads(AMENDED)
    amal.reads("Two would rather ring the landlord.")
    amal.shows("hands-count", 26, 2)
    amal.shows("next-meeting")
    amal.press_part("announce-and-close")
    amal.fill(present="31")
    amal.page.locator("main [name=next_event]").select_option(index=1)
    amal.press_part("close-announced")
    amal.shows("next-meeting")
    amal.press("Mass meeting", exact=True)
    amal.shows("meeting-closed")
    amal.reads("The next mass meeting")
    assert amal.fetch(amal.href("print-minute")).startswith(b"%PDF-")
