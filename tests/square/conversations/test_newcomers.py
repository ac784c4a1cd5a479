"""Many come in at once: a hall is let in, a machine waits, and whoever waits keeps what they answered."""

from typing import Any

import pytest

from massline.square import rate_limits
from massline.square.conversations.access_codes import actions as access_code_actions
from massline.square.conversations.models import Conversation, Participant, Vote
from massline.square.conversations.trust_levels import Level
from tests.conftest import DoorClient
from tests.parts import shows
from tests.square.conversations.test_voting import answer_next, ballot_on, say

HALL = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three newcomers from one sender, and five in all, may come in at once."""
    monkeypatch.setattr(rate_limits.newcomers_from_sender, "per", 3)
    monkeypatch.setattr(rate_limits.newcomers_from_sender, "seconds", 600)
    monkeypatch.setattr(rate_limits.newcomers, "per", 5)


def arrive(talk: Conversation, **sender: Any) -> Any:
    return answer_next(DoorClient("square", **sender), talk, 1)


@pytest.mark.usefixtures("few")
def test_whoever_must_wait_reads_how_long_and_keeps_the_answer(talk: Conversation) -> None:
    for _ in range(3):
        assert arrive(talk, **HALL).status_code == 302
    late = DoorClient("square", **HALL)
    answer = answer_next(late, talk, -1)
    assert answer.status_code == 429
    assert shows(answer, "many-newcomers", int(answer.headers["Retry-After"]))
    kept = {"ballot": ballot_on(answer), "vote": "-1"}
    assert 'name="vote" value="-1"' in answer.content.decode()
    assert Participant.objects.count() == 3
    rate_limits.newcomers_from_sender.forget()
    assert late.post(f"{talk.get_absolute_url()}vote/", kept).status_code == 302
    assert Vote.objects.filter(value=-1).count() == 1


@pytest.mark.usefixtures("few")
def test_whoever_is_in_goes_on_while_others_wait(talk: Conversation) -> None:
    first = DoorClient("square", **HALL)
    assert answer_next(first, talk, 1).status_code == 302
    for _ in range(2):
        arrive(talk, **HALL)
    assert arrive(talk, **HALL).status_code == 429
    assert [answer_next(first, talk, 1).status_code for _ in range(2)] == [302, 302]


@pytest.mark.usefixtures("few")
def test_a_cookie_that_holds_the_number_of_the_form_makes_nobody_known(talk: Conversation) -> None:
    for _ in range(3):
        arrive(talk, **HALL)
    door = DoorClient("square", **HALL)
    page = door.get(talk.get_absolute_url())
    from massline.square.conversations.voting.forms import Ballot

    ballot = Ballot.read(ballot_on(page))
    assert ballot is not None
    door.cookies["voice"] = ballot.token
    sent = {"ballot": ballot_on(page), "vote": "1"}
    assert door.post(f"{talk.get_absolute_url()}vote/", sent).status_code == 429
    assert answer_next(door, talk, 1).status_code == 429


@pytest.mark.usefixtures("few")
def test_many_senders_wait_together_and_a_card_waits_for_nobody(talk: Conversation) -> None:
    made = access_code_actions.create_batch(conversation=talk, level=Level.CARD, name="Hat", most=1)
    for n in range(5):
        assert arrive(talk, REMOTE_ADDR=f"198.51.100.{n}").status_code == 302
    assert arrive(talk, REMOTE_ADDR="198.51.100.9").status_code == 429
    door = DoorClient("square", **HALL)
    page = door.get(talk.get_way_in_url())
    door.post(talk.get_way_in_url(), {"ballot": ballot_on(page), "code": made.codes[0]})
    assert answer_next(door, talk, 1).status_code == 302


@pytest.mark.usefixtures("few")
def test_words_of_a_newcomer_stay_on_the_page_until_they_may_come_in(talk: Conversation) -> None:
    for _ in range(3):
        arrive(talk, **HALL)
    answer = say(DoorClient("square", **HALL), talk, "The stairs need light.")
    assert answer.status_code == 429
    assert "The stairs need light." in answer.content.decode()
    assert not talk.statements.filter(seed=False).exists()


def test_a_hall_of_four_hundred_comes_in_at_once_and_a_thousand_within_minutes() -> None:
    hall = rate_limits.newcomers_from_sender
    assert all(hall.take("the hall") is None for _ in range(400))
    wait = hall.take("the hall")
    assert wait is not None
    assert wait.seconds == 1
    assert 600 * hall.seconds / hall.per <= 5 * 60
