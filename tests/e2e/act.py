"""The second half of a turn: decide, call, act, learn, and walk it all back."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

from icalendar import Calendar

from tests.e2e.walker import Walker
from tests.e2e.words import CLAIM, PASSPHRASE, SAID_AT_THE_DOOR, SLOGAN


def decide(amal: Walker) -> None:
    amal.go("/mill-street/decide/")
    amal.fill(text="Nobody pays for another’s repair.")
    amal.press("Add this principle")
    amal.press("Yes", exact=True)
    amal.reads("You have voted.")
    amal.press("Count the vote")
    amal.reads("1 yes, 0 no")
    amal.press("Demands")
    amal.press("Make a demand")
    amal.fill(text="Both dryers run by the first of the month.")
    amal.page.locator("label.pick", has_text=CLAIM).locator("input").check()
    amal.press("Make it our demand")
    amal.page.locator("main .judge input[value=keeps]").check()
    amal.press("Save my judgement")
    amal.reads("everyone says it keeps to it")
    amal.press("Record a decision on it")
    amal.unfold("How we voted")
    amal.fill(
        title="We go to the office on Saturday",
        why="It unites both houses.",
        dissent="Two would rather write a letter.",
        forecast="Thirty come.",
    )
    amal.fill(in_favour="21", against="2")
    amal.page.locator("main [name=owner]").select_option(label="Amal")
    amal.press("Save the decision")
    amal.reads("Two would rather write a letter.")


def moment(days: int, hour: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).strftime(f"%Y-%m-%dT{hour:02d}:00")


def next_minute_but_one() -> datetime:
    """The soonest start a form takes that is surely ahead: nobody reviews what has not begun."""
    return datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=2)


def plan_mass_meeting(amal: Walker) -> None:
    amal.go("/mill-street/act/plan/")
    amal.fill(title="Mass meeting", starts_at=moment(9, 18), ends_at=moment(9, 20), place="Laundry yard")
    amal.press("Save the event")
    amal.reads("Event saved.")


def call_out(amal: Walker) -> datetime:
    begins = next_minute_but_one()
    amal.go("/mill-street/call/")
    amal.press("Make the call")
    amal.fill(slogan=SLOGAN, what="We walk to the office together", ask="Come, and bring one neighbour.")
    amal.press("Save and preview")
    amal.reads("missing")
    assert not amal.page.get_by_role("button", name="Publish the call").count(), (
        "a call without a day could go out"
    )
    amal.press("See what is missing")
    amal.fill(
        starts_at=f"{begins:%Y-%m-%dT%H:%M}",
        ends_at=f"{begins + timedelta(hours=1):%Y-%m-%dT%H:%M}",
        place="Laundry yard, by the bench",
    )
    amal.unfold("More: why, who is calling")
    amal.fill(called_by="Mill Street Tenants")
    amal.press("Save and preview")
    amal.press("Publish the call")
    amal.reads("Plan how to carry it out")
    poster = amal.fetch(amal.href("Print the poster"))
    assert poster.startswith(b"%PDF-")
    event = Calendar.from_ical(amal.fetch(calendar_file(amal))).walk("VEVENT")[0]
    assert "Laundry yard, by the bench" in str(event["LOCATION"])
    amal.press("Change time, place or words")
    amal.fill(place="Laundry yard, by the big gate")
    amal.press("Change it everywhere")
    changed = Calendar.from_ical(amal.fetch(calendar_file(amal))).walk("VEVENT")[0]
    assert "by the big gate" in str(changed["LOCATION"])
    assert int(str(changed["SEQUENCE"])) == int(str(event.get("SEQUENCE", 0))) + 1
    assert changed["UID"] == event["UID"]
    return begins


def calendar_file(walker: Walker) -> str:
    """The address of the calendar file of the call whose page is open; it stands in the kit, with the texts."""
    kit = walker.fetch(f"{walker.page.url.partition('#')[0]}kit/").decode()
    found = re.search(r'data-part="calendar-file"[^>]*?href="([^"]+)"', kit)
    assert found, "the kit has no calendar file"
    return unescape(found[1])


def sign_up(neighbour: Walker) -> str:
    neighbour.go("/mill-street/")
    neighbour.press(SLOGAN)
    neighbour.reads("by the big gate")
    neighbour.fill(name="Rosa", contact="+49 555 010 001")
    neighbour.press("Add my sign-up")
    neighbour.reads("You’re on the list.")
    found = neighbour.page.locator("a[href*='/manage/']").first.get_attribute("href")
    assert found
    neighbour.go(found)
    neighbour.fill(name="Rosa and her sister", contact="+49 555 010 001")
    neighbour.press("Save my changes")
    return found


def at_the_door(amal: Walker, neighbour: Walker, manage: str) -> None:
    amal.go("/mill-street/act/")
    amal.page.locator("main a", has_text="We walk to the office together").first.click()
    amal.page.wait_for_load_state()
    amal.turn_to("door")
    if amal.page.get_by_role("link", name="Unlock the list").count():
        amal.press("Unlock the list")
        amal.fill(passphrase=PASSPHRASE)
        amal.press("Unlock contacts")
    amal.press("Open 1 sign-up")
    amal.reads("Rosa and her sister")
    with amal.page.expect_response(lambda answer: answer.request.method == "POST"):
        amal.page.locator("main").get_by_role("button", name="Came").first.click()
    amal.press("Add someone who did not sign up")
    amal.fill(name="Idris", point="idris@example.org")
    amal.page.locator("main [name=consent]").check()
    amal.press("Add them")
    amal.turn_to("hall")
    amal.fill(headcount="31")
    amal.press("Save")
    amal.turn_to("hall")
    amal.press("Give everyone who came the same one")
    amal.fill(what="Come to the mass meeting", due_on=moment(9, 18)[:10])
    amal.press("Save it for everyone")
    neighbour.go(manage)
    neighbour.press("Take me off the list")
    neighbour.reads("You are off the list.")


def learn(amal: Walker) -> None:
    amal.go("/mill-street/act/")
    amal.page.locator("main a", has_text="We walk to the office together").first.click()
    event = re.search(r"/act/(\d+)/", amal.page.url)
    assert event
    amal.go(f"/mill-street/learn/events/{event[1]}/")
    amal.reads("31")
    amal.fill(
        happened="Thirty-one came; the office named a day.", because="Everybody brought one.", keep="One ask."
    )
    amal.page.locator("main [name=next_event]").select_option(index=1)
    amal.press("Save the review and close the event")
    amal.fill(
        claim="One clear ask brings people.",
        context="Ninety flats, one laundry.",
        evidence="31 came where 30 were expected.",
    )
    amal.press("Save and share it")
    amal.reads("One clear ask brings people.")
    amal.fill(question="The dryers run. What next?")
    amal.press("Ask the next question")


def walk_the_turn_both_ways(amal: Walker) -> None:
    amal.go("/mill-street/turn/1/")
    for words in (
        CLAIM,
        "We go to the office on Saturday",
        SLOGAN,
        "31 people came",
        "One clear ask brings people.",
        "The dryers run. What next?",
    ):
        amal.reads(words)
    amal.unfold(CLAIM)
    amal.reads(SAID_AT_THE_DOOR)
    amal.press("The dryers run. What next?")
    amal.reads("It started with a lesson")
    amal.press("One clear ask brings people.")
    amal.press("The review")
    amal.go("/mill-street/")
