"""The first half of a turn: people come in, listen, sum up and give back what they heard."""

from playwright.sync_api import Browser

from tests.e2e.house import House
from tests.e2e.walker import Walker, wait_for_notice
from tests.e2e.words import CLAIM, OWN_WORDS, PASSPHRASE, QUESTION, SAID_AT_THE_DOOR, SEEDS
from tests.parts import shows


def come_in_and_found(amal: Walker, way_in: str) -> None:
    amal.come_in(way_in, "Amal")
    amal.fill(
        name="Mill Street Tenants",
        slug="mill-street",
        sentence="Ninety flats, one laundry.",
        passphrase=PASSPHRASE,
    )
    amal.press_part("found")
    amal.reads("Mill Street Tenants stands.")
    for name, headcount in (("Front house", "50"), ("Back house", "40")):
        amal.press_part("add-section")
        amal.fill(name=name, headcount=headcount)
        amal.press_part("add")
    amal.go("/mill-street/")
    amal.shows("no-mass-meeting")


def invite(amal: Walker, bea: Walker) -> None:
    amal.go("/mill-street/guard/")
    amal.press_part("unlock")
    amal.fill(passphrase=PASSPHRASE)
    amal.press_part("unlock")
    amal.shows("vault-open")
    amal.page.locator("main [name=role]").select_option("3")
    amal.press_part("make-link")
    bea.come_in(amal.page.locator("#address").input_value(), "Bea")
    bea.reads("Mill Street Tenants")


def listen(amal: Walker, house: House, browser: Browser) -> None:
    amal.go("/mill-street/listen/")
    amal.press_part("open-round")
    amal.fill(question=QUESTION, seeds="\n".join(SEEDS))
    amal.press_part("save-round")
    neighbours = [
        Walker(browser, house.square, scripts=False, width=360, judges=number == 0) for number in range(6)
    ]
    for number, neighbour in enumerate(neighbours):
        vote_on_everything(neighbour, number)
    wrote = neighbours[0]
    wrote.unfold_part("say-own-words")
    wrote.fill(text=OWN_WORDS)
    wrote.press_part("add-statement")
    wrote.shows("moderator-reads")
    amal.page.reload()
    amal.reads(OWN_WORDS)
    amal.page.locator("button[data-part~=show]:visible").click()
    amal.page.locator("[data-part~=show]").wait_for(state="detached")
    amal.look(amal.page.reload())
    for neighbour in neighbours[1:]:
        neighbour.page.reload()
        neighbour.reads(OWN_WORDS)
        neighbour.press("Agree", exact=True)
    change_a_vote(neighbours[1])
    amal.press_part("field-report")
    write_at_the_door(amal)
    amal.press_part("back-to-round")
    amal.press_part("draw-map")
    amal.shows("map-drawn")
    wrote.go("/mill-street/c/what-should-change-about-the-laundry/results/")
    wrote.reads("The landlord should repair both dryers.")
    for neighbour in neighbours:
        neighbour.context.close()


def write_at_the_door(amal: Walker) -> None:
    """Three taps and one sentence; the page sends by itself and stays where it is."""
    amal.page.locator("#door[data-ready=yes]").wait_for()
    amal.unfold_part("report-facts")
    amal.fill(text_0=SAID_AT_THE_DOOR, people="2")
    amal.page.locator("main [name=section]").first.check()
    amal.page.locator("main").locator("button[data-part~=save]:visible").click()
    wait_for_notice(amal.page, "arrived")


def vote_on_everything(neighbour: Walker, number: int) -> None:
    neighbour.go("/")
    if not neighbour.page.url.rstrip("/").endswith("mill-street"):
        neighbour.press("Mill Street Tenants")
    neighbour.press_part("have-your-say")
    for _ in SEEDS:
        wish = "Disagree" if "cost nothing" in neighbour.text and number % 2 else "Agree"
        neighbour.press(wish, exact=True)
    if shows(neighbour.text, "no-section"):
        neighbour.press_part("no-section")
    neighbour.shows("answered", "everything")


def change_a_vote(neighbour: Walker) -> None:
    neighbour.press_part("my-answers")
    neighbour.press("Pass", exact=True)
    neighbour.reads("Pass")


def sum_up(amal: Walker, bea: Walker) -> None:
    amal.go("/mill-street/sum-up/")
    amal.press_part("sum-up")
    amal.fill(title="What two houses say about the laundry")
    amal.press_part("begin-sum-up")
    amal.fill(text=CLAIM)
    amal.page.locator("label.pick", has_text=SAID_AT_THE_DOOR).locator("input").check()
    amal.page.locator("label.pick", has_text="repair both dryers").locator("input").check()
    amal.press_part("add-claim")
    amal.shows("quotes-count", 2)
    amal.fill(text="Carrying wet laundry up the stairs is too much for some.")
    amal.page.locator("label.pick", has_text="five floors").locator("input").check()
    amal.page.locator("#composer [name=minority]").check()
    amal.press_part("add-claim")
    if not amal.page.locator("main [name=heard]").is_visible():
        amal.unfold_part("own-words")
    amal.fill(
        heard="Repair comes first.",
        unknown="We met nobody who works nights.",
        next_step="We decide on Sunday.",
    )
    amal.press_part("save-words")
    assert not amal.page.get_by_role("button", name="sign").count(), "the writer could sign her own sum-up"
    bea.go(amal.page.url)
    bea.press_part("sign")
    amal.page.reload()
    amal.press_part("publish-report")


def answer_the_report_back(neighbour: Walker) -> None:
    neighbour.go("/mill-street/")
    neighbour.page.locator("main a[href*='/said/']").first.click()
    neighbour.reads(CLAIM)
    neighbour.shows("minority")
    neighbour.press_answer("heard", "1")
    neighbour.unfold_part("more-voices")
    neighbour.reads("The landlord should repair both dryers.")
