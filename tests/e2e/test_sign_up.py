"""Saying “I’m coming” on an old phone, and coming in at a door that has no network."""

import re
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.house import House
from tests.e2e.walker import Walker, wait_for_notice
from tests.parts import holds

THIRTY_SECONDS = 30
MOST_ASKED = 2


def to_the_meeting(neighbour: Walker) -> None:
    neighbour.go("/riverside/")
    neighbour.page.locator("main a[href*='/events/']", has_text="Mass meeting").first.click()
    neighbour.look(neighbour.page.reload())


@pytest.mark.browser
def test_a_neighbour_signs_up_in_half_a_minute_and_takes_it_back(demo_house: House, browser: Browser) -> None:
    samira = Walker(browser, demo_house.square, scripts=False, width=360)
    to_the_meeting(samira)
    form = samira.page.locator("#coming form")
    required = form.locator("[required]:visible").count()
    assert required == MOST_ASKED, "a name and one way to reach her, nothing else is asked"
    began = monotonic()
    samira.page.reload()
    form.locator("[name=slot]").and_(form.get_by_label("Arabic interpreter: ")).check()
    form.locator("[name=name]").press_sequentially("Samira", delay=60)
    form.locator("[name=contact]").press_sequentially("samira@post.example", delay=60)
    samira.unfold_part("more-about-me")
    form.locator("[name=language]").select_option("ar")
    form.locator("[name=needs]").press_sequentially("No steps, please", delay=60)
    form.locator("button[data-part~=sign-up]:visible").click()
    samira.page.locator("[data-part~=waiting-list]").wait_for()
    took = monotonic() - began
    assert took < THIRTY_SECONDS, f"it took her {took:.0f} s"
    samira.look(samira.page.reload())
    samira.shows("door-code")

    samira.page.locator("a[href*='/manage/']").first.click()
    samira.look(samira.page.reload())
    samira.page.get_by_label(re.compile(r"Tea and food: .*\d.*3")).check()
    samira.fill(name="Samira and her sister", contact="samira@post.example")
    samira.press_part("sign-up")
    samira.shows("task-taken", "Tea and food")
    samira.page.locator("a[href*='/manage/']").first.click()
    samira.press_part("sign-off")
    samira.shows("off-the-list")


@pytest.mark.browser
def test_a_door_without_network_loses_nobody(noor: Walker, demo_house: House, browser: Browser) -> None:
    codes = [sign_up(browser, demo_house, name) for name in ("Rosa", "Idris")]
    noor.go("/riverside/act/")
    noor.page.locator("main a", has_text="Mass meeting").first.click()
    noor.page.wait_for_load_state()
    noor.press_part("check-in")
    page, address = noor.page, noor.page.url
    page.locator("#door[data-ready=yes]").wait_for()

    noor.context.set_offline(True)
    let_in(page, codes[0].upper())
    page.reload()
    waits(page, 1)
    let_in(page, "a1")
    slip = "abc xyz"
    page.locator("[name=codes]").fill(slip)
    page.locator("button[data-part~=admit]:visible").click()
    page.get_by_text(f"“{slip}”").wait_for()
    page.close(run_before_unload=False)
    again = noor.context.new_page()
    again.goto(address)
    waits(again, 2)
    let_in(again, codes[1])
    again.locator("button[data-part~=close-door]:visible").click()
    wait_for_notice(again, "unsent")
    assert not names_on(again), "a name lies on the phone"

    noor.context.set_offline(False)
    wait_for_notice(again, "sent")
    again.reload()
    assert holds(again.locator("[data-part~=came]").inner_text(), 3)
    let_in(again, codes[0], arrives=True)
    again.reload()
    assert holds(again.locator("[data-part~=came]").inner_text(), 3), "who was let in twice counts twice"
    again.locator("button[data-part~=close-door]:visible").click()
    wait_for_notice(again, "wiped")
    left = again.evaluate(
        "Promise.all([indexedDB.databases(), caches.keys(), navigator.serviceWorker.getRegistrations()])"
    )
    assert left == [[], [], []]
    noor.page = again
    noor.complaints.clear()
    type_in_the_sheet(noor, address)


def sign_up(browser: Browser, house: House, name: str) -> str:
    """Sign up without scripts; give the code that stands on the page of thanks."""
    somebody = Walker(browser, house.square, scripts=False, width=360, judges=False)
    to_the_meeting(somebody)
    somebody.fill(name=name, contact=f"{name.lower()}@post.example")
    somebody.press_part("sign-up")
    code = somebody.page.locator(".code").inner_text()
    somebody.context.close()
    return code


def let_in(page: Page, code: str, *, arrives: bool = False) -> None:
    page.locator("[name=codes]").fill(code)
    page.keyboard.press("Enter")
    wait_for_notice(page, "arrived" if arrives else "kept")


def waits(page: Page, codes: int) -> None:
    page.locator(f"#waiting[data-waiting='{codes}']").wait_for()
    assert page.locator("#waiting").inner_text().endswith(f" {codes}")


def names_on(page: Page) -> bool:
    """Look through everything this page can keep on the phone."""
    kept: str = page.evaluate(
        """async () => {
          const found = [JSON.stringify(localStorage)];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const one of await cache.matchAll()) found.push(await one.text());
          }
          const base = await new Promise((done) => {
            const asked = indexedDB.open("massline-check-in");
            asked.onsuccess = () => done(asked.result);
          });
          const all = base.transaction("codes").objectStore("codes").getAll();
          await new Promise((done) => { all.onsuccess = done; });
          base.close();
          return found.join() + JSON.stringify(all.result);
        }"""
    )
    return any(word in kept for word in ("Rosa", "Idris", "post.example"))


def type_in_the_sheet(noor: Walker, address: str) -> None:
    """The row that was let in by its code gets its contact; it still counts once."""
    noor.go(address)
    noor.press_part("type-sheet")
    noor.shows("came-counted")
    noor.unfold_part("retype")
    row = noor.page.locator("#A01")
    row.locator("[name=A01-name]").fill("Ilse")
    noor.page.keyboard.press("Tab")
    noor.page.keyboard.type("ilse@post.example")
    noor.page.keyboard.press("Tab")
    noor.page.keyboard.press("Space")
    noor.page.locator("[name=A02-came]").check()
    noor.press_part("save-rows")
    noor.shows("rows-kept", 2)
    noor.shows("came-contact-sealed")
    noor.press_part("back-to-event")
    noor.shows("came-by-code", 4)
