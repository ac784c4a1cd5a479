"""What remains of a turn, in the house of the demo: the review, what was tried elsewhere, a changed mind, other programs."""

import re

import pytest
from icalendar import Calendar

from tests.e2e.act import moment
from tests.e2e.house import House
from tests.e2e.walker import Walker

PAGES = """
act/programmes/ act/programmes/1/ act/structure/ act/structure/1/ act/legal/ act/legal/cards/1/ act/2/change/
act/2/meeting/ act/2/meeting/items/1/ act/2/meeting/decided/ act/2/meeting/close/ call/how/ call/with/ call/from/2/
call/1/ decide/time/1/ decide/points/1/ decide/line/1/ people/sections/1/ api/
"""


@pytest.mark.browser
def test_a_review_on_a_phone_and_what_sister_chapters_learnt(noor: Walker) -> None:
    noor.go("/riverside/learn/")
    noor.reads("Whoever bears the most asks best")
    noor.reads("No rent goes up while a lift stands still.")
    noor.press("Start the review")
    noor.reads("53")
    noor.fill(
        expected="Forty come to eat.",
        happened="Fifty-three came; seven cooked.",
        because="Block D asked from door to door.",
        what_0="Ask Block E for pots",
        due_0=moment(5, 9)[:10],
    )
    noor.page.locator("main [name=who_0]").select_option(label="Chen")
    noor.unfold("Who came, by section")
    for field, came in zip(noor.page.locator("main [name^=room_]").all(), (8, 6, 2, 20, 4), strict=False):
        field.fill(str(came))
    noor.press("Save the review and close the event")
    noor.reads("missing")
    noor.press("Mark as done Ask Block E for pots")
    noor.reads("done on")
    noor.fill(claim="Soup brings whom a meeting does not.", context="A cold Sunday.", evidence="53 came.")
    noor.press("Save and share it")
    noor.reads("Soup brings whom a meeting does not.")
    noor.go("/riverside/learn/")
    noor.press("Whoever bears the most asks best")
    noor.page.get_by_label("it held up", exact=True).check()
    noor.fill(words="Block C, from the fifth floor down.")
    noor.press("Save")
    noor.reads("held up 1 ×")


@pytest.mark.browser
def test_before_planning_the_most_similar_are_shown_with_what_makes_them_alike(noor: Walker) -> None:
    noor.go("/riverside/act/plan/")
    noor.press("How did it go last time?")
    noor.fill(text="Hand over letters about the boiler", place="Harbour Square", size="80")
    noor.press("Search")
    noor.reads("We walk to the housing office and hand over our letters")
    for words in ("similar words: ", "the same place or section: harbour, square", "about as many people"):
        noor.reads(words)


@pytest.mark.browser
def test_a_motion_amended_and_a_call_with_others_called_off(noor: Walker, demo_house: House) -> None:
    noor.go("/riverside/decide/motions/")
    noor.press("We go to the council on its next open evening, all five blocks.")
    noor.unfold("Somebody wants to change it")
    noor.fill(text="We go to the council on its next open evening, all blocks that can.")
    noor.press("Propose the amendment")
    noor.fill(in_favour="3", against="40")
    noor.press("Enter the show of hands")
    noor.reads("rejected")
    noor.press("Minutes")
    noor.reads("We go to the council")
    noor.go("/riverside/call/")
    noor.press("Heat for the last two blocks!")
    noor.press("Ask an organisation to join the call")
    noor.fill(name="Parents of the quay school")
    noor.press("Add them")
    noor.press("Heat for the last two blocks!")
    neighbour = Walker(noor.context.browser, demo_house.square, scripts=False, width=360)  # type: ignore[arg-type]
    neighbour.go("/riverside/calls/heat-for-the-last-two-blocks/")
    neighbour.go("/riverside/calls/heat-for-the-last-two-blocks/frame/")
    noor.unfold("Cancel the call")
    noor.fill(reason="The office gave both dates this morning.")
    noor.page.locator("details[open] button", has_text="Cancel the call").click()
    noor.page.wait_for_load_state()
    neighbour.go("/riverside/calls/heat-for-the-last-two-blocks/")
    neighbour.reads("The office gave both dates this morning.")
    feed = Calendar.from_ical(neighbour.fetch("/riverside/events.ics"))
    off = [one for one in feed.walk("VEVENT") if str(one.get("STATUS")) == "CANCELLED"]
    assert len(off) == 1, "what was called off vanished from the feed"


@pytest.mark.browser
def test_another_program_gets_a_key_and_loses_it(noor: Walker) -> None:
    noor.go("/riverside/guard/contacts/")
    noor.press("Access for other programs")
    noor.unfold("Make a key")
    noor.fill(name="A map of the district")
    noor.page.locator("main [name=scopes][value=heard]").check()
    noor.press("Make it")
    found = re.search(r"massline_[\w-]+", noor.text)
    assert found, "the key was not shown"
    head = {"Authorization": f"Bearer {found[0]}"}
    answer = noor.page.request.get(f"{noor.base}/api/conversations", headers=head)
    assert answer.status == 200
    assert {one["people"] for one in answer.json()} > {200}
    assert noor.page.request.get(f"{noor.base}/api/decisions", headers=head).status == 403
    noor.unfold("Notify an address")
    noor.fill(url="https://map.example/hook")
    noor.page.locator("main [name=kinds]").first.check()
    noor.press("Add it")
    noor.reads("whsec_")
    noor.press("Stop https://map.example/hook")
    noor.press("Revoke A map of the district")
    noor.reads("It no longer works.")
    assert noor.page.request.get(f"{noor.base}/api/conversations", headers=head).status == 401


@pytest.mark.browser
def test_the_pages_no_story_passes_are_open_to_everybody(noor: Walker) -> None:
    """Accessible and no wider than a phone, with everything unfolded, and in the dark, which no other story sees."""
    noor.page.emulate_media(color_scheme="dark")
    noor.unfold_every_page()
    for page in PAGES.split():
        noor.go(f"/riverside/{page}")
