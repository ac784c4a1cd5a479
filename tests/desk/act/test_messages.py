"""Writing to those who said they come: what they need to know, each thing once, and only to those who asked."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from massline.desk.act.events import actions
from massline.desk.act.events.models import Event
from massline.desk.act.messages.models import Occasion
from massline.desk.call import actions as calls
from massline.desk.call.facts import CallDraft
from massline.desk.call.translations.actions import write_translation
from massline.desk.people.models import Account, Organisation
from massline.square.calls.facts import VersionFacts
from massline.square.envelopes.models import CourierCopy, Envelope
from tests.conftest import DoorClient
from tests.desk.act.mail_server import Post, html_of, occasion_of, text_of, worker_looks
from tests.desk.act.sign_up_crowd import AMIRA, ROSA, at, dies_after, say_yes, sign_up_many, worker_works
from tests.desk.decided_loop import decide, marked, write_call
from tests.parts import holds

pytestmark = pytest.mark.usefixtures("couriers")


def test_who_signs_up_hears_at_once_and_once(event: Event, post: Post, nobody: DoorClient) -> None:
    secret = say_yes(nobody, event, "Rosa", ROSA)
    worker_looks()
    worker_looks()
    (letter,) = post.letters
    assert occasion_of(letter) == Occasion.WELCOME
    assert "Mass meeting" in letter["Subject"]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"].strip() == f"<http://localhost:8000/manage/{secret}/stop/>"
    assert f"/manage/{secret}/" in text_of(letter)
    assert "Harbour Hall" in text_of(letter)
    (attached,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    assert Calendar.from_ical(attached.get_content()).events[0]["uid"] == str(event.uuid)


def test_everybody_is_written_to_in_their_language(event: Event, post: Post, nobody: DoorClient) -> None:
    say_yes(nobody, event, "Amira", AMIRA, "ar")
    say_yes(nobody, event, "Rosa", ROSA, "es")
    worker_looks()
    assert 'dir="rtl"' in html_of(post.to(AMIRA)[0])
    assert "حسبناكم" in text_of(post.to(AMIRA)[0])
    assert "Contamos contigo" in text_of(post.to(ROSA)[0])


def test_one_click_stops_everything_about_it_without_a_login(
    event: Event, post: Post, nobody: DoorClient, bea: Account
) -> None:
    secret = say_yes(nobody, event, "Rosa", ROSA)
    worker_looks()
    stranger = DoorClient("square", enforce_csrf_checks=True)
    answer = stranger.post(f"/manage/{secret}/stop/", {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    with at(event.starts_at - timedelta(days=3)):
        actions.change_event(event=event, by=bea, facts=replace(event.facts, place="Town Hall"))
        worker_looks()
    assert len(post.letters) == 1
    assert not CourierCopy.objects.exists()
    assert Envelope.objects.standing().count() == 1


def test_a_change_of_place_reaches_everybody_once_though_the_worker_dies_in_the_middle(
    event: Event, post: Post, nobody: DoorClient, bea: Account, riverside: Organisation, face: Any
) -> None:
    people = [f"n{number}@post.example" for number in range(300)]
    sign_up_many(face, event, people)
    with at(event.starts_at - timedelta(days=3)):
        actions.change_event(event=event, by=bea, facts=replace(event.facts, place="Town Hall"))
        dies_after(post, 123, worker_works)
        dies_after(post, 241, worker_works)
    with at(event.starts_at - timedelta(days=3) + timedelta(minutes=11)):
        worker_works()
        worker_works()
    told = post.letters
    assert {occasion_of(letter) for letter in told} == {Occasion.CHANGED}
    assert Counter(letter["To"] for letter in told) == Counter(people)
    assert len({letter["Message-ID"] for letter in told}) == 300
    assert holds(html_of(told[0]), '<b dir="auto">', "Town Hall", "Harbour Hall", "</b>")
    (attached,) = [part for part in told[7].walk() if part.get_content_type() == "text/calendar"]
    entry = Calendar.from_ical(attached.get_content()).events[0]
    assert (str(entry["sequence"]), entry["location"]) == ("1", "Town Hall")


def test_a_call_that_changes_tells_those_who_signed_up_too(
    riverside: Organisation, bea: Account, post: Post, nobody: DoorClient
) -> None:
    call = write_call(decide(riverside, bea), bea)
    calls.publish_call(call=call, by=bea)
    event = Event.objects.get()
    say_yes(nobody, event, "Rosa", ROSA, "es")
    worker_looks()
    with at(event.starts_at - timedelta(days=2)):
        calls.change_call(call=call, by=bea, facts=replace(call.facts, place="Rathaus", why="Because."))
        worker_looks()
        calls.change_call(call=call, by=bea, facts=replace(call.facts, why="Because it is cold."))
        worker_looks()
    (_welcome, changed) = post.letters
    assert "Rathaus" in changed.get_body(("html",)).get_content().split("</b>")[0]  # type: ignore[union-attr]
    with at(event.starts_at - timedelta(days=1)):
        calls.cancel_call(call=call, by=bea, reason="The office is closed.")
        worker_looks()
        worker_looks()
    assert len(post.letters) == 3
    assert "The office is closed." in text_of(post.letters[2])


def test_who_signs_up_in_a_language_of_the_call_gets_all_of_it_in_that_language(
    riverside: Organisation, bea: Account, post: Post, nobody: DoorClient
) -> None:
    """The mail was Spanish, and its subject, title and calendar English."""
    draft = marked(CallDraft, riverside, "in English", language="en", mass_meeting=True)
    call = calls.compose_call(decision=decide(riverside, bea), by=bea, facts=draft)
    write_translation(call=call, by=bea, facts=marked(VersionFacts, riverside, "in Spanish", language="es"))
    calls.publish_call(call=call, by=bea, insist=True)
    say_yes(nobody, Event.objects.get(), "Rosa", ROSA, "es")
    worker_looks()
    (letter,) = post.letters
    (attached,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    entry = Calendar.from_ical(attached.get_content()).events[0]
    for text in (letter["Subject"], text_of(letter), html_of(letter), entry["summary"], entry["location"]):
        assert "in Spanish" in str(text)
        assert "in English" not in str(text)


def test_two_changes_before_the_first_was_told_are_one_message(
    event: Event, post: Post, nobody: DoorClient, bea: Account
) -> None:
    say_yes(nobody, event, "Rosa", ROSA)
    worker_looks()
    with at(event.starts_at - timedelta(days=3, hours=-4)):  # ten in the evening: nobody is woken
        actions.change_event(event=event, by=bea, facts=replace(event.facts, place="Town Hall"))
        worker_looks()
        actions.change_event(
            event=event, by=bea, facts=replace(event.facts, starts_at=event.starts_at - timedelta(hours=1))
        )
        worker_looks()
        assert len(post.letters) == 1
    with at(event.starts_at - timedelta(days=2, hours=6)):
        worker_looks()
    (_welcome, changed) = post.letters
    assert holds(text_of(changed), "Town Hall", "Harbour Hall")
    assert "17:00" in text_of(changed)
