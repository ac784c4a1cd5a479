"""The room of decisions, walked through by an organiser on a phone, in the house of the demo."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.e2e.walker import Walker


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
    noor.reads("You have voted.")
    noor.press("Count the vote")
    noor.reads("Counted.")
    noor.press("Which changes more?")
    first = noor.page.locator(".duel .btn").first.inner_text()
    noor.press(first)
    noor.press("Skip this pair")
    noor.reads("Based on")
    noor.press("Compare demands")
    noor.reads("Packages to choose from")
    assert noor.page.locator("svg.chart-frontier:visible").count() == 1
    paper = noor.reads_on_paper()
    assert "Every demand" in paper
    assert "status" in paper.lower(), "a fold that stands for a section prints"
    noor.press("Put this to the members")
    assert "support at least one of them" in noor.page.locator("main [name=why]").input_value()
    noor.press("Save the decision")
    noor.reads("We check how it went")
    noor.press("the comparison at that time")


def slogans_and_forces(noor: Walker) -> None:
    noor.go("/riverside/decide/slogans/")
    noor.fill(text="Warm homes now")
    noor.page.locator("main [name=language]").select_option("en")
    noor.press("Save it and try it")
    noor.fill(understood="7", asked_again="2", walked_on="1", place="The quay")
    noor.press("Save the count")
    noor.reads("70% of 10 understood it straight away")
    noor.press("Allies and opponents")
    noor.page.locator("[data-part=new-force]").click()
    noor.fill(name="Maria Lopez")
    noor.press("Add it")
    noor.reads("this looks like a person’s name.")
    noor.fill(name="The fire brigade’s office")
    noor.press("Add it")
    noor.fill(what="Measured 12 degrees in Block C", source="Its report, page 2")
    noor.press("Add it")
    noor.reads("Measured 12 degrees in Block C")


def the_moment_and_the_plan(noor: Walker) -> None:
    noor.press("Is it time?")
    noor.reads("Brier score")
    noor.fill(question="To hold back rent in Block B?")
    noor.press("Start")
    noor.page.locator("main a", has_text="Judge it").first.click()
    noor.page.wait_for_load_state()
    choose(noor, "leaning", "against")
    noor.fill(words="Too few have said so.")
    noor.page.locator("main [name=cites]").select_option(index=1)
    noor.press("Save")
    noor.reads("Too few have said so.")
    noor.unfold("Add a forecast")
    noor.fill(text="Block B says yes", criterion="A show of hands", percent="30", resolves_on=day(9))
    noor.press("Save the forecast")
    noor.fill(conclusion="Not before a third of Block B says so.", dissent="Block D would begin tomorrow.")
    noor.press("Save")
    noor.reads("Block D would begin tomorrow.")
    noor.press("Decide: act now or wait")
    choose_wait(noor)
    noor.go("/riverside/decide/time/")
    noor.press("It came true")
    noor.go("/riverside/decide/plans/")
    noor.press("Until every boiler has a date")
    noor.reads("Could it be simpler?")
    noor.unfold("Add a phase")
    noor.fill(title="Gather", aim="Each house has a door.", starts_on=day(40), ends_on=day(50))
    noor.press("Add the phase")
    noor.reads("Each house has a door.")
    noor.unfold("Add an action")
    noor.fill(what="Tea in the yard", ask="Bring a cup.", day=day(3))
    noor.press("Add it to the plan")
    noor.reads("Tea in the yard")
    noor.unfold("Tick what is ready")
    noor.press("Save")


def choose_wait(noor: Walker) -> None:
    noor.unfold("We decide to wait")
    noor.fill(
        title="We wait with the rent", why="Too few have said so.", would_change="Half of Block B says yes."
    )
    noor.page.locator("main [name=waits]").check()
    noor.press("Save the decision")
    noor.reads("Half of Block B says yes.")


def the_meeting(noor: Walker) -> None:
    noor.go("/riverside/decide/motions/")
    noor.press("The next meeting is in Block C.")
    for name in ("Rosa", "Idris"):
        noor.fill(name=name)
        noor.press("Add to the list")
    noor.press("Move down", exact=True)
    noor.press("Show on the wall")
    noor.reads("Idris")
    noor.press("Back to the motion")
    noor.fill(hands_in_favour="31", hands_against="4", paper_in_favour="3")
    noor.press("Enter hands and paper votes")
    noor.fill(present="70")
    noor.press("Close the vote")
    noor.reads("Passed.")
    noor.reads("51")
    assert "Rosa" not in noor.text


def points_of_unity(noor: Walker) -> None:
    noor.go("/riverside/decide/unity/")
    noor.press("What the chapters hold together")
    noor.reads("cannot accept it → only with changes")
    noor.page.locator("summary", has_text="Suggest other words").last.click()
    noor.page.locator("main [name=words]").last.fill(
        "We hold back rent together; whoever does is carried by all."
    )
    noor.page.get_by_role("button", name="Change it for everyone").last.click()
    noor.reads("Everyone is asked again.")
    noor.page.locator("main .judge").last.get_by_label("can live with it").check()
    noor.press("Save our positions")
    noor.press("We agree to this text")
    noor.reads("agreed on")
    noor.unfold("Leave")
    noor.page.locator("main details[open] [name=because]").last.fill("The last sentence came too late.")
    noor.press("We are leaving")
    noor.reads("We have left. The reason is shown beside our name.")
