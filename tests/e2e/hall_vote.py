"""A hall of 120 votes: cards with codes, two neighbours' browsers, old phones by plain HTTP, hands and paper, a projector."""

import re
import subprocess
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from playwright.sync_api import Browser

from tests.e2e.house import House
from tests.e2e.walker import Walker

MOTION = "We stand in the yard of Block C tomorrow at six."
PHONES, HANDS, PAPER = 42, 60, 18
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def tap(walker: Walker, part: str) -> None:
    """Press what the page names so, and wait for the page it leads to."""
    with walker.page.expect_navigation():
        named = walker.page.locator(f"main [data-part='{part}']").first
        inner = named.locator("a, button")
        (named if named.evaluate("node => ['A', 'BUTTON'].includes(node.tagName)") else inner.first).click()


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
