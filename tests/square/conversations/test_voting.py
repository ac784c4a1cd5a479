"""A tenant scans the poster on the stairs: votes, says it in her own words, changes her mind."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from massline.square.conversations import actions
from massline.square.conversations.models import Conversation, Participant, Vote
from tests.conftest import DoorClient
from tests.parts import shows
from tests.square.conftest import words_of


def ballot_on(answer: Any) -> str:
    found = re.search(r'name="ballot" value="([^"]+)"', words_of(answer))
    assert found, "the page carries no ballot"
    return found.group(1)


def answer_next(door: Client, talk: Conversation, value: int) -> Any:
    page = door.get(talk.get_absolute_url())
    return door.post(f"{talk.get_absolute_url()}vote/", {"ballot": ballot_on(page), "vote": value})


def say(door: Client, talk: Conversation, text: str, **more: str) -> Any:
    page = door.get(talk.get_absolute_url())
    given = {"ballot": ballot_on(page), "text": text, **more}
    return door.post(f"{talk.get_absolute_url()}words/", given)


def test_looking_sets_no_voice_cookie_and_the_first_answer_does(
    nobody: DoorClient, talk: Conversation
) -> None:
    nobody.get(talk.get_absolute_url())
    assert "voice" not in nobody.cookies
    answer = answer_next(nobody, talk, 1)
    assert answer.headers["Location"] == f"{talk.get_absolute_url()}#statement"
    cookie = nobody.cookies["voice"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value not in Participant.objects.get().key


def test_over_https_the_cookie_is_bound_to_this_host(
    nobody: DoorClient, talk: Conversation, settings: Any
) -> None:
    settings.HTTPS, settings.BOUND = True, "__Host-"
    answer_next(nobody, talk, 1)
    assert nobody.cookies["__Host-voice"]["secure"]
    assert nobody.cookies["__Host-voice"]["path"] == "/"


def test_every_statement_is_asked_once_with_its_probability(nobody: DoorClient, talk: Conversation) -> None:
    for value in (1, -1, 0):
        assert answer_next(nobody, talk, value).status_code == 302
    votes = Vote.objects.order_by("-waiting")
    assert [vote.value for vote in votes] == [1, -1, 0]
    assert [vote.probability for vote in votes] == [pytest.approx(1 / 3), pytest.approx(1 / 2), 1.0]
    assert shows(words_of(nobody.get(talk.get_absolute_url())), "answered-all")


def test_a_double_tap_before_any_cookie_is_one_voice(nobody: DoorClient, talk: Conversation) -> None:
    ballot = ballot_on(nobody.get(talk.get_absolute_url()))
    for door in (DoorClient("square"), DoorClient("square")):
        door.post(f"{talk.get_absolute_url()}vote/", {"ballot": ballot, "vote": 1})
    assert Participant.objects.count() == Vote.objects.count() == 1


def test_a_forged_ballot_is_refused_and_nothing_is_kept(nobody: DoorClient, talk: Conversation) -> None:
    ballot = ballot_on(nobody.get(talk.get_absolute_url()))
    for given in ({"ballot": ballot + "x", "vote": 1}, {"vote": 1}, {"ballot": ballot, "vote": 7}):
        assert nobody.post(f"{talk.get_absolute_url()}vote/", given).status_code == 403
    assert not Vote.objects.exists()


def test_an_answer_that_no_button_sends_is_refused_and_nothing_is_kept(
    nobody: DoorClient, talk: Conversation
) -> None:
    ballot = ballot_on(nobody.get(talk.get_absolute_url()))
    for made_up in ("", "2", "+1", " 1", "1.0", "\u0661", "True"):
        given = {"ballot": ballot, "vote": made_up}
        assert nobody.post(f"{talk.get_absolute_url()}vote/", given).status_code == 403, made_up
    assert nobody.post(f"{talk.get_absolute_url()}vote/", {"ballot": ballot}).status_code == 403
    assert not Vote.objects.exists()


def test_a_ballot_of_one_conversation_counts_in_no_other(nobody: DoorClient, talk: Conversation) -> None:
    other = actions.open_conversation(organisation=talk.organisation, question="Another?", seeds=["Yes."])
    ballot = ballot_on(nobody.get(talk.get_absolute_url()))
    assert nobody.post(f"{other.get_absolute_url()}vote/", {"ballot": ballot, "vote": 1}).status_code == 403


def test_a_form_sent_from_elsewhere_is_refused_in_words(talk: Conversation) -> None:
    door = DoorClient("square", enforce_csrf_checks=True)
    answer = answer_next(door, talk, 1)
    assert answer.status_code == 403
    assert shows(words_of(answer), "stale")
    assert not Vote.objects.exists()


def test_an_answer_can_be_changed_and_keeps_the_probability_it_was_asked_with(
    nobody: DoorClient, talk: Conversation
) -> None:
    answer_next(nobody, talk, 1)
    page = nobody.get(f"{talk.get_absolute_url()}answers/")
    assert 'aria-pressed="true">Agree' in words_of(page)
    given = {"ballot": ballot_on(page), "vote": -1, "change": "1"}
    assert "answers/#s" in nobody.post(f"{talk.get_absolute_url()}vote/", given).headers["Location"]
    vote = Vote.objects.get()
    assert vote.value == -1
    assert vote.probability == pytest.approx(1 / 3)


def test_a_closed_conversation_takes_no_answer_and_keeps_what_was_typed(
    nobody: DoorClient, talk: Conversation
) -> None:
    ballot = ballot_on(nobody.get(talk.get_absolute_url()))
    Conversation.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    nobody.post(f"{talk.get_absolute_url()}vote/", {"ballot": ballot, "vote": 1})
    answer = nobody.post(f"{talk.get_absolute_url()}words/", {"ballot": ballot, "text": "Too late, alas."})
    assert answer.status_code == 409
    assert "Too late, alas." in words_of(answer)
    assert not Vote.objects.exists()
    assert shows(words_of(nobody.get(talk.get_absolute_url())), "closed-on")


def test_a_conversation_whose_pseudonyms_are_gone_can_still_be_read(
    nobody: DoorClient, talk: Conversation
) -> None:
    answer_next(nobody, talk, 1)
    Conversation.objects.update(closes_at=timezone.now() - timedelta(days=30), key=None)
    for page in ("", "answers/", "stand/", "results/", "words/"):
        assert nobody.get(f"{talk.get_absolute_url()}{page}").status_code == 200


def test_an_empty_conversation_asks_for_the_first_words(nobody: DoorClient, talk: Conversation) -> None:
    empty = actions.open_conversation(organisation=talk.organisation, question="The tea kitchen?", seeds=[])
    page = words_of(nobody.get(empty.get_absolute_url()))
    assert shows(page, "nothing-said")
    assert "<textarea" in page
    assert say(nobody, empty, "Let us take turns.").status_code == 302


def test_a_conversation_still_ahead_says_when_it_opens(nobody: DoorClient, talk: Conversation) -> None:
    Conversation.objects.update(opens_at=timezone.now() + timedelta(days=2))
    page = words_of(nobody.get(talk.get_absolute_url()))
    assert shows(page, "opens-on")
    assert "<button" not in page


def test_a_page_of_a_conversation_asks_the_same_few_questions_however_many_answered(
    nobody: DoorClient, mapped: Conversation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for value in (1, -1, 0, 1):
        answer_next(nobody, mapped, value)
    for page in ("", "answers/", "words/"):
        with django_assert_max_num_queries(10, using="square"):
            nobody.get(f"{mapped.get_absolute_url()}{page}")


def test_a_name_of_another_organisation_or_conversation_is_not_there(
    nobody: DoorClient, talk: Conversation
) -> None:
    assert nobody.get(f"/nowhere/c/{talk.slug}/").status_code == 404
    assert nobody.get("/riverside/c/nothing/").status_code == 404
    assert nobody.get(f"{talk.get_absolute_url()}vote/").status_code == 405


def test_a_ballot_counts_for_the_browser_it_was_made_for(nobody: DoorClient, talk: Conversation) -> None:
    """One ballot sent with sixty invented cookies is nobody's vote; sent sixty times by its browser it is one."""
    page = nobody.get(talk.get_absolute_url())
    given = {"ballot": ballot_on(page), "vote": 1}
    for n in range(60):
        stranger = DoorClient("square")
        stranger.cookies["voice"] = f"invented-invented-invented-{n:05}"
        answer = stranger.post(f"{talk.get_absolute_url()}vote/", given)
        assert answer.headers["Location"].endswith("?said=elsewhere")
    assert not Vote.objects.exists()
    for _ in range(60):
        nobody.post(f"{talk.get_absolute_url()}vote/", given)
    assert Participant.objects.count() == Vote.objects.count() == 1


def test_words_written_on_the_page_of_another_browser_stay_on_the_page(
    nobody: DoorClient, talk: Conversation
) -> None:
    ballot = ballot_on(nobody.get(talk.get_absolute_url()))
    stranger = DoorClient("square")
    stranger.cookies["voice"] = "invented-invented-invented-12345"
    answer = stranger.post(
        f"{talk.get_absolute_url()}words/", {"ballot": ballot, "text": "The stairs need light."}
    )
    assert answer.status_code == 409
    assert "The stairs need light." in words_of(answer)
    again = {"ballot": ballot_on(answer), "text": "The stairs need light."}
    assert stranger.post(f"{talk.get_absolute_url()}words/", again).status_code == 302
