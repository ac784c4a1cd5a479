"""People and lessons, walked through by a key-holder on a phone, in the house of the demo."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.e2e.walker import Walker
from tests.e2e.words import PASSPHRASE

LIST = "name,email,agreed\nZoë Example,zoe@example.org,yes\nNobody Asked,nobody@example.org,no\n"


@pytest.mark.browser
def test_people_and_lessons_on_a_phone(noor: Walker) -> None:
    noor.go("/riverside/people/")
    noor.press("Unlock the names")
    noor.fill(passphrase=PASSPHRASE)
    noor.press("Unlock contacts")
    bring_a_list_and_take_it_back(noor)
    welcome_and_mandates(noor)
    before_the_next_plan(noor)
    signed_lessons(noor)
    over_years(noor)


def bring_a_list_and_take_it_back(noor: Walker) -> None:
    noor.go("/riverside/people/lists/")
    noor.unfold("Paste it instead")
    noor.fill(pasted=LIST, source="The stall in May")
    noor.press("Preview")
    noor.reads("1 new person to import.")
    noor.press("Import 1 person")
    noor.reads("Imported 1 new person.")
    noor.go("/riverside/people/lists/")
    noor.press("Undo this import")
    noor.reads("1 contact removed again.")
    noor.go("/riverside/people/take-out/")
    noor.press("Make the file")
    noor.reads("Another key-holder has to agree first.")


def welcome_and_mandates(noor: Walker) -> None:
    noor.go("/riverside/people/")
    noor.press("Noura")
    noor.press("I talked to them")
    noor.reads("What is their first small task?")
    noor.press("I know them and vouch for them")
    noor.page.locator("main [name=step]").select_option(index=1)
    noor.press("I taught them this")
    noor.reads("from Noor")
    noor.go("/riverside/people/mandates/")
    noor.press("The till")
    noor.press("It is stuck")
    noor.press("Hand over to the deputy")
    noor.reads("Who starts learning it now?")
    for page, words in (
        ("ladder", "Who does what with us"),
        ("study", "Who teaches whom"),
        ("monday", "For Noor"),
    ):
        noor.go(f"/riverside/people/{page}/")
        noor.reads(words)


def before_the_next_plan(noor: Walker) -> None:
    noor.go("/riverside/learn/before/")
    noor.fill(text="We walk to the housing office again", size="100")
    noor.press("Search")
    noor.reads("similar words: ")
    noor.reads("Speak to Block C before, not after.")


def signed_lessons(noor: Walker) -> None:
    noor.go("/riverside/learn/")
    noor.press("A demand that can be checked")
    noor.reads("held up 2 ×, did not 1 ×")
    with noor.page.expect_download() as file:
        noor.page.get_by_role("button", name="Sign it and save the file").click()
    signed = Path(file.value.path()).read_text()
    noor.go("/riverside/learn/received/")
    noor.fill(pasted=signed.replace("checked", "shouted"))
    noor.press("Check and import it")
    noor.reads("the file was changed after it was signed")
    noor.fill(pasted=signed)
    noor.press("Check and import it")
    noor.reads("this is your own lesson")


def over_years(noor: Walker) -> None:
    noor.go("/riverside/learn/questions/")
    noor.press("Who is asked at the door comes")
    noor.page.get_by_label("for it", exact=True).check()
    noor.fill(words="Sixty came to the yard.", source="Counted, November")
    noor.press("Add the evidence")
    noor.reads("Sixty came to the yard.")
    noor.go("/riverside/learn/corrections/")
    noor.reads("It took 214 letters. We counted again.")
    noor.fill(wrong="The meeting is at six", where="The flyer", due_on=day(1))
    noor.press("Save")
    noor.press("Correct it")
    noor.fill(right="It is at half past six.")
    noor.press("Correct it")
    noor.reads("It is at half past six.")
    noor.go("/riverside/learn/give/")
    noor.fill(text="Fix the heat before the frost", address="https://riverside.example/call")
    noor.page.get_by_label("Mill Lane").check()
    noor.press("Share it")
    noor.reads("and nobody else.")


def day(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%d")
