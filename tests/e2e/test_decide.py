"""The room of decisions, walked through by an organiser on a phone, in the house of the demo."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.e2e.walker import Walker
from tests.parts import shows


def day(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%d")


def choose(noor: Walker, name: str, value: str) -> None:
    noor.page.locator(f"main [name={name}][value='{value}']").first.check()


@pytest.mark.browser
def test_the_room_of_decisions_on_a_phone(noor: Walker) -> None:
    noor.go("/riverside/decide/")
    principles_and_the_line(noor)
    slogans_and_forces(noor)
    the_moment_and_the_plan(noor)
    the_meeting(noor)
    points_of_unity(noor)


def principles_and_the_line(noor: Walker) -> None:
    noor.press("Principles")
    noor.press("Yes", exact=True)
    noor.shows("answer-in-box")
    noor.press_part("count-vote")
    noor.reads("Counted.")
    noor.press_part("comparisons")
    first = noor.page.locator(".duel .btn").first.inner_text()
    noor.press(first)
    noor.press_part("rather-not-say")
    noor.shows("basis")
    noor.press_part("line")
    noor.shows("packages")
    assert noor.page.locator("svg.chart-frontier:visible").count() == 1
    noor.press_part("propose-package")
    assert shows(noor.page.locator("main [name=why]").input_value(), "package-support")
    noor.press_part("save-decision")
    noor.shows("review-date")
    noor.press_part("line-behind")


def slogans_and_forces(noor: Walker) -> None:
    noor.go("/riverside/decide/slogans/")
    noor.fill(text="Warm homes now")
    noor.page.locator("main [name=language]").select_option("en")
    noor.press_part("try-slogan")
    noor.fill(understood="7", asked_again="2", walked_on="1", place="The quay")
    noor.press_part("count-it")
    noor.reads("70 % of 10 understood it at once")
    noor.press("Forces")
    noor.fill(name="Maria Lopez")
    noor.press_part("add-force")
    noor.shows("person-name")
    noor.fill(name="The fire brigade’s office")
    noor.press_part("add-force")
    noor.fill(what="Measured 12 degrees in Block C", source="Its report, page 2")
    noor.press_part("note-it")
    noor.reads("Measured 12 degrees in Block C")


def the_moment_and_the_plan(noor: Walker) -> None:
    noor.press_part("assessments")
    noor.shows("forecast-score")
    noor.fill(question="To hold back rent in Block B?")
    noor.press("Begin")
    noor.page.locator("main a[data-part~=weigh]").first.click()
    noor.page.wait_for_load_state()
    choose(noor, "leaning", "against")
    noor.fill(words="Too few have said so.")
    noor.page.locator("main [name=cites]").select_option(index=1)
    noor.press_part("save")
    noor.reads("Too few have said so.")
    noor.unfold_part("new-forecast")
    noor.fill(text="Block B says yes", criterion="A show of hands", percent="30", resolves_on=day(9))
    noor.press_part("save-forecast")
    noor.fill(conclusion="Not before a third of Block B says so.", dissent="Block D would begin tomorrow.")
    noor.press_part("save")
    noor.reads("Block D would begin tomorrow.")
    noor.press_part("conclude")
    choose_wait(noor)
    noor.go("/riverside/decide/time/")
    noor.press_part("came-true")
    noor.go("/riverside/decide/plans/")
    noor.press("Until every boiler has a date")
    noor.shows("simpler")
    noor.unfold_part("new-phase")
    noor.fill(title="Gather", aim="Each house has a door.", starts_on=day(40), ends_on=day(50))
    noor.press_part("add-phase")
    noor.reads("Each house has a door.")
    noor.unfold_part("new-item")
    noor.fill(what="Tea in the yard", ask="Bring a cup.", day=day(3))
    noor.press_part("put-in-plan")
    noor.reads("Tea in the yard")
    noor.unfold_part("safeguards")
    noor.press_part("save")


def choose_wait(noor: Walker) -> None:
    noor.unfold_part("wait")
    noor.fill(
        title="We wait with the rent", why="Too few have said so.", would_change="Half of Block B says yes."
    )
    noor.page.locator("main [name=waits]").check()
    noor.press_part("save-decision")
    noor.reads("Half of Block B says yes.")


def the_meeting(noor: Walker) -> None:
    noor.go("/riverside/decide/motions/")
    noor.press("The next meeting is in Block C.")
    for name in ("Rosa", "Idris"):
        noor.fill(name=name)
        noor.press_part("add-sections")
    noor.press("Down", exact=True)
    noor.press("Yes", exact=True)
    noor.press_part("wall")
    noor.reads("Idris")
    noor.press_part("back-to-motion")
    noor.fill(hands_in_favour="31", hands_against="4", paper_in_favour="3")
    noor.press_part("write-count")
    noor.fill(present="50")
    noor.press_part("close-vote")
    noor.reads("Carried.")
    noor.reads("35")
    assert "Rosa" not in noor.text


def points_of_unity(noor: Walker) -> None:
    noor.go("/riverside/decide/unity/")
    noor.press("What the chapters hold together")
    noor.reads("cannot → only if it is changed")
    noor.page.locator("summary[data-part~=reword]").last.click()
    noor.page.locator("main [name=words]").last.fill(
        "We hold back rent together; whoever does is carried by all."
    )
    noor.page.locator("button[data-part~=reword-for-all]:visible").last.click()
    noor.shows("reworded")
    noor.page.locator("main .judge").last.locator("[value=live_with]").check()
    noor.press_part("save-positions")
    noor.press_part("endorse")
    noor.shows("endorsed-since")
    noor.unfold("Leave")
    noor.page.locator("main details[open] [name=because]").last.fill("The last sentence came too late.")
    noor.press_part("leave-unity")
    noor.shows("left-unity")
