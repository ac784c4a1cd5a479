"""The link to an online room: what is refused, and who does not get it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from massline.desk.act.events.actions import cancel_event
from massline.desk.act.events.join_link import JoinLink
from massline.desk.act.events.join_link_actions import seal_for_sign_ups
from massline.desk.act.events.models import Event
from massline.desk.act.messages.free_text_mailing import send_free_text
from massline.desk.act.messages.models import Occasion
from massline.desk.call import actions as calls
from massline.desk.call.translations import actions as translations
from massline.desk.people.models import Account, Organisation
from massline.square.calls.facts import TranslationFacts
from massline.square.envelopes.join_links import open_join_link
from massline.square.envelopes.models import Envelope
from tests.conftest import DoorClient, at_desk
from tests.desk.act.mail_server import Post, html_of, occasion_of, text_of
from tests.desk.act.online_meeting_pages import (
    LINK,
    NEW_LINK,
    PLAN,
    plan,
    set_link,
    worker_looks,
)
from tests.desk.act.sign_up_crowd import at, say_yes
from tests.desk.decided_loop import decide, write_call
from tests.parts import expect_refusal, field_errors, shows

pytestmark = pytest.mark.usefixtures("couriers")


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("http://video.example.org/room", "no-https"),
        ("https://bea:secret@video.example.org/room", "link-with-login"),
        ("https://localhost/manage/aaaa/", "own-page"),
        ("https://video example.org/room", "no-link"),
        ("https://video.example.org:port/room", "no-link"),
        ("javascript:alert(1)", "no-https"),
    ],
)
def test_what_is_no_room_is_refused(riverside: Organisation, bea: Account, link: str, code: str) -> None:
    event = plan(bea)
    assert field_errors(set_link(bea, event, link), "link") == [code]
    assert event.online_link == LINK


def test_an_event_read_before_the_link_changed_gives_nobody_the_old_one(
    riverside: Organisation, bea: Account, nobody: DoorClient
) -> None:
    event = plan(bea)
    rosa = say_yes(nobody, event, "Rosa", "rosa@post.example")
    worker_looks()
    read_before = Event.objects.select_related("join_link").get(pk=event.pk)
    set_link(bea, event, NEW_LINK)
    seal_for_sign_ups(read_before)
    assert shows(nobody.get(f"/manage/{rosa}/"), "join-link", NEW_LINK)


def test_once_it_is_off_no_page_and_no_message_has_the_link(
    riverside: Organisation, bea: Account, nobody: DoorClient, post: Post
) -> None:
    event = plan(bea)
    say_yes(nobody, event, "Rosa", "rosa@post.example")
    worker_looks()
    with at(event.starts_at - timedelta(days=3)):
        cancel_event(event=Event.objects.get(pk=event.pk), by=bea, reason="")
        send_free_text(event=event, words="We are sorry.", by=bea)
        worker_looks()
    told = post.to("rosa@post.example")[-1]
    assert occasion_of(told) == Occasion.WORDS
    assert LINK not in text_of(told) + html_of(told)
    assert Envelope.objects.get().sealed_link is None


@pytest.mark.parametrize(
    ("joining", "place", "codes"),
    [
        ("online", f"Video: {LINK}", ["link-as-place"]),
        ("mixed", f"Town Hall, or {LINK}", ["link-as-place"]),
        ("in_person", "Town Hall, map: https://map.example.org/7", None),
    ],
)
def test_a_link_among_words_is_a_place_only_where_all_meet_in_person(
    riverside: Organisation, bea: Account, joining: str, place: str, codes: list[str] | None
) -> None:
    answer = at_desk(bea).post("/riverside/act/plan/", PLAN | {"joining": joining, "place": place})
    assert answer.status_code == 302 if codes is None else field_errors(answer, "place") == codes


def test_a_link_is_no_place_that_everybody_reads(riverside: Organisation, bea: Account) -> None:
    answer = at_desk(bea).post("/riverside/act/plan/", PLAN | {"joining": "in_person", "place": LINK})
    assert field_errors(answer, "place") == ["link-as-place"]


def test_members_do_not_read_the_link(riverside: Organisation, bea: Account, chen: Account) -> None:
    event = plan(bea)
    page = at_desk(chen).get(f"/riverside/act/{event.pk}/").content.decode()
    assert LINK not in page
    assert at_desk(chen).get(f"/riverside/act/{event.pk}/link/").status_code == 404


def test_no_language_of_a_call_names_the_link_as_its_place(riverside: Organisation, bea: Account) -> None:
    call = write_call(decide(riverside, bea), bea)
    calls.change_call(call=call, by=bea, facts=replace(call.facts, joining="online", place=""))
    words = TranslationFacts(
        language="es", slogan="¡Ahora!", what="Nos reunimos", ask="Ven", place=f"Vídeo: {LINK}"
    )
    translations.write_translation(call=call, by=bea, facts=words)
    with expect_refusal("link-as-place"):
        calls.publish_call(call=call, by=bea, insist=True)


def test_a_link_opens_for_its_row_and_secret_alone(
    riverside: Organisation, bea: Account, nobody: DoorClient, settings: Any
) -> None:
    event = plan(bea)
    rosa, ben = (say_yes(nobody, event, name, f"{name}@post.example") for name in ("rosa", "ben"))
    worker_looks()
    first, second = Envelope.objects.order_by("pk")
    assert open_join_link(first, rosa) == LINK
    assert open_join_link(first, ben) == ""
    first.sealed_link = second.sealed_link
    assert open_join_link(first, ben) == ""
    other = JoinLink(event=plan(bea, starts_at="2030-10-01T19:00", ends_at="2030-10-01T20:00"))
    other.sealed = JoinLink.objects.get(event=event).sealed
    assert other.address == ""
    settings.SECRET_KEY = "another secret, as after a move without its file"
    assert JoinLink.objects.get(event=event).address == ""
