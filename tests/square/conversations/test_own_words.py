"""She says it in her own words: they are kept to the byte, and nothing she typed is ever lost."""

from typing import Any

import pytest
from django.test import Client

from massline.square import rate_limits
from massline.square.conversations import moderation
from massline.square.conversations.models import (
    LONGEST_STATEMENT,
    Conversation,
    Participant,
    Statement,
    Vote,
)
from tests.conftest import DoorClient
from tests.parts import shows
from tests.square.conftest import words_of
from tests.square.conversations.test_voting import ballot_on, say

HARD_WORDS = [
    "  Two  spaces,\tand a tab ",
    "e\u0301 is not \u00e9, and both are mine",
    "👩‍👩‍👧 needs heat 🧥",
    "يجب إصلاح التدفئة ‏(الآن)‏ قبل الشتاء",
    "<b>bold</b> & \"quoted\" 'words' {{ not a template }}",
]


def answer_page(door: Client, talk: Conversation) -> Any:
    page = door.get(talk.get_absolute_url())
    door.post(f"{talk.get_absolute_url()}vote/", {"ballot": ballot_on(page), "vote": 0})
    return page


@pytest.mark.parametrize("words", HARD_WORDS)
def test_words_are_kept_to_the_byte(nobody: DoorClient, talk: Conversation, words: str) -> None:
    answer = say(nobody, talk, words)
    assert answer.headers["Location"].endswith("?said=held")
    kept = Statement.objects.get(seed=False)
    assert kept.text == words
    assert kept.state == "held"


def test_shown_at_once_where_the_conversation_says_so(nobody: DoorClient, talk: Conversation) -> None:
    Conversation.objects.update(shown="at_once")
    page = words_of(nobody.get(talk.get_absolute_url()))
    assert shows(page, "shown-at-once")
    answer = nobody.get(say(nobody, talk, "Heat the stairs as well.").headers["Location"])
    assert shows(words_of(answer), "asked-now")
    other = DoorClient("square")
    asked = {words_of(answer_page(other, talk)) for _ in range(4)}
    assert any("Heat the stairs as well." in page for page in asked)


def test_a_text_too_long_is_refused_and_still_there(nobody: DoorClient, talk: Conversation) -> None:
    long = "ä" * (LONGEST_STATEMENT + 7)
    answer = say(nobody, talk, long)
    assert answer.status_code == 422
    assert "7 characters too long" in words_of(answer)
    assert long in words_of(answer)
    assert not Statement.objects.filter(seed=False).exists()
    assert say(nobody, talk, "ä" * LONGEST_STATEMENT).status_code == 302


def test_two_megabytes_get_a_clear_answer_and_lose_nothing(nobody: DoorClient, talk: Conversation) -> None:
    flood = "heat now " * 222_222
    answer = say(nobody, talk, flood)
    assert answer.status_code == 422
    assert "too long" in words_of(answer)
    assert flood in words_of(answer)


def test_a_form_beyond_all_bounds_is_refused_in_words(nobody: DoorClient, talk: Conversation) -> None:
    body = "text=" + "h" * (9 * 1024 * 1024)
    answer = nobody.post(
        f"{talk.get_absolute_url()}words/", body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code in {400, 413}
    assert shows(words_of(answer), "too-large")


def test_a_line_break_is_one_character_as_it_was_typed(nobody: DoorClient, talk: Conversation) -> None:
    say(nobody, talk, "First line\r\nsecond line")
    assert Statement.objects.get(seed=False).text == "First line\nsecond line"


@pytest.mark.parametrize("short", ["我们要暖气", "暖房を直して", "난방을 원해요", "دفّئونا"])
def test_what_is_long_enough_is_judged_by_what_was_said_in_any_script(
    nobody: DoorClient, talk: Conversation, short: str
) -> None:
    assert say(nobody, talk, short).status_code == 302
    assert Statement.objects.get(seed=False).text == short


@pytest.mark.parametrize(
    "nearly", ["", "   ", "ok", "!!!!!!!!!!", "\u200b\u200b\u200b", "12345678901234", "٠١٢٣٤٥٦٧٨٩٠١"]
)
def test_nearly_nothing_is_refused(nobody: DoorClient, talk: Conversation, nearly: str) -> None:
    assert say(nobody, talk, nearly).status_code == 422
    assert not Statement.objects.filter(seed=False).exists()


def test_a_machine_that_fills_the_trap_is_told_and_nothing_is_kept(
    nobody: DoorClient, talk: Conversation
) -> None:
    answer = say(nobody, talk, "Buy cheap boilers here.", website="spam.example")
    assert answer.status_code == 422
    assert shows(words_of(answer), "trap-filled")
    assert "Buy cheap boilers here." in words_of(answer)
    assert not Statement.objects.filter(seed=False).exists()


def test_the_same_words_sent_twice_are_one_statement(nobody: DoorClient, talk: Conversation) -> None:
    given = {"ballot": ballot_on(nobody.get(talk.get_absolute_url())), "text": "Once is enough."}
    for door in (nobody, nobody, DoorClient("square")):
        assert door.post(f"{talk.get_absolute_url()}words/", given).status_code == 302
    assert Statement.objects.filter(text="Once is enough.").count() == 1


def test_words_sent_with_a_stale_ballot_are_still_on_the_page(nobody: DoorClient, talk: Conversation) -> None:
    answer = nobody.post(f"{talk.get_absolute_url()}words/", {"ballot": "old", "text": "Do not lose me."})
    assert answer.status_code == 422
    assert shows(words_of(answer), "stale")
    given = {"ballot": ballot_on(answer), "text": "Do not lose me."}
    assert nobody.post(f"{talk.get_absolute_url()}words/", given).status_code == 302


def test_what_became_of_my_words_stands_on_my_page_alone(nobody: DoorClient, talk: Conversation) -> None:
    say(nobody, talk, "Heat the stairs as well.")
    assert shows(words_of(nobody.get(f"{talk.get_absolute_url()}answers/")), "not-read-yet")
    moderation.reject_statement(Statement.objects.get(seed=False), reason="Names a neighbour.")
    assert "Names a neighbour." in words_of(nobody.get(f"{talk.get_absolute_url()}answers/"))
    stranger = DoorClient("square").get(f"{talk.get_absolute_url()}answers/")
    assert "Heat the stairs" not in words_of(stranger)


def test_no_row_leads_from_a_sentence_to_the_answers_of_its_writer(
    nobody: DoorClient, talk: Conversation
) -> None:
    """A sentence, also the first a newcomer sends, writes no participant, no vote and no pseudonym."""
    say(nobody, talk, "Heat the stairs as well.")
    assert not Participant.objects.exists()
    assert not Vote.objects.exists()
    answer_page(nobody, talk)
    say(nobody, talk, "And the yard needs light.")
    person, (first, second) = Participant.objects.get(), Statement.objects.filter(seed=False)
    assert first.mark == second.mark != ""
    assert first.author is None
    assert person.key not in first.mark
    assert not Vote.objects.filter(statement__in=[first, second]).exists()


def test_a_writer_is_asked_their_own_sentence_like_everybody(nobody: DoorClient, talk: Conversation) -> None:
    Conversation.objects.update(shown="at_once")
    say(nobody, talk, "Heat the stairs as well.")
    for _ in range(4):
        answer_page(nobody, talk)
    assert Vote.objects.filter(statement__seed=False).get().probability is not None


def test_after_the_key_is_destroyed_no_cookie_finds_what_it_wrote(
    nobody: DoorClient, talk: Conversation
) -> None:
    say(nobody, talk, "Heat the stairs as well.")
    Conversation.objects.update(key=None)
    assert "Heat the stairs" not in words_of(nobody.get(f"{talk.get_absolute_url()}answers/"))


def test_who_sends_too_much_is_told_to_wait_and_loses_nothing(
    nobody: DoorClient, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So few that a slow machine is not done only when the first places are free again.
    monkeypatch.setattr(rate_limits, "words", rate_limits.Limit("words here", 12))
    page = nobody.get(talk.get_absolute_url())
    given = {"ballot": ballot_on(page), "text": "One sentence too many."}
    refused = DoorClient("square", REMOTE_ADDR="203.0.113.9")
    for n in range(rate_limits.words.most):
        refused.post(f"{talk.get_absolute_url()}words/", {**given, "text": f"Sentence number {n}."})
    answer = refused.post(f"{talk.get_absolute_url()}words/", given)
    assert answer.status_code == 429
    assert "One sentence too many." in words_of(answer)
    assert nobody.post(f"{talk.get_absolute_url()}words/", given).status_code == 302
