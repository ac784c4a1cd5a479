"""Both sites for people who do not see them, have no mouse, or choose their own colours."""

from collections import deque
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.e2e.accessibility_tree import missing_in_order, read_tree, unnamed
from tests.e2e.house import House
from tests.e2e.walker import Walker
from tests.e2e.words import PASSPHRASE

LINKS = (
    "[...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin).map(a => a.pathname)"
)
# Files to download and addresses that lead elsewhere.
NO_PAGES = (".ics", ".atom", ".json", ".pdf", ".png", ".svg", ".csv", "/-/")
OF_EACH_KIND = 2
SQUARE_PAGES = 20
MOST_TABS = 40

FRAME = [
    ("link", "Skip to content"),
    ("banner", ""),
    ("navigation", "Stages"),
    ("link", "Today"),
    ("main", ""),
]
PUBLIC = [("link", "Skip to content"), ("complementary", "Next mass meeting"), ("banner", ""), ("main", "")]
DESK = {
    "/riverside/": [("heading", "December"), ("region", "changed"), ("link", "Is it time")],
    "/riverside/listen/2/": [
        ("navigation", "Where you are"),
        ("heading", "The dates are here"),
        ("link", "Write down what"),
        ("heading", "have heard"),
        ("heading", "people said"),
        ("navigation", "for this question"),
    ],
    "/riverside/listen/2/write/": [("heading", "What did they"), ("button", "")],
    "/riverside/sum-up/2/": [("heading", "Three dates"), ("region", "slip"), ("button", "")],
    "/riverside/decide/": [("heading", "do we want"), ("link", "Record a decision")],
    "/riverside/act/lists/1/mine/": [
        ("heading", ""),
        ("link", "Call "),
        ("link", "Send a text"),
        ("region", "What to say"),
        ("group", "did it go"),
        ("radio", "Coming"),
        ("radio", "Can’t make it"),
        ("radio", "No answer"),
        ("radio", "Wrong number"),
        ("button", "Save, next person"),
    ],
    "/riverside/guard/": [("heading", "Security"), ("heading", "can log in")],
    "/riverside/learn/pictures/": [("heading", "do things stand"), ("img", "least heard")],
}
SQUARE = {
    "/riverside/": [("heading", "Tenants of five blocks"), ("region", "Heat for"), ("link", "I’m coming")],
    "/riverside/c/dates-three-boilers/": [
        ("heading", "The dates are here"),
        ("region", "The statement"),
        ("button", "Agree"),
        ("button", "Disagree"),
        ("button", "not sure"),
        ("contentinfo", ""),
    ],
    "/riverside/calls/heat-for-the-last-two-blocks/": [
        ("heading", "Heat for the last"),
        ("textbox", "should we call you"),
        ("textbox", "Phone, e-mail"),
        ("button", "sign-up"),
    ],
}


@pytest.fixture(scope="module")
def neighbour(demo_house: House, browser: Browser) -> Walker:
    return Walker(browser, demo_house.square, width=360)


def take_over_calls(noor: Walker) -> None:
    """Give noor somebody to call, with open names."""
    noor.go("/riverside/guard/unlock/")
    noor.fill(passphrase=PASSPHRASE)
    noor.press_part("unlock")
    noor.go("/riverside/act/lists/1/mine/")
    noor.press_part("take-over")


@pytest.mark.browser
def test_a_screen_reader_says_what_ten_pages_are_about_in_order(noor: Walker, neighbour: Walker) -> None:
    take_over_calls(noor)
    wrong = {}
    for walker, pages, frame in ((noor, DESK, FRAME), (neighbour, SQUARE, PUBLIC)):
        for path, expected in pages.items():
            walker.go(path)
            tree = read_tree(walker.page)
            found = [*missing_in_order(tree, [*frame, *expected]), *unnamed(tree)]
            if [node.role for node in tree].count("main") != 1 or found:
                wrong[path] = found
    assert wrong == {}


@pytest.mark.browser
def test_every_public_page_is_open_to_everybody_at_320_px(neighbour: Walker) -> None:
    """The judge looks at each page: axe with best practices, width and weight."""
    neighbour.page.set_viewport_size({"width": 320, "height": 640})
    seen, waiting = {"/riverside/"}, deque(["/riverside/"])
    kinds: dict[str, int] = {}
    looked = 0
    while waiting:
        path = waiting.popleft()
        neighbour.go(path)
        looked += 1
        assert unnamed(read_tree(neighbour.page)) == [], path
        for link in neighbour.page.evaluate(LINKS):
            kind = kind_of(link)
            if link in seen or any(part in link for part in NO_PAGES) or kinds.get(kind, 0) >= OF_EACH_KIND:
                continue
            kinds[kind] = kinds.get(kind, 0) + 1
            seen.add(link)
            waiting.append(link)
    assert looked >= SQUARE_PAGES


def kind_of(path: str) -> str:
    """The address without the names in it: a call and another call are one kind."""
    parts = urlsplit(path).path.strip("/").split("/")
    return "/".join(part if place % 2 else "…" for place, part in enumerate(parts))


@pytest.mark.browser
def test_a_statement_is_answered_with_the_keyboard_alone(neighbour: Walker) -> None:
    neighbour.go("/riverside/c/dates-three-boilers/")
    page = neighbour.page
    before = page.locator("#statement p").first.inner_text()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip", "the first stop leads to the content"
    for _stop in range(MOST_TABS):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "(e => e.matches(':focus-visible') && getComputedStyle(e).outlineStyle !== 'none')(document.activeElement)"
        ), "whoever presses Tab sees where they are"
        if page.evaluate("document.activeElement.value === '1' && document.activeElement.name === 'vote'"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("#statement p").first.inner_text() != before


@pytest.mark.browser
def test_buttons_and_choices_keep_an_edge_in_forced_colours(noor: Walker) -> None:
    # The judge measures the colours of the sheet, not those that were forced.
    noor.judges = False
    noor.page.emulate_media(forced_colors="active")
    flat = (
        "[...document.querySelectorAll('main :is(.btn, .choice, input:not([type=hidden]), textarea, select)')]"
        + (
            ".filter(e => e.checkVisibility() && !['radio', 'checkbox'].includes(e.type))"
            ".filter(e => parseFloat(getComputedStyle(e).borderTopWidth) < 1).map(e => e.outerHTML.slice(0, 80))"
        )
    )
    for path in DESK:
        noor.go(path)
        assert noor.page.evaluate(flat) == [], path
    noor.page.emulate_media(forced_colors="none")
    noor.judges = True


@pytest.mark.browser
def test_the_small_sheets_of_the_kit_show_their_slogan_on_a_wide_screen(noor: Walker) -> None:
    noor.page.set_viewport_size({"width": 1280, "height": 800})
    noor.go("/riverside/call/2/kit/")
    widths = (
        "[...document.querySelectorAll('.sheet i')].filter(e => e.checkVisibility()).map(e => e.offsetWidth)"
    )
    drawn = noor.page.evaluate(widths)
    assert len(drawn) >= 9
    assert min(drawn) > 20
    noor.page.set_viewport_size({"width": 360, "height": 800})
