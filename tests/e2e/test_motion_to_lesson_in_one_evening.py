"""The hot evening: alarm, is it time?, a hall of 120 votes, a decision, an urgent call by two taps, sign-ups, a lesson in two chapters.

One organiser's phone, two neighbours' phones and a projector; the rest of the hall votes by plain HTTP, as old phones do.
What the organiser presses and types is counted from the carried motion to the printed flyer.
"""

import re
import subprocess
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from tests.e2e.house import House
from tests.e2e.query_counts import COUNTING, counted
from tests.e2e.walker import Walker, sheets_in
from tests.e2e.words import PASSPHRASE

MOTION = "We stand in the yard of Block C tomorrow at six."
SLOGAN = "Nobody freezes alone!"
PHONES, HANDS, PAPER = 42, 60, 18
SIGN_UPS = 30
ZONE = ZoneInfo("Europe/Berlin")
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
MOST_PRESSES, MOST_FIELDS = 8, 6


@pytest.mark.browser
def test_from_the_alarm_to_the_lesson(demo_house: House, browser: Browser, tmp_path: Path) -> None:
    noor = Walker(browser, demo_house.desk, width=360, judges=False)
    noor.context.add_init_script(COUNTING)
    noor.come_in(demo_house.way_in, "Noor")
    second_the_urgent_call(noor)
    is_it_time(noor)
    way_in, codes, wall = let_the_hall_vote(noor, browser, demo_house, tmp_path)
    vote(way_in, codes, demo_house, browser)
    close_the_vote(noor, wall)
    minute = noor.page.url
    publish_alone(noor)
    noor.go(minute)
    presses, fields = counted(noor)
    call_out(noor)
    pressed, filled = (now - before for now, before in zip(counted(noor), (presses, fields), strict=True))
    assert pressed <= MOST_PRESSES, f"{pressed} presses from the carried motion to the flyer"
    assert filled <= MOST_FIELDS, f"{filled} fields from the carried motion to the flyer"
    come(demo_house)
    open_and_share_out(noor)
    learn(noor)


def tap(walker: Walker, part: str) -> None:
    """Press what the page names so, and wait for the page it leads to."""
    with walker.page.expect_navigation():
        named = walker.page.locator(f"main [data-part='{part}']").first
        inner = named.locator("a, button")
        (named if named.evaluate("node => ['A', 'BUTTON'].includes(node.tagName)") else inner.first).click()


def second_the_urgent_call(noor: Walker) -> None:
    """Bea asked from her phone; the second tap is Noor's."""
    noor.go("/riverside/")
    noor.page.locator("[data-part=mood-turned], [data-part=alarm]").first.wait_for()
    noor.page.locator("li", has=noor.page.locator("[data-part=second-eyes]")).locator("a.go").click()
    tap(noor, "be-second")
    noor.page.locator("[data-part=went-urgently]").wait_for()


def is_it_time(noor: Walker) -> None:
    """One field and two presses from Today: the numbers fill themselves in."""
    noor.go("/riverside/")
    noor.press("Is it time to move?")
    noor.fill(question="To stand in the yard tomorrow?")
    noor.press("Start")
    assert noor.page.locator("[data-part=reading-open]").count() >= 8
    tap(noor, "accept-readings")
    assert not noor.page.locator("[data-part=reading-open]").count()


def let_the_hall_vote(
    noor: Walker, browser: Browser, house: House, folder: Path
) -> tuple[str, list[str], Walker]:
    """Propose the motion, print the cards, show the projector; return the hall's address and the codes on the cards."""
    noor.go("/riverside/decide/motions/")
    noor.fill(meeting="Tonight in the hall", text=MOTION)
    noor.page.locator("main form:has([data-part=propose]) [name=meeting]").fill("Tonight in the hall")
    tap(noor, "propose")
    tap(noor, "ask-hall")
    motion = noor.page.url
    tap(noor, "hall")
    way_in = f"http://{noor.page.locator('[data-part=hall-address]').inner_text().removeprefix('http://')}"
    noor.fill(most=str(PHONES))
    sheet = noor.download(lambda: noor.page.locator("[data-part=print-cards]").click())
    (folder / "cards.pdf").write_bytes(sheet)
    words = subprocess.run(
        ["pdftotext", folder / "cards.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    codes = re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", words)
    assert len(set(codes)) == PHONES
    noor.go(motion)
    wall = Walker(browser, house.desk, width=1280, judges=False)
    wall.context.add_cookies([{**cookie} for cookie in noor.context.cookies()])  # type: ignore[typeddict-item]
    wall.go(f"{motion}screen/")
    return way_in, codes, wall


def vote(way_in: str, codes: list[str], house: House, browser: Browser) -> None:
    """Two neighbours with a browser each, one without scripts; everybody else by plain HTTP."""
    for number, code in enumerate(codes[:2]):
        phone = Walker(browser, house.square, width=360, scripts=bool(number), judges=not number)
        phone.go(way_in)
        phone.fill(code=code)
        phone.press("Join")
        phone.press("Yes", exact=True)
        phone.page.locator("[data-part=hall-answered]").wait_for()
        phone.context.close()
    for number, code in enumerate(codes[2:]):
        old_phone_votes(way_in, code, 1 if number % 10 else -1)


def old_phone_votes(way_in: str, code: str, answer: int) -> None:
    phone = build_opener(HTTPCookieProcessor(CookieJar()))

    def post(address: str, page: str, **given: object) -> str:
        sent = Request(address, urlencode({**dict(HIDDEN.findall(page)), **given}).encode())
        sent.add_header("Referer", address)
        with phone.open(sent) as reply:
            text: str = reply.read().decode()
        return text

    with phone.open(way_in) as reply:
        address, form = reply.geturl(), reply.read().decode()
    hall = post(address, form, code=code)
    action = re.search(r'action="([^"]+/hall/[^"]*)"', hall) or re.search(
        r'class="answers"[^>]*action="([^"]+)"', hall
    )
    assert action, hall[:1500]
    host = "/".join(address.split("/")[:3])
    assert "hall-answered" in post(host + action[1], hall, vote=answer)


def close_the_vote(noor: Walker, wall: Walker) -> None:
    wall.page.reload()
    noor.fill(hands_in_favour=str(HANDS - 5), hands_against="5", paper_in_favour=str(PAPER))
    tap(noor, "write-count")
    noor.fill(present="131")
    tap(noor, "close-vote")
    wall.page.reload()
    wall.page.get_by_text(f"{HANDS - 5 + PAPER + PHONES - 4} : {5 + 4}").first.wait_for()


def publish_alone(noor: Walker) -> None:
    """The house asks a second person only for what cannot wait, as Noor was for Bea's call."""
    noor.enter("Call")
    noor.press("Settings for calls")
    noor.page.locator("main [name=second_eyes]").uncheck()
    noor.press("Save")


def call_out(noor: Walker) -> None:
    """From the carried motion to the flyer: the way whose presses and fields are counted."""
    begins = (datetime.now(UTC) + timedelta(days=1)).astimezone(ZONE)
    tap(noor, "record-decision")
    tap(noor, "save-decision")
    noor.press("Make the call")
    noor.fill(
        slogan=SLOGAN,
        what="We stand in the yard together",
        ask="Bring one neighbour",
        starts_at=f"{begins:%Y-%m-%d}T18:00",
        place="The yard of Block C",
    )
    noor.press("Save and preview")
    noor.press("Publish the call")
    assert sheets_in(noor.fetch(noor.href("Two flyers (A5)"))) == 1


def come(house: House) -> None:
    front = build_opener(HTTPCookieProcessor(CookieJar()))
    with front.open(f"{house.square}/riverside/") as reply:
        found = re.search(rf'href="([^"]+)"[^>]*>(?:<[^>]+>)*{re.escape(SLOGAN)}', reply.read().decode())
    assert found, "the call does not stand on the front page"
    address = house.square + found[1]
    for number in range(SIGN_UPS):
        with front.open(address) as reply:
            hidden = dict(HIDDEN.findall(reply.read().decode()))
        given = {**hidden, "name": f"Yard {number}", "contact": f"yard{number}@example.org"}
        sent = Request(address, urlencode(given).encode())
        sent.add_header("Referer", address)
        with front.open(sent) as reply:
            assert reply.status == 200


def open_and_share_out(noor: Walker) -> None:
    noor.enter("Act")
    noor.press("We stand in the yard together")
    noor.turn_to("door")
    noor.press("Unlock the list")
    noor.fill(passphrase=PASSPHRASE)
    noor.press("Unlock contacts")
    noor.press(f"Open {SIGN_UPS} sign-ups")
    noor.page.get_by_text(f"Yard {SIGN_UPS - 1}").first.wait_for()


def learn(noor: Walker) -> None:
    """The soup kitchen is over: its own numbers are filled in, and its lesson goes to the chapters the same day."""
    noor.go("/riverside/learn/")
    tap(noor, "hold-review")
    noor.fill(expected="Forty.", happened="Fifty-three came.", because="Neighbours brought neighbours.")
    noor.press("Save the review and close the event")
    noor.fill(claim="Soup brings those whom no leaflet reached.", context="A cold yard", evidence="53 came")
    tap(noor, "save-lesson")
    assert noor.page.locator("[data-part=lesson-of-chapter]").count() >= 2
