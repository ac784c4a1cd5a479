"""An empty house becomes one that asks: seven steps by the pages alone, on a phone, with presses and fields counted."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser

from tests.e2e.house import House
from tests.e2e.query_counts import COUNTING, counted
from tests.e2e.test_keys_by_two import FIELD, MOST_SECONDS, PRESS, WORD
from tests.e2e.walker import Walker
from tests.e2e.words import PASSPHRASE

HOUSE = "/elm-street-tenants/"
MOST_PRESSES = 30


@pytest.mark.browser
def test_from_an_empty_house_to_a_shared_question(empty_house: House, browser: Browser) -> None:
    anna, bekir = (Walker(browser, empty_house.desk, width=360) for _ in range(2))
    anna.context.add_init_script(COUNTING)
    anna.come_in(empty_house.way_in, "Anna")
    anna.fill(name="Elm Street Tenants", sentence="Three blocks, one boiler.", passphrase=PASSPHRASE)
    anna.press_part("found")
    assert anna.page.url.endswith(HOUSE)
    assert steps(anna, "open") == 6
    anna.fill(lines="Elm Street 2–10, 48\nElm Street 12–20, 64\nThe Mews, 81")
    anna.press_part("save-sections")
    anna.press_part("step-second-organiser")
    assert anna.page.locator("[name=role][value='3']").is_checked()
    anna.press_part("make-link")
    bekir.come_in(anna.page.locator("#address").input_value(), "Bekir")
    home(anna)
    assert steps(anna, "open") == 4
    anna.press_part("step-meeting")
    evening = datetime.now(UTC) + timedelta(days=6)
    anna.fill(
        title="Tenants’ meeting",
        starts_at=f"{evening:%Y-%m-%d}T19:00",
        ends_at=f"{evening:%Y-%m-%d}T21:00",
        place="Laundry room",
    )
    anna.press_part("plan-it")
    home(anna)
    anna.press_part("step-question")
    anna.fill(question="What should change about the heating?", seeds="Publish the bill.\nFix the boiler.")
    anna.press_part("save-round")
    address = anna.page.locator("[data-part=address]").inner_text()
    assert anna.page.locator("[data-part=address-code]").is_visible()
    answer(Walker(browser, empty_house.square, scripts=False, width=360), address)
    home(anna)
    assert steps(anna, "open") == 1
    write_down_the_key(anna, bekir)
    home(anna)
    assert not anna.page.locator("[data-part=first-evening]").count()
    presses, fields = counted(anna)
    assert presses <= MOST_PRESSES, f"{presses} presses are more than a tired evening has"
    seconds = PRESS * presses + FIELD * fields + WORD * 20
    assert seconds <= MOST_SECONDS, f"{seconds} s are more than a quarter of an hour"


def steps(walker: Walker, state: str) -> int:
    return walker.page.locator(f"[data-part=first-{state}]").count()


def home(walker: Walker) -> None:
    walker.press("Today", within="header")


def answer(neighbour: Walker, address: str) -> None:
    """Answer at the address as it stands on a poster, without the name of the machine that it has there."""
    neighbour.go("/" + address.strip().split("/", 1)[1])
    neighbour.press("Agree", exact=True)


def write_down_the_key(anna: Walker, bekir: Walker) -> None:
    anna.press_part("step-keys")
    anna.press_part("make-together")
    anna.press_part("start-sheets")
    code = anna.page.locator("[data-part=join-code]").inner_text()
    bekir.go(f"{HOUSE}guard/paper/together/")
    bekir.fill(code=code)
    bekir.press_part("join-sheets")
    anna.page.locator("[data-part=show-words]").wait_for()
    for walker in (anna, bekir):
        walker.press_part("show-words")
        words = walker.page.locator(".words li").all_inner_texts()
        walker.press_part("words-on-paper")
        for field in walker.page.locator("main input[name^=word_]").all():
            place = int((field.get_attribute("name") or "").removeprefix("word_"))
            field.fill(words[place - 1])
        walker.press_part("prove-sheet")
