"""A new organiser's first evening: three doors, one meeting, one slogan, one flyer, forty sign-ups, one review."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import APIRequestContext, Browser

from tests.e2e.act import moment, next_minute_but_one
from tests.e2e.house import House
from tests.e2e.query_counts import COUNTING, counted
from tests.e2e.walker import Walker, sheets_in
from tests.e2e.words import PASSPHRASE

SLOGAN = "Warm stairs by Friday!"
COME = 40
ZONE = ZoneInfo("Europe/Berlin")  # where the demonstration has its union


@pytest.mark.browser
def test_a_first_evening_with_nothing_but_the_pages(demo_house: House, browser: Browser) -> None:
    noor = Walker(browser, demo_house.desk, width=360)
    noor.context.add_init_script(COUNTING)
    noor.come_in(demo_house.way_in, "Noor")
    begins = call_out(noor)
    three_doors(noor)
    set_the_meeting(noor)
    sign_up(noor.page.request, demo_house.square)
    noor.page.wait_for_timeout(max(0.0, (begins - datetime.now(UTC)).total_seconds() + 1) * 1000)
    at_the_event(noor)
    review(noor)
    presses, fields = counted(noor)
    assert presses <= 45, f"{presses} presses are more than ten minutes hold"
    assert fields <= 30, f"{fields} fields are more than ten minutes hold"


def call_out(noor: Walker) -> datetime:
    """From the decision the union took to a page, a poster and a flyer."""
    begins = next_minute_but_one().astimezone(ZONE)
    noor.enter("Call")
    noor.press("Settings for calls")
    noor.page.locator("main [name=second_eyes]").uncheck()
    noor.press("Save")
    noor.enter("Call")
    noor.press("Record a decision")
    noor.fill(title="We stand in the yard tonight", why="The stairs are cold.", forecast="Thirty come.")
    noor.page.locator("main [name=demands]").first.check()
    noor.page.locator("main [name=owner]").select_option(label="Noor")
    noor.press("Save the decision")
    noor.enter("Call")
    noor.press("Make the call")
    noor.fill(
        slogan=SLOGAN,
        what="We stand in the yard",
        ask="Bring one neighbour",
        starts_at=f"{begins:%Y-%m-%dT%H:%M}",
        ends_at=f"{begins + timedelta(hours=1):%Y-%m-%dT%H:%M}",
        place="The yard of Block C",
    )
    noor.press("Save and preview")
    noor.press("Publish the call")
    assert sheets_in(noor.fetch(noor.href("Two flyers (A5)"))) == 1
    return begins


def three_doors(noor: Walker) -> None:
    noor.enter("Listen")
    noor.press("Write down what you heard")
    noor.page.locator("#door[data-ready=yes]").wait_for()
    for number, said in enumerate(("The stairs are ice.", "My boy coughs all night.", "Who has the key?")):
        noor.fill(text_0=said)
        noor.page.locator("main [name=section]").nth(number % 2).check()
        noor.page.locator("main [name=mood]").nth(1).check()
        noor.page.locator("main").get_by_role("button", name="Save", exact=True).click()
        noor.page.get_by_text("Sent, word for word.").wait_for()


def set_the_meeting(noor: Walker) -> None:
    noor.enter("Act")
    noor.press("Plan something")
    noor.fill(title="Mass meeting", starts_at=moment(9, 18), ends_at=moment(9, 20), place="Laundry yard")
    noor.press("Save the event")
    noor.reads("Event saved.")


def sign_up(phone: APIRequestContext, square: str) -> None:
    """Forty phones in one yard, behind one address."""
    front = phone.get(f"{square}/riverside/").text()
    found = re.search(rf'href="([^"]+)"[^>]*>(?:<[^>]+>)*{re.escape(SLOGAN)}', front)
    assert found, "the call does not stand on the front page"
    for number in range(COME):
        page = phone.get(square + found[1]).text()
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        given = {**hidden, "name": f"Neighbour {number}", "contact": f"n{number}@example.org"}
        answer = phone.post(square + found[1], form=given, headers={"Referer": square + found[1]})
        assert "You’re on the list." in answer.text(), answer.text()[:2000]


def at_the_event(noor: Walker) -> None:
    noor.enter("Act")
    noor.press("We stand in the yard")
    noor.turn_to("door")
    noor.press("Unlock the list")
    noor.fill(passphrase=PASSPHRASE)
    noor.press("Unlock contacts")
    noor.press(f"Open {COME} sign-ups")
    noor.page.get_by_text("Neighbour 39").first.wait_for()
    noor.turn_to("hall")
    noor.fill(headcount="38")
    noor.press("Save")


def review(noor: Walker) -> None:
    noor.press("Start the review")
    noor.fill(expected="Thirty.", happened="Thirty-eight came.", because="Each brought one.")
    noor.press("Save the review and close the event")
    noor.reads("Thirty-eight came.")
