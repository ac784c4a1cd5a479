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
    noor.press_part("unlock-names")
    noor.fill(passphrase=PASSPHRASE)
    noor.press_part("unlock")
    bring_a_list_and_take_it_back(noor)
    welcome_and_mandates(noor)
    before_the_next_plan(noor)
    signed_lessons(noor)
    over_years(noor)


def bring_a_list_and_take_it_back(noor: Walker) -> None:
    noor.go("/riverside/people/lists/")
    noor.unfold_part("paste")
    noor.fill(pasted=LIST, source="The stall in May")
    noor.press_part("preview")
    noor.shows("new-people", 1)
    noor.press_part("import-people")
    noor.shows("people-imported", 1)
    noor.go("/riverside/people/lists/")
    noor.press_part("undo-import")
    noor.shows("import-undone", 1)
    noor.go("/riverside/people/take-out/")
    noor.press_part("make-file")
    noor.shows("second-person")


def welcome_and_mandates(noor: Walker) -> None:
    noor.go("/riverside/people/")
    noor.press("Noura")
    noor.press_part("spoke-with-them")
    noor.shows("welcomed")
    noor.press_part("vouch")
    noor.page.locator("main [name=step]").select_option(index=1)
    noor.press_part("taught-them")
    noor.reads("from Noor")
    noor.go("/riverside/people/mandates/")
    noor.press("The till")
    noor.press_part("report-stuck")
    noor.press_part("hand-to-deputy")
    noor.shows("handed-over")
    for page, words in (
        ("ladder", "responsibilities"),
        ("study", "teaching"),
        ("monday", "For Noor"),
    ):
        noor.go(f"/riverside/people/{page}/")
        noor.reads(words)


def before_the_next_plan(noor: Walker) -> None:
    noor.go("/riverside/learn/before/")
    noor.fill(text="We walk to the housing office again", size="100")
    noor.press("Look")
    noor.reads("Alike: the words: ")
    noor.reads("Speak to Block C before, not after.")


def signed_lessons(noor: Walker) -> None:
    noor.go("/riverside/learn/")
    noor.press("A demand that can be checked")
    noor.shows("lesson-held-count", 2, 1)
    with noor.page.expect_download() as file:
        noor.page.locator("button[data-part~=sign-lesson]:visible").click()
    signed = Path(file.value.path()).read_text()
    noor.go("/riverside/learn/received/")
    noor.fill(pasted=signed.replace("checked", "shouted"))
    noor.press_part("import-lesson")
    noor.shows("changed-after-signing")
    noor.fill(pasted=signed)
    noor.press_part("import-lesson")
    noor.shows("own-lesson")


def over_years(noor: Walker) -> None:
    noor.go("/riverside/learn/questions/")
    noor.press("Who is asked at the door comes")
    noor.page.get_by_label("for it", exact=True).check()
    noor.fill(words="Sixty came to the yard.", source="Counted, November")
    noor.press_part("add")
    noor.reads("Sixty came to the yard.")
    noor.go("/riverside/learn/corrections/")
    noor.reads("It took 214 letters. We counted again.")
    noor.fill(wrong="The meeting is at six", where="The flyer", due_on=day(1))
    noor.press_part("state-it")
    noor.press_part("correct")
    noor.fill(right="It is at half past six.")
    noor.press_part("correct")
    noor.reads("It is at half past six.")
    noor.go("/riverside/learn/give/")
    noor.fill(text="Fix the heat before the frost", address="https://riverside.example/call")
    noor.page.get_by_label("Mill Lane").check()
    noor.press_part("give")
    noor.shows("text-shared")


def day(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%d")
