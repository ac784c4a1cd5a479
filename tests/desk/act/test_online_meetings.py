"""Online and mixed meetings: everybody reads how to join, and only those who have a place get the link."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from massline.desk.act import jobs
from massline.desk.act.events.models import Event
from massline.desk.act.messages.message import MessageText
from massline.desk.act.messages.models import Occasion
from massline.desk.call import actions as calls
from massline.desk.people.models import Account, Organisation
from massline.jobs.worker import do_all
from massline.square.calls.models import PublicEvent
from massline.square.calls.printed.printed_event import EventOnPaper
from massline.square.envelopes.models import Envelope
from tests.conftest import DoorClient, at_desk
from tests.desk.act.mail_server import Post, html_of, occasion_of, text_of
from tests.desk.act.online_meeting_pages import (
    LINK,
    NEW_LINK,
    PLAN,
    calendar_of,
    conference,
    plan,
    public_address,
    set_link,
    worker_looks,
)
from tests.desk.act.sign_up_crowd import at, say_yes
from tests.desk.decided_loop import decide, write_call
from tests.open_forms import open_form
from tests.parts import field_errors, shows

pytestmark = pytest.mark.usefixtures("couriers")


def test_who_has_a_place_finds_the_link_and_nobody_else(
    riverside: Organisation, bea: Account, nobody: DoorClient
) -> None:
    event = plan(bea)
    at_desk(bea).post(f"/riverside/act/{event.pk}/slots/", {"slots": "", "places": "1"})
    rosa = say_yes(nobody, event, "Rosa", "rosa@post.example")
    chen = say_yes(nobody, event, "Chen", "chen@post.example")
    assert shows(nobody.get(f"/manage/{rosa}/"), "join-link-comes")
    worker_looks()
    for page in ("", "thanks/"):
        assert shows(nobody.get(f"/manage/{rosa}/{page}"), "join-link", LINK)
        waiting = nobody.get(f"/manage/{chen}/{page}")
        assert not shows(waiting, "join-link")
        assert not shows(waiting, "join-link-comes")
    entry = calendar_of(nobody.get(f"/manage/{rosa}/event.ics"))
    assert entry["conference"] == LINK
    assert entry["conference"].params["VALUE"] == "URI"
    assert LINK in entry["description"]
    assert "conference" not in calendar_of(nobody.get(f"/manage/{chen}/event.ics"))
    nobody.post(f"/manage/{rosa}/cancel/")
    worker_looks()
    assert not shows(nobody.get(f"/manage/{rosa}/"), "join-link")
    assert LINK.encode() not in nobody.get(f"/manage/{rosa}/event.ics").content
    assert shows(nobody.get(f"/manage/{chen}/"), "join-link", LINK)


def test_everybody_reads_that_it_is_online_and_how_the_link_comes(
    riverside: Organisation, bea: Account, nobody: DoorClient
) -> None:
    event = plan(bea)
    page = nobody.get(public_address(event))
    assert shows(page, "link-with-sign-up")
    entry = calendar_of(nobody.get(PublicEvent.objects.get().get_calendar_url()))
    assert entry["location"] == "Online"
    assert "conference" not in entry
    linked = nobody.get(f"/riverside/events/{event.uuid}.jsonld").json()
    assert linked["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert linked["location"] == {"@type": "VirtualLocation", "url": linked["url"]}


def test_sheets_and_texts_to_share_say_that_it_is_online(
    riverside: Organisation, bea: Account, nobody: DoorClient
) -> None:
    event = plan(bea, joining="mixed", place="Town Hall")
    kit = at_desk(bea).get(f"/riverside/act/{event.pk}/kit/")
    assert kit.context["texts"]
    told = [text for shared in kit.context["texts"] for text in [str(shared)] if "Town Hall" in text]
    assert told
    assert all("Town Hall, and online" in text for text in told)
    paper = EventOnPaper(PublicEvent.objects.get(uuid=event.uuid)).printed
    assert "Town Hall, and online" in str(paper)
    assert LINK not in kit.content.decode() + str(paper)


def test_a_mixed_meeting_has_a_room_and_a_page_to_sign_up_on(
    riverside: Organisation, bea: Account, nobody: DoorClient
) -> None:
    missing = at_desk(bea).post("/riverside/act/plan/", PLAN | {"joining": "mixed"})
    assert field_errors(missing, "place") == ["no-place"]
    event = plan(bea, joining="mixed", place="Town Hall")
    linked = nobody.get(f"/riverside/events/{event.uuid}.jsonld").json()
    assert linked["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in linked["location"]] == ["Place", "VirtualLocation"]
    assert linked["location"][0]["name"] == "Town Hall"


def test_messages_hold_the_link_for_who_has_a_place(
    riverside: Organisation, bea: Account, nobody: DoorClient, post: Post
) -> None:
    event = plan(bea)
    at_desk(bea).post(f"/riverside/act/{event.pk}/slots/", {"slots": "", "places": "1"})
    rosa = say_yes(nobody, event, "Rosa", "rosa@post.example")
    say_yes(nobody, event, "Chen", "chen@post.example", "es")
    worker_looks()
    (welcome,), (waits,) = post.to("rosa@post.example"), post.to("chen@post.example")
    assert LINK in text_of(welcome)
    assert LINK in html_of(welcome)
    assert conference(welcome) == LINK
    assert LINK not in waits.as_string() + text_of(waits) + html_of(waits)
    assert conference(waits) is None
    nobody.post(f"/manage/{rosa}/cancel/")
    worker_looks()
    moved_up = post.to("chen@post.example")[-1]
    assert occasion_of(moved_up) == Occasion.MOVED_UP
    assert LINK in text_of(moved_up)
    with at(event.starts_at - timedelta(days=1)):
        worker_looks()
    assert LINK in text_of(post.to("chen@post.example")[-1])


def test_a_text_message_has_room_for_the_link() -> None:
    text = MessageText(
        subject="Today: Mass meeting", lead="x" * 400, links=(("Page", "https://r.example/e"),), join=LINK
    )
    assert text.as_sms().endswith(f"https://r.example/e {LINK}")
    assert len(text.as_sms()) <= 320
    endless = replace(text, join=f"{LINK}?pwd={'x' * 300}")
    assert endless.as_sms().endswith("https://r.example/e"), "that page has the long one"
    assert len(endless.as_sms()) <= 320


def test_another_link_reaches_those_who_have_a_place_and_one_set_again_nobody(
    riverside: Organisation, bea: Account, nobody: DoorClient, post: Post
) -> None:
    event = plan(bea)
    rosa = say_yes(nobody, event, "Rosa", "rosa@post.example")
    worker_looks()
    with at(event.starts_at - timedelta(days=3)):
        assert set_link(bea, event, NEW_LINK).status_code == 302
        worker_looks()
        assert set_link(bea, event, NEW_LINK).status_code == 302
        worker_looks()
        assert shows(nobody.get(f"/manage/{rosa}/"), "join-link", NEW_LINK)
    _welcome, told = post.to("rosa@post.example")
    assert occasion_of(told) == Occasion.LINK
    assert NEW_LINK in text_of(told)
    assert conference(told) == NEW_LINK
    assert shows(at_desk(bea).get(f"/riverside/act/{event.pk}/"), "join-link-set", NEW_LINK)


def test_in_person_again_takes_the_link_from_every_page(
    riverside: Organisation, bea: Account, nobody: DoorClient, post: Post
) -> None:
    event = plan(bea)
    rosa = say_yes(nobody, event, "Rosa", "rosa@post.example")
    worker_looks()
    address = f"/riverside/act/{event.pk}/change/"
    form = open_form(at_desk(bea).get(address).content.decode(), "starts_at")
    with at(event.starts_at - timedelta(days=3)):
        at_desk(bea).post(address, form | {"joining": ["in_person"], "place": ["Town Hall"]})
        worker_looks()
    assert not shows(nobody.get(f"/manage/{rosa}/"), "join-link")
    assert Envelope.objects.get().sealed_link is None
    told = post.to("rosa@post.example")[-1]
    assert occasion_of(told) == Occasion.CHANGED
    assert "Town Hall" in text_of(told)
    assert LINK not in text_of(told)


@pytest.mark.parametrize(
    ("which", "changed"),
    [("this", [1, 0, 0, 0, 0]), ("later", [1, 1, 1, 1, 1]), ("all", [1, 1, 1, 1, 1])],
)
def test_a_series_has_the_link_for_as_many_dates_as_was_chosen(
    riverside: Organisation, bea: Account, which: str, changed: list[int]
) -> None:
    with at(datetime(2030, 10, 1, 9, tzinfo=UTC)):
        first = plan(bea, every="week")
        dates = list(Event.objects.order_by("starts_at"))
        assert [date.online_link for date in dates] == [LINK] * 5
        set_link(bea, first, NEW_LINK, which=which)
    links = [date.online_link for date in Event.objects.order_by("starts_at")]
    assert links == [NEW_LINK if new else LINK for new in changed]
    with at(datetime(2030, 10, 9, 9, tzinfo=UTC)):
        jobs.plan_series_ahead()
        do_all("desk")
    assert Event.objects.count() == 6
    assert Event.objects.order_by("starts_at")[5].online_link == links[-1]


def test_a_series_that_begins_in_some_months_keeps_its_link(riverside: Organisation, bea: Account) -> None:
    with at(datetime(2030, 6, 1, 9, tzinfo=UTC)):
        assert at_desk(bea).post("/riverside/act/plan/", PLAN | {"every": "month"}).status_code == 302
        assert not Event.objects.exists()
    with at(datetime(2030, 10, 1, 9, tzinfo=UTC)):
        jobs.plan_series_ahead()
        do_all("desk")
        assert [event.online_link for event in Event.objects.all()] == [LINK]


def test_an_event_like_another_is_proposed_with_its_link(riverside: Organisation, bea: Account) -> None:
    event = plan(bea)
    form = open_form(at_desk(bea).get(f"/riverside/act/plan/?like={event.pk}").content.decode(), "starts_at")
    assert (form["joining"], form["link"]) == (["online"], [LINK])


def test_of_two_who_set_the_link_the_second_sees_the_others(
    riverside: Organisation, bea: Account, amal: Account
) -> None:
    event = plan(bea)
    address = f"/riverside/act/{event.pk}/link/"
    opened = open_form(at_desk(amal).get(address).content.decode(), "link")
    set_link(bea, event, NEW_LINK)
    answer = at_desk(amal).post(address, opened | {"link": [f"{LINK}-b"]})
    assert field_errors(answer, "link") == ["changed-meanwhile"]
    assert NEW_LINK in answer.content.decode()
    assert Event.objects.get().online_link == NEW_LINK


def test_the_link_of_a_call_is_set_at_its_event(
    riverside: Organisation, bea: Account, nobody: DoorClient
) -> None:
    call = write_call(decide(riverside, bea), bea)
    facts = replace(call.facts, joining="online", place="")
    calls.change_call(call=call, by=bea, facts=facts)
    calls.publish_call(call=call, by=bea, insist=True)
    event = Event.objects.get(call=call)
    assert shows(at_desk(bea).get(f"/riverside/act/{event.pk}/"), "no-join-link")
    assert set_link(bea, event, LINK).status_code == 302
    rosa = say_yes(nobody, event, "Rosa", "rosa@post.example")
    worker_looks()
    assert shows(nobody.get(f"/manage/{rosa}/"), "join-link", LINK)
    page = nobody.get(public_address(event))
    assert shows(page, "link-with-sign-up")
    assert LINK not in page.content.decode()
