"""Listening by every way there is: the square without scripts, doors, paper, the news, and a Polis export."""

import io
import zipfile

import pytest
from playwright.sync_api import Browser

from tests.e2e import listen
from tests.e2e.house import House
from tests.e2e.walker import Walker, sheets_in
from tests.e2e.words import QUESTION, SEEDS

AGAIN = "The landlord must repair both of the dryers."
LONG = (
    "Thank you for writing. Number one says it already, and whoever agrees with number one says so there. "
    * 2
)
ON_PAPER = "I hang it in the hall, and it drips on the meters."
NEEDED = "Somebody to carry the wet sheets for my mother."
POLIS = {
    "comments.csv": "timestamp,comment-id,author-id,moderated,comment-body\n"
    '1700000000000,0,0,1,"Heat the drying room, then we need no dryer."\n1700000000000,1,1,-1,Buy my phones\n',
    "votes.csv": "timestamp,comment-id,voter-id,vote\n"
    + "".join(f"1700000000000,0,{person},{-1 if person % 4 == 0 else 1}\n" for person in range(12)),
}


@pytest.mark.browser
def test_listening_by_every_way(empty_house: House, browser: Browser) -> None:
    amal = Walker(browser, empty_house.desk)
    listen.come_in_and_found(amal, empty_house.way_in)
    amal.judges = False
    amal.go("/mill-street/listen/open/")
    amal.fill(question=QUESTION, seeds="\n".join(SEEDS))
    amal.unfold("who hears the result")
    amal.page.locator("main [name=results]").select_option("sealed")
    amal.press("Start the round")
    neighbour = Walker(browser, empty_house.square, scripts=False, width=360, judges=False)
    say_where(neighbour, browser, empty_house)
    moderate(amal, neighbour)
    on_paper(amal)
    at_the_door(amal)
    bring_in_and_take_out(amal)
    sealed_then_open(amal, neighbour)
    watch_by_hand(amal)


def say_where(neighbour: Walker, browser: Browser, house: House) -> None:
    """One says where they belong, one would rather not; both go on. One writes what stands there already."""
    other = Walker(browser, house.square, scripts=False, width=360, judges=False)
    for walker, wish in ((neighbour, "Front house"), (other, "Rather not say")):
        walker.go("/mill-street/c/change-laundry/")
        for _ in SEEDS:
            walker.press("Agree", exact=True)
        walker.reads("Which of these are you part of?")
        walker.press(wish, exact=True)
        walker.reads("That’s everything.")
    neighbour.judges = True
    neighbour.unfold("Say it in your own words")
    neighbour.fill(text=AGAIN)
    neighbour.press("Send my sentence")
    other.context.close()


def moderate(amal: Walker, neighbour: Walker) -> None:
    """The near-duplicate is shown beside it; a reason that is too long stays in the field until it fits."""
    amal.judges = True
    amal.press(QUESTION)
    amal.reads("Similar to no. 2")
    amal.unfold("Don’t show it")
    amal.page.get_by_label("Someone has already said this.").check()
    amal.fill(reason=LONG)
    amal.page.get_by_role("button", name="Don’t show it").click()
    amal.page.get_by_text("the limit is").wait_for()
    assert amal.page.locator("main [name=reason]").input_value() == LONG
    assert amal.page.get_by_label("Someone has already said this.").is_checked()
    amal.fill(reason="Number one says it.")
    amal.page.get_by_role("button", name="Don’t show it").click()
    amal.page.get_by_text("Turned down:").wait_for()
    neighbour.press("Your answers")
    neighbour.judges = False
    neighbour.reads("Someone has already said this. Number one says it.")


def on_paper(amal: Walker) -> None:
    amal.press("Paper sheets")
    amal.fill(sheets="1")
    sheet = amal.download(lambda: amal.page.get_by_role("button", name="Make the sheets (PDF)").click())
    assert sheets_in(sheet) == 1
    amal.page.reload()
    code = amal.page.locator("tbody th a").first.inner_text()
    amal.fill(code=code.lower().replace("-", " "))
    amal.press("Open the sheet")
    amal.page.locator("main textarea").first.fill(ON_PAPER)
    amal.press("Save these rows")
    amal.reads("1 row saved.")
    amal.go("/mill-street/listen/1/")
    amal.reads(ON_PAPER)
    amal.reads("on paper")


def at_the_door(amal: Walker) -> None:
    """A need heard at the door is a voice of its own kind, and stands where mutual aid begins."""
    amal.press("Write down what you heard")
    amal.page.locator("#door[data-ready=yes]").wait_for()
    amal.fill(text_0=NEEDED)
    amal.page.locator("main [name=kind_0][value=need]").check()
    amal.page.locator("main [name=section]").first.check()
    amal.page.locator("main").get_by_role("button", name="Save").click()
    amal.page.get_by_text("Sent, word for word.").wait_for()
    amal.go("/mill-street/listen/needs/")
    amal.reads(NEEDED)
    translate(amal)


def translate(amal: Walker) -> None:
    """It stands beside the original, with who made it."""
    amal.go("/mill-street/listen/1/voices/")
    amal.page.locator("main a[href*='/voices/']").first.click()
    amal.page.wait_for_load_state()
    amal.page.locator("main [name=language]").select_option("es")
    amal.fill(text="Dicho con otras palabras.")
    amal.press("Save")
    amal.go("/mill-street/listen/1/voices/")
    amal.reads("Dicho con otras palabras.")
    amal.reads("translated by a person")


def bring_in_and_take_out(amal: Walker) -> None:
    amal.go("/mill-street/listen/1/bring/")
    files = [{"name": name, "mimeType": "text/csv", "buffer": text.encode()} for name, text in POLIS.items()]
    amal.page.locator("main [name=sent]").set_input_files(files)  # type: ignore[arg-type]
    amal.press("Preview")
    amal.reads("2 statements to import.")
    amal.reads("Nothing is imported yet.")
    amal.press("Import")
    amal.reads("Imported 2 statements and 12 answers from 12 people.")
    amal.go("/mill-street/listen/1/bring/")
    amal.judges = False
    amal.page.locator("main [name=sent]").set_input_files(files)  # type: ignore[arg-type]
    amal.press("Preview")
    amal.reads("Everything in it is already here.")


def sealed_then_open(amal: Walker, neighbour: Walker) -> None:
    """While it is sealed nobody reads the answers, at the desk neither; once it closes everybody does."""
    results = "/mill-street/c/change-laundry/results/"
    neighbour.go(results)
    neighbour.reads("Results are hidden for now.")
    amal.go("/mill-street/listen/1/bring/")
    amal.page.get_by_role("button", name="Make the file").click()
    amal.page.get_by_text("hidden until the conversation closes").first.wait_for()
    # A browser counts a refusal as an error; that was the point.
    amal.complaints.clear()
    amal.go("/mill-street/listen/1/conversation/")
    amal.page.get_by_role("button", name="Close the conversation").click()
    amal.page.get_by_text("Everyone can now see the results.").wait_for()
    amal.go("/mill-street/listen/1/")
    amal.press("Update the map")
    neighbour.judges = True
    neighbour.go(results)
    neighbour.reads("Heat the drying room, then we need no dryer.")
    neighbour.reads("from another site")
    neighbour.unfold("How we count")
    neighbour.reads("Which statement comes next is partly chance")
    amal.go("/mill-street/listen/1/bring/")
    archive = amal.download(lambda: amal.page.get_by_role("button", name="Make the file").click())
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        assert "Heat the drying room" in packed.read("comments.csv").decode()
        # Those of the three people here wait until five have answered, so that none of them can be told apart.
        assert packed.read("votes.csv").decode().count("\n") == 1 + 12


def watch_by_hand(amal: Walker) -> None:
    amal.go("/mill-street/listen/watches/")
    amal.fill(name="Dryers out of order")
    amal.press("Start tracking")
    amal.fill(title="Both dryers stopped in the back house", place="Mill Street")
    amal.judges = True
    amal.press("Save")
    amal.reads("1 event since")
    amal.reads("Both dryers stopped in the back house")
