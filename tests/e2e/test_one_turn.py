"""One whole turn of the loop from an empty installation: organisers at the desk, neighbours without JavaScript."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser

from tests.e2e.house import House
from tests.e2e.keys import put_key_on_paper
from tests.e2e.walker import Walker

PASSPHRASE = "four quiet words at dawn"
QUESTION = "What should change about the laundry?"
SEEDS = (
    "The laundry should open at six.",
    "The landlord should repair both dryers.",
    "A wash should cost nothing.",
)
OWN_WORDS = "My back cannot carry wet sheets up five floors… نحتاج مصعداً"
SAID_AT_THE_DOOR = "Two dryers for ninety flats. I hang it in the kitchen."
CLAIM = "People want both dryers repaired before anything else."
SLOGAN = "Dry laundry for every floor"


@pytest.mark.browser
def test_one_turn_of_the_loop_from_an_empty_house(empty_house: House, browser: Browser) -> None:
    amal, bea = Walker(browser, empty_house.desk), Walker(browser, empty_house.desk, width=360)
    come_in_and_found(amal, empty_house.way_in)
    invite(amal, bea)
    put_key_on_paper(amal, "/mill-street")
    listen(amal, empty_house, browser)
    sum_up(amal, bea)
    neighbour = Walker(browser, empty_house.square, scripts=False, width=360)
    answer_the_report_back(neighbour)
    decide(amal)
    plan_mass_meeting(amal)
    begins = call_out(amal)
    manage = sign_up(neighbour)
    at_the_door(amal, neighbour, manage)
    amal.page.wait_for_timeout(max(0.0, (begins - datetime.now(UTC)).total_seconds() + 1) * 1000)
    learn(amal)
    walk_the_turn_both_ways(amal)


def come_in_and_found(amal: Walker, way_in: str) -> None:
    amal.go(way_in)
    amal.fill(name="Amal", passphrase=PASSPHRASE, again=PASSPHRASE)
    amal.press("Come in")
    amal.fill(
        name="Mill Street Tenants",
        slug="mill-street",
        sentence="Ninety flats, one laundry.",
        passphrase=PASSPHRASE,
    )
    amal.press("Found it")
    amal.reads("Mill Street Tenants stands.")
    for name, headcount in (("Front house", "50"), ("Back house", "40")):
        amal.press("Add a section")
        amal.fill(name=name, headcount=headcount)
        amal.press("Add it")
    amal.go("/mill-street/")
    amal.reads("No mass meeting is set.")


def invite(amal: Walker, bea: Walker) -> None:
    amal.go("/mill-street/guard/")
    amal.press("Unlock", exact=True)
    amal.fill(passphrase=PASSPHRASE)
    amal.press("Unlock")
    amal.reads("The vault is open.")
    amal.page.locator("main [name=role]").select_option("3")
    amal.press("Make a link")
    bea.go(amal.page.locator("#address").input_value())
    bea.fill(name="Bea", passphrase=PASSPHRASE, again=PASSPHRASE)
    bea.press("Come in")
    bea.reads("Mill Street Tenants")


def listen(amal: Walker, house: House, browser: Browser) -> None:
    amal.go("/mill-street/listen/")
    amal.press("Open a listening round")
    amal.fill(question=QUESTION, seeds="\n".join(SEEDS))
    amal.press("Open the round")
    neighbours = [
        Walker(browser, house.square, scripts=False, width=360, judges=number == 0) for number in range(6)
    ]
    for number, neighbour in enumerate(neighbours):
        vote_on_everything(neighbour, number)
    wrote = neighbours[0]
    wrote.unfold("Say it in your own words")
    wrote.fill(text=OWN_WORDS)
    wrote.press("Add my sentence")
    wrote.reads("A moderator reads it")
    amal.page.reload()
    amal.reads(OWN_WORDS)
    amal.press("Show it")
    for neighbour in neighbours[1:]:
        neighbour.page.reload()
        neighbour.reads(OWN_WORDS)
        neighbour.press("Agree", exact=True)
    change_a_vote(neighbours[1])
    amal.press("Write down what you heard")
    amal.fill(text_0=SAID_AT_THE_DOOR, people="2")
    amal.press("Keep it")
    amal.reads("Kept, word for word.")
    amal.press("Back to the round")
    amal.press("Draw the map now")
    amal.reads("The map is up to date.")
    wrote.go("/mill-street/c/what-should-change-about-the-laundry/results/")
    wrote.reads("The landlord should repair both dryers.")
    for neighbour in neighbours:
        neighbour.context.close()


def vote_on_everything(neighbour: Walker, number: int) -> None:
    neighbour.go("/")
    if not neighbour.page.url.rstrip("/").endswith("mill-street"):
        neighbour.press("Mill Street Tenants")
    neighbour.press("Have your say")
    for _ in SEEDS:
        wish = "Disagree" if "cost nothing" in neighbour.text and number % 2 else "Agree"
        neighbour.press(wish, exact=True)
    neighbour.reads("You have answered everything.")


def change_a_vote(neighbour: Walker) -> None:
    neighbour.press("Your answers")
    neighbour.press("Pass", exact=True)
    neighbour.reads("Pass")


def sum_up(amal: Walker, bea: Walker) -> None:
    amal.go("/mill-street/sum-up/")
    amal.press("Sum it up")
    amal.fill(title="What two houses say about the laundry")
    amal.press("Lay out what we heard")
    amal.fill(text=CLAIM)
    amal.page.locator("label.pick", has_text=SAID_AT_THE_DOOR).locator("input").check()
    amal.page.locator("label.pick", has_text="repair both dryers").locator("input").check()
    amal.press("Add the claim")
    amal.reads("Rests on 2 quotes")
    amal.fill(text="Carrying wet laundry up the stairs is too much for some.")
    amal.page.locator("label.pick", has_text="five floors").locator("input").check()
    amal.page.locator("#composer [name=minority]").check()
    amal.press("Add the claim")
    if not amal.page.locator("main [name=heard]").is_visible():
        amal.unfold("In our own words")
    amal.fill(
        heard="Repair comes first.",
        unknown="We met nobody who works nights.",
        next_step="We decide on Sunday.",
    )
    amal.press("Keep these words")
    assert not amal.page.get_by_role("button", name="sign").count(), "the writer could sign her own sum-up"
    bea.go(amal.page.url)
    bea.press("I read it against the words: sign")
    amal.page.reload()
    amal.press("Publish the report-back")


def answer_the_report_back(neighbour: Walker) -> None:
    neighbour.go("/mill-street/")
    neighbour.page.locator("main a[href*='/said/']").first.click()
    neighbour.reads(CLAIM)
    neighbour.reads("A minority view")
    neighbour.press("Yes, that is it")
    neighbour.page.locator("summary", has_text="more voice").first.click()
    neighbour.reads("The landlord should repair both dryers.")


def decide(amal: Walker) -> None:
    amal.go("/mill-street/decide/")
    amal.fill(text="Nobody pays for another’s repair.")
    amal.press("Add this line")
    amal.press("Make a demand")
    amal.fill(text="Both dryers run by the first of the month.")
    amal.page.locator("label.pick", has_text=CLAIM).locator("input").check()
    amal.press("Make it our demand")
    amal.page.locator("main .judge input[value=keeps]").check()
    amal.press("Keep my judgement")
    amal.reads("most say")
    amal.press("Record a decision on it")
    amal.fill(
        title="We go to the office on Saturday",
        why="It unites both houses.",
        dissent="Two would rather write a letter.",
        forecast="Thirty come.",
    )
    amal.fill(in_favour="21", against="2")
    amal.page.locator("main [name=owner]").select_option(label="Amal")
    amal.press("Write the decision down")
    amal.reads("Two would rather write a letter.")


def moment(days: int, hour: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).strftime(f"%Y-%m-%dT{hour:02d}:00")


def next_minute_but_one() -> datetime:
    """The soonest start a form takes that is surely ahead: nobody reviews what has not begun."""
    return datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=2)


def plan_mass_meeting(amal: Walker) -> None:
    amal.go("/mill-street/act/plan/")
    amal.fill(title="Mass meeting", starts_at=moment(9, 18), ends_at=moment(9, 20), place="Laundry yard")
    amal.press("Set it")
    amal.reads("It is set.")


def call_out(amal: Walker) -> datetime:
    begins = next_minute_but_one()
    amal.go("/mill-street/call/")
    amal.press("Make the call")
    amal.fill(slogan=SLOGAN, what="We walk to the office together", ask="Come, and bring one neighbour.")
    amal.press("Keep it and look at it")
    amal.reads("missing")
    assert not amal.page.get_by_role("button", name="Publish the call").count(), (
        "a call without a day could go out"
    )
    amal.press("Say what is missing")
    amal.fill(
        starts_at=f"{begins:%Y-%m-%dT%H:%M}",
        ends_at=f"{begins + timedelta(hours=1):%Y-%m-%dT%H:%M}",
        place="Laundry yard, by the bench",
        called_by="Mill Street Tenants",
    )
    amal.press("Keep it and look at it")
    amal.press("Publish the call")
    amal.reads("Carry it out")
    poster = amal.fetch(amal.href("Print the poster"))
    assert poster.startswith(b"%PDF-")
    event = Calendar.from_ical(amal.fetch(amal.href("Calendar file"))).walk("VEVENT")[0]
    assert "Laundry yard, by the bench" in str(event["LOCATION"])
    amal.press("Change time, place or words")
    amal.fill(place="Laundry yard, by the big gate")
    amal.press("Change it everywhere")
    changed = Calendar.from_ical(amal.fetch(amal.href("Calendar file"))).walk("VEVENT")[0]
    assert "by the big gate" in str(changed["LOCATION"])
    assert int(str(changed["SEQUENCE"])) == int(str(event.get("SEQUENCE", 0))) + 1
    assert changed["UID"] == event["UID"]
    return begins


def sign_up(neighbour: Walker) -> str:
    neighbour.go("/mill-street/")
    neighbour.press(SLOGAN)
    neighbour.reads("by the big gate")
    neighbour.fill(name="Rosa", contact="+49 555 010 001")
    neighbour.press("Count me in")
    neighbour.reads("You are counted in.")
    found = neighbour.page.locator("a[href*='/manage/']").first.get_attribute("href")
    assert found
    neighbour.go(found)
    neighbour.fill(name="Rosa and her sister", contact="+49 555 010 001")
    neighbour.press("Replace what I gave")
    return found


def at_the_door(amal: Walker, neighbour: Walker, manage: str) -> None:
    amal.go("/mill-street/act/")
    amal.page.locator("main a", has_text="We walk to the office together").first.click()
    amal.page.wait_for_load_state()
    if amal.page.get_by_role("link", name="Unlock the list").count():
        amal.press("Unlock the list")
        amal.fill(passphrase=PASSPHRASE)
        amal.press("Unlock")
    amal.press("Open 1 envelope")
    amal.reads("Rosa and her sister")
    amal.press("Came")
    amal.press("Somebody came unannounced")
    amal.fill(name="Idris", point="idris@example.org")
    amal.page.locator("main [name=consent]").check()
    amal.press("Welcome them")
    amal.fill(headcount="31")
    amal.press("Write it down")
    amal.press("The same for all who came")
    amal.fill(what="Come to the mass meeting", due_on=moment(9, 18)[:10])
    amal.press("Agree on it with all")
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
    amal.press("Close it with this review")
    amal.fill(
        claim="One clear ask brings people.",
        context="Ninety flats, one laundry.",
        evidence="31 came where 30 were expected.",
    )
    amal.press("Keep it and share it")
    amal.reads("One clear ask brings people.")
    amal.fill(question="The dryers run. What next?")
    amal.press("Ask the next question")


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
    amal.reads("It began with a lesson")
    amal.press("One clear ask brings people.")
    amal.press("The review")
    amal.go("/mill-street/")
