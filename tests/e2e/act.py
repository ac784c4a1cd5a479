"""The second half of a turn: decide, call, act, learn, and walk it all back."""

import re
from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from tests.e2e.walker import Walker
from tests.e2e.words import CLAIM, PASSPHRASE, SAID_AT_THE_DOOR, SLOGAN


def decide(amal: Walker) -> None:
    amal.go("/mill-street/decide/")
    amal.fill(text="Nobody pays for another’s repair.")
    amal.press_part("add-principle")
    amal.press_answer("answer", "yes")
    amal.shows("answer-in-box")
    amal.press_part("count-vote")
    amal.shows("vote-total", 1, 0)
    amal.press("Demands")
    amal.press_part("make-demand")
    amal.fill(text="Both dryers run by the first of the month.")
    amal.page.locator("label.pick", has_text=CLAIM).locator("input").check()
    amal.press_part("save-demand")
    amal.page.locator("main .judge input[value=keeps]").check()
    amal.press_part("save-judgement")
    amal.shows("all-judge-keeps")
    amal.press_part("decide-demand")
    amal.unfold_part("vote-counts")
    amal.fill(
        title="We go to the office on Saturday",
        why="It unites both houses.",
        dissent="Two would rather write a letter.",
        forecast="Thirty come.",
    )
    amal.fill(in_favour="21", against="2")
    amal.page.locator("main [name=owner]").select_option(label="Amal")
    amal.press_part("save-decision")
    amal.reads("Two would rather write a letter.")


def moment(days: int, hour: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).strftime(f"%Y-%m-%dT{hour:02d}:00")


def next_minute_but_one() -> datetime:
    """The soonest start a form takes that is surely ahead: nobody reviews what has not begun."""
    return datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=2)


def plan_mass_meeting(amal: Walker) -> None:
    amal.go("/mill-street/act/plan/")
    amal.fill(title="Mass meeting", starts_at=moment(9, 18), ends_at=moment(9, 20), place="Laundry yard")
    amal.press_part("plan-it")
    amal.shows("event-planned")


def call_out(amal: Walker) -> datetime:
    begins = next_minute_but_one()
    amal.go("/mill-street/call/")
    amal.press_part("make-call")
    amal.fill(slogan=SLOGAN, what="We walk to the office together", ask="Come, and bring one neighbour.")
    amal.press_part("save-and-look")
    amal.shows("when")
    assert not amal.page.locator("[data-part~=publish-call]").count(), "a call without a day could go out"
    amal.press_part("add-missing")
    amal.fill(
        starts_at=f"{begins:%Y-%m-%dT%H:%M}",
        ends_at=f"{begins + timedelta(hours=1):%Y-%m-%dT%H:%M}",
        place="Laundry yard, by the bench",
    )
    amal.unfold_part("more-facts")
    amal.fill(called_by="Mill Street Tenants")
    amal.press_part("save-and-look")
    amal.press_part("publish-call")
    amal.shows("share-call")
    poster = amal.fetch(amal.href("poster"))
    assert poster.startswith(b"%PDF-")
    event = Calendar.from_ical(amal.fetch(amal.href("calendar-file"))).walk("VEVENT")[0]
    assert "Laundry yard, by the bench" in str(event["LOCATION"])
    amal.press_part("change-call")
    amal.fill(place="Laundry yard, by the big gate")
    amal.press_part("change-everywhere")
    changed = Calendar.from_ical(amal.fetch(amal.href("calendar-file"))).walk("VEVENT")[0]
    assert "by the big gate" in str(changed["LOCATION"])
    assert int(str(changed["SEQUENCE"])) == int(str(event.get("SEQUENCE", 0))) + 1
    assert changed["UID"] == event["UID"]
    return begins


def sign_up(neighbour: Walker) -> str:
    neighbour.go("/mill-street/")
    neighbour.press(SLOGAN)
    neighbour.reads("by the big gate")
    neighbour.fill(name="Rosa", contact="+49 555 010 001")
    neighbour.press_part("sign-up")
    neighbour.shows("on-the-list")
    found = neighbour.page.locator("a[href*='/manage/']").first.get_attribute("href")
    assert found
    neighbour.go(found)
    neighbour.fill(name="Rosa and her sister", contact="+49 555 010 001")
    neighbour.press_part("sign-up")
    return found


def at_the_door(amal: Walker, neighbour: Walker, manage: str) -> None:
    amal.go("/mill-street/act/")
    amal.page.locator("main a", has_text="We walk to the office together").first.click()
    amal.page.wait_for_load_state()
    if amal.page.locator("[data-part~=unlock-list]").count():
        amal.press_part("unlock-list")
        amal.fill(passphrase=PASSPHRASE)
        amal.press_part("unlock")
    amal.press_part("open-sign-ups")
    amal.reads("Rosa and her sister")
    amal.press("Came")
    amal.press_part("walk-in")
    amal.fill(name="Idris", point="idris@example.org")
    amal.page.locator("main [name=consent]").check()
    amal.press_part("welcome")
    amal.fill(headcount="31")
    amal.press_part("write-down")
    amal.press_part("same-for-all")
    amal.fill(what="Come to the mass meeting", due_on=moment(9, 18)[:10])
    amal.press_part("agree-with-all")
    neighbour.go(manage)
    neighbour.press_part("sign-off")
    neighbour.shows("off-the-list")


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
    amal.press_part("close-review")
    amal.fill(
        claim="One clear ask brings people.",
        context="Ninety flats, one laundry.",
        evidence="31 came where 30 were expected.",
    )
    amal.press_part("save-lesson")
    amal.reads("One clear ask brings people.")
    amal.fill(question="The dryers run. What next?")
    amal.press_part("next-question")


def walk_the_turn_both_ways(amal: Walker) -> None:
    amal.go("/mill-street/turn/1/")
    for words in (
        CLAIM,
        "We go to the office on Saturday",
        SLOGAN,
        "31 were there",
        "One clear ask brings people.",
        "The dryers run. What next?",
    ):
        amal.reads(words)
    amal.unfold(CLAIM)
    amal.reads(SAID_AT_THE_DOOR)
    amal.press("The dryers run. What next?")
    amal.shows("began-with-lesson")
    amal.press("One clear ask brings people.")
    amal.press_part("review")
    amal.go("/mill-street/")
