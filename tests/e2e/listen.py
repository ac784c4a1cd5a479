"""The first half of a turn: people come in, listen, sum up and give back what they heard."""

from playwright.sync_api import Browser

from tests.e2e.house import House
from tests.e2e.walker import Walker
from tests.e2e.words import CLAIM, OWN_WORDS, PASSPHRASE, QUESTION, SAID_AT_THE_DOOR, SEEDS


def come_in_and_found(amal: Walker, way_in: str) -> None:
    amal.come_in(way_in, "Amal")
    amal.unfold("we guessed them")
    amal.fill(
        name="Mill Street Tenants",
        slug="mill-street",
        sentence="Ninety flats, one laundry.",
        passphrase=PASSPHRASE,
    )
    amal.page.locator("main [name=timezone_name]").select_option("UTC")
    amal.press("Set it up")
    amal.reads("Mill Street Tenants is set up.")
    amal.fill(lines="Front house, 50\nBack house, 40")
    amal.press("Save the sections")
    amal.reads("2 sections saved.")


def invite(amal: Walker, bea: Walker) -> None:
    amal.go("/mill-street/guard/members/")
    if amal.page.locator("header [data-part=open-names]").count():
        amal.press("Open", exact=True, within="header")
        amal.fill(passphrase=PASSPHRASE)
        amal.press("Unlock contacts")
    amal.page.locator("main [name=role][value='3']").check()
    amal.press("Make an invitation link")
    bea.come_in(amal.page.locator("#address").input_value(), "Bea")
    bea.reads("Mill Street Tenants")


def listen(amal: Walker, house: House, browser: Browser) -> None:
    amal.go("/mill-street/listen/")
    amal.press("Start a listening round")
    amal.fill(question=QUESTION, seeds="\n".join(SEEDS))
    amal.press("Start the round")
    neighbours = [
        Walker(browser, house.square, scripts=False, width=360, judges=number == 0) for number in range(6)
    ]
    for number, neighbour in enumerate(neighbours):
        vote_on_everything(neighbour, number)
    wrote = neighbours[0]
    wrote.unfold("Say it in your own words")
    wrote.fill(text=OWN_WORDS)
    wrote.press("Send my sentence")
    wrote.reads("A moderator reads your sentence")
    amal.press(QUESTION)
    amal.reads(OWN_WORDS)
    amal.page.get_by_role("button", name="Show it").click()
    amal.page.get_by_role("button", name="Show it").wait_for(state="detached")
    amal.look(amal.page.reload())
    for neighbour in neighbours[1:]:
        neighbour.page.reload()
        neighbour.reads(OWN_WORDS)
        neighbour.press("Agree", exact=True)
    change_a_vote(neighbours[1])
    amal.press("Write down what you heard")
    write_at_the_door(amal)
    amal.press("Back to the round")
    amal.press("Update the map")
    amal.reads("The map is up to date.")
    wrote.go("/mill-street/c/change-laundry/results/")
    wrote.reads("The landlord should repair both dryers.")
    for neighbour in neighbours:
        neighbour.context.close()


def write_at_the_door(amal: Walker) -> None:
    """Three taps and one sentence; the page sends by itself and stays where it is."""
    amal.page.locator("#door[data-ready=yes]").wait_for()
    amal.unfold("Where, how many, which day")
    amal.fill(text_0=SAID_AT_THE_DOOR, people="2")
    amal.page.locator("main [name=section]").first.check()
    amal.page.locator("main").get_by_role("button", name="Save", exact=True).click()
    amal.page.get_by_text("Sent, word for word.").wait_for()


def vote_on_everything(neighbour: Walker, number: int) -> None:
    neighbour.go("/")
    if not neighbour.page.url.rstrip("/").endswith("mill-street"):
        neighbour.press("Mill Street Tenants")
    neighbour.press("Have your say")
    for _ in SEEDS:
        wish = "Disagree" if "cost nothing" in neighbour.text and number % 2 else "Agree"
        neighbour.press(wish, exact=True)
    if "Rather not say" in neighbour.text:
        neighbour.press("Rather not say", exact=True)
    neighbour.reads("That’s everything.")


def change_a_vote(neighbour: Walker) -> None:
    neighbour.press("Your answers")
    neighbour.press("Pass / not sure", exact=True)
    neighbour.reads("Pass / not sure")


def sum_up(amal: Walker, bea: Walker) -> None:
    amal.go("/mill-street/sum-up/")
    amal.press("Start the summary")
    amal.fill(title="What two houses say about the laundry")
    amal.press("Show me what we heard")
    find_together(amal, CLAIM, SAID_AT_THE_DOOR, "repair both dryers")
    amal.reads("2 slips")
    find_together(
        amal, "Carrying wet laundry up the stairs is too much for some.", "five floors", minority=True
    )
    if not amal.page.locator("main [name=heard]").is_visible():
        amal.unfold("What we heard, what we don’t know")
    amal.fill(
        heard="Repair comes first.",
        unknown="We met nobody who works nights.",
        next_step="We decide on Sunday.",
    )
    amal.press("Save these words")
    assert not amal.page.get_by_role("button", name="sign").count(), "the writer could sign her own sum-up"
    bea.go(amal.page.url)
    bea.press("I have checked it against people’s words: sign")
    amal.page.reload()
    amal.press("Publish the report-back")


def find_together(walker: Walker, text: str, *slips: str, minority: bool = False) -> None:
    """Begin a finding in one sentence, and put each of these slips with it."""
    if not walker.page.locator("#new [name=text]").is_visible():
        walker.unfold("Start a new finding")
    walker.fill(text=text)
    if minority:
        walker.page.locator("#new [name=minority]").check()
    walker.press("Add the finding")
    for words in slips:
        if "show=all" not in walker.page.url:
            on_a_phone = walker.page.get_by_role("link", name="All slips").is_visible()
            walker.press("All slips" if on_a_phone else "Everything", exact=not on_a_phone)
        slip = walker.page.locator("li.slip", has_text=words).first
        with walker.page.expect_navigation() as arrival:
            slip.get_by_role("button", name=text[:60]).click()
        walker.look(arrival.value)


def answer_the_report_back(neighbour: Walker) -> None:
    neighbour.go("/mill-street/")
    neighbour.page.locator("main a[href*='/said/']").first.click()
    neighbour.reads(CLAIM)
    neighbour.reads("A minority view")
    neighbour.press("Yes, you did")
    neighbour.page.locator("summary", has_text="more voice").first.click()
    neighbour.reads("The landlord should repair both dryers.")
