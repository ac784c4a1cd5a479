"""A meeting votes by phone: a card each, one answer each, and nobody reads or answers without a card."""

from datetime import timedelta

import pytest
from django.utils import timezone

from massline.square.conversations.access_codes.actions import create_batch
from massline.square.conversations.models import Conversation, OpinionSnapshot, Participant
from massline.square.conversations.phone_votes import actions
from massline.square.conversations.phone_votes.actions import Answers
from massline.square.conversations.trust_levels import Level
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import DoorClient
from tests.parts import shows
from tests.square.conftest import words_of
from tests.square.conversations.test_access_codes import come_in
from tests.square.conversations.test_voting import ballot_on

WALK = "We walk on Saturday at ten."


@pytest.fixture
def hall(face: PublicOrganisation) -> Conversation:
    closes = timezone.now() + timedelta(days=1)
    return actions.open_phone_vote_page(organisation=face, meeting="Mass meeting", closes_at=closes)


@pytest.fixture
def cards(hall: Conversation) -> list[str]:
    return create_batch(conversation=hall, level=Level.CARD, name="Entrance", most=14).codes


def with_card(hall: Conversation, card: str) -> DoorClient:
    phone = DoorClient("square")
    assert come_in(phone, hall, card).headers["Location"] == hall.get_absolute_url()
    return phone


def vote(phone: DoorClient, hall: Conversation, value: int) -> None:
    page = phone.get(hall.get_absolute_url())
    answer = phone.post(f"{hall.get_absolute_url()}vote/", {"ballot": ballot_on(page), "vote": value})
    assert answer.headers["Location"] == f"{hall.get_absolute_url()}#statement"


def test_whoever_has_a_card_votes_once_and_may_change_it(hall: Conversation, cards: list[str]) -> None:
    number = actions.ask_wording(hall, text=WALK)
    rosa, ines = with_card(hall, cards[0]), with_card(hall, cards[1])
    vote(rosa, hall, 1)
    vote(ines, hall, 0)
    page = words_of(rosa.get(hall.get_absolute_url()))
    assert shows(page, "hall-answered")
    assert WALK in page
    vote(rosa, hall, -1)
    assert actions.count_answers(hall, number) == Answers(yes=0, no=1, neither=1)
    assert come_in(DoorClient("square"), hall, cards[0]).status_code == 422
    assert {participant.level for participant in Participant.objects.all()} == {Level.CARD}
    assert not OpinionSnapshot.objects.exists()


def test_without_a_card_nobody_reads_the_motion_or_answers_it(
    nobody: DoorClient, hall: Conversation, cards: list[str]
) -> None:
    number = actions.ask_wording(hall, text=WALK)
    page = words_of(nobody.get(hall.get_absolute_url()))
    assert shows(page, "enter-code")
    assert WALK not in page
    ballot = ballot_on(with_card(hall, cards[0]).get(hall.get_absolute_url()))
    stolen = nobody.post(f"{hall.get_absolute_url()}vote/", {"ballot": ballot, "vote": 1})
    assert stolen.headers["Location"] == hall.get_way_in_url()
    assert actions.count_voted(hall, number) == 0


def test_a_closed_motion_takes_no_answer_and_says_so(hall: Conversation, cards: list[str]) -> None:
    number = actions.ask_wording(hall, text=WALK)
    rosa = with_card(hall, cards[0])
    ballot = ballot_on(rosa.get(hall.get_absolute_url()))
    assert actions.close_and_count_question(hall, number) == Answers()
    late = rosa.post(f"{hall.get_absolute_url()}vote/", {"ballot": ballot, "vote": 1})
    page = words_of(rosa.get(late.headers["Location"]))
    assert shows(page, "motion-changed")
    assert shows(page, "no-motion-now")
    assert actions.count_answers(hall, number) == Answers()
    actions.reopen_question(hall, number)
    vote(rosa, hall, 1)
    assert actions.close_and_count_question(hall, number) == Answers(yes=1)


def test_a_hall_is_no_conversation(nobody: DoorClient, hall: Conversation, face: PublicOrganisation) -> None:
    actions.ask_wording(hall, text=WALK)
    talk = f"/{face.slug}/c/{hall.slug}/"
    for page in ("", "answers/", "results/", "results/all/", "stand/", "words/"):
        assert nobody.get(f"{talk}{page}").status_code == 404
    assert hall.question not in words_of(nobody.get(face.get_absolute_url()))
    assert nobody.get(f"/{face.slug}/next/").status_code == 200


def test_the_count_that_is_shown_moves_in_steps_that_tell_of_nobody(
    hall: Conversation, cards: list[str]
) -> None:
    number = actions.ask_wording(hall, text=WALK)
    told = []
    for card in cards:
        vote(with_card(hall, card), hall, 1)
        told.append(actions.count_releasable_answers(hall, number).total)
    # With a threshold of five: nothing below ten answers, then five at once, and five always wait.
    assert told == [0] * 9 + [5] * 5
    assert actions.close_and_count_question(hall, number) == Answers(yes=14)


def test_a_hall_that_is_over_takes_no_card(hall: Conversation, cards: list[str]) -> None:
    hall.closes_at = timezone.now() - timedelta(minutes=1)
    hall.save(update_fields=["closes_at"])
    phone = DoorClient("square")
    assert shows(words_of(phone.get(hall.get_absolute_url())), "hall-over")
    assert come_in_refused(phone, hall)


def come_in_refused(phone: DoorClient, hall: Conversation) -> bool:
    return 'name="code"' not in words_of(phone.get(hall.get_way_in_url()))
