"""One whole turn of the loop from an empty installation: organisers at the desk, neighbours without JavaScript."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser

from tests.e2e import act, listen
from tests.e2e.house import House
from tests.e2e.keys import put_key_on_paper
from tests.e2e.walker import Walker


@pytest.mark.browser
def test_one_turn_of_the_loop_from_an_empty_house(empty_house: House, browser: Browser) -> None:
    amal, bea = Walker(browser, empty_house.desk), Walker(browser, empty_house.desk, width=360)
    listen.come_in_and_found(amal, empty_house.way_in)
    listen.invite(amal, bea)
    put_key_on_paper(amal, "/mill-street")
    listen.listen(amal, empty_house, browser)
    listen.sum_up(amal, bea)
    neighbour = Walker(browser, empty_house.square, scripts=False, width=360)
    listen.answer_the_report_back(neighbour)
    act.decide(amal)
    act.plan_mass_meeting(amal)
    begins = act.call_out(amal)
    manage = act.sign_up(neighbour)
    act.at_the_door(amal, neighbour, manage)
    amal.page.wait_for_timeout(max(0.0, (begins - datetime.now(UTC)).total_seconds() + 1) * 1000)
    act.learn(amal)
    act.walk_the_turn_both_ways(amal)
