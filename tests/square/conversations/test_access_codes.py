"""Ways into a conversation: the open door, an invitation for so many, a code, cards from a hat, cards in person."""

import logging
from typing import Any

import pytest
from django.db import models

from massline.square import rate_limits
from massline.square.conversations import actions
from massline.square.conversations.access_codes import actions as access_code_actions
from massline.square.conversations.access_codes.models import (
    LETTERS,
    AccessCodeBatch,
    Code,
    format_code,
    fresh_code,
    parse_code,
)
from massline.square.conversations.models import Conversation, Participant, Vote
from massline.square.conversations.trust_levels import ONE_EACH, UNLINKED, Level
from massline.web.log_format import SecretFreeFormatter
from tests.conftest import DoorClient
from tests.parts import expect_refusal, shows
from tests.square.conftest import words_of
from tests.square.conversations.test_voting import answer_next, ballot_on, say


def stack(talk: Conversation, level: Level = Level.CARD, most: int = 4) -> list[str]:
    return access_code_actions.create_batch(
        conversation=talk, level=level, name="Stairwell A", most=most
    ).codes


def come_in(door: DoorClient, talk: Conversation, code: str, **more: str) -> Any:
    page = door.get(talk.get_way_in_url())
    return door.post(talk.get_way_in_url(), {"ballot": ballot_on(page), "code": code, **more})


@pytest.fixture
def behind_cards(talk: Conversation) -> Conversation:
    talk.open_to_all = False
    talk.save(update_fields=["open_to_all"])
    return talk


@pytest.mark.parametrize("level", sorted(ONE_EACH))
def test_a_code_or_card_is_one_person(nobody: DoorClient, behind_cards: Conversation, level: Level) -> None:
    code = stack(behind_cards, level)[0]
    assert shows(words_of(nobody.get(behind_cards.get_absolute_url())), "enter-code")
    assert come_in(nobody, behind_cards, format_code(code).lower()).status_code == 302
    assert answer_next(nobody, behind_cards, 1).status_code == 302
    assert Vote.objects.get().participant.level == level
    again = come_in(DoorClient("square"), behind_cards, code)
    assert again.status_code == 422
    assert shows(again, "used")
    assert Participant.objects.count() == 1


def test_looking_at_a_scanned_card_spends_nothing(nobody: DoorClient, talk: Conversation) -> None:
    code = stack(talk)[0]
    page = nobody.get(f"{talk.get_way_in_url()}{code}/")
    assert f'value="{format_code(code)}"' in words_of(page)
    assert not Participant.objects.exists()
    assert Code.objects.filter(left=1).count() == 4


def test_the_short_address_on_a_card_leads_to_where_the_code_is_typed(
    nobody: DoorClient, talk: Conversation
) -> None:
    assert nobody.get(talk.get_short_url()).headers["Location"] == talk.get_way_in_url()
    assert nobody.get("/in/987654/").status_code == 404


def test_without_a_way_in_neither_a_vote_nor_words_are_taken_and_words_stay_on_the_page(
    nobody: DoorClient, behind_cards: Conversation
) -> None:
    stack(behind_cards)
    ballot = ballot_on(nobody.get(behind_cards.get_way_in_url()))
    signed = {"ballot": ballot, "vote": 1}
    assert nobody.post(f"{behind_cards.get_absolute_url()}vote/", signed).status_code == 302
    said = nobody.post(
        f"{behind_cards.get_absolute_url()}words/", {"ballot": ballot, "text": "Let me speak as well."}
    )
    assert said.status_code == 403
    assert "Let me speak as well." in words_of(said)
    assert not Participant.objects.exists()


def test_an_invitation_lets_in_as_many_as_it_says(talk: Conversation) -> None:
    code = stack(talk, Level.INVITED, most=5)[0]
    doors = [DoorClient("square") for _ in range(5)]
    for door in (*doors, doors[0]):
        assert come_in(door, talk, code).status_code == 302
        answer_next(door, talk, 1)
    late = come_in(DoorClient("square"), talk, code)
    assert shows(late, "full")
    assert [one.way.name for one in Participant.objects.all() if one.way] == ["Stairwell A"] * 5


def test_a_double_tap_on_a_card_is_one_person_who_is_in(talk: Conversation) -> None:
    code = stack(talk)[0]
    signed = {"ballot": ballot_on(DoorClient("square").get(talk.get_way_in_url())), "code": code}
    DoorClient("square").post(talk.get_way_in_url(), signed)
    second = DoorClient("square")
    assert second.post(talk.get_way_in_url(), signed).status_code == 302
    answer_next(second, talk, 1)
    assert Vote.objects.get().participant.level == Level.CARD
    assert Code.objects.filter(left=0).count() == 1
    other = DoorClient("square")
    other.cookies["voice"] = "invented-invented-invented-12345"
    assert shows(other.post(talk.get_way_in_url(), signed), "used")


def test_no_row_says_that_a_code_let_somebody_in(nobody: DoorClient, behind_cards: Conversation) -> None:
    """The participant comes with the first answer, by a blank that only the browser holds."""
    come_in(nobody, behind_cards, stack(behind_cards)[0])
    assert not Participant.objects.exists()
    held = nobody.cookies[f"right-{behind_cards.pk}"]
    assert held["httponly"]
    assert not any(code.digest in held.value for code in Code.objects.all())
    answer_next(nobody, behind_cards, 1)
    person = Participant.objects.get()
    claims = {bytes(code.claim or b"") for code in Code.objects.all()}
    assert {len(claim) for claim in claims} == {32}
    assert not any(claim.hex() in person.key for claim in claims)


def test_a_blank_is_good_for_its_own_browser_and_conversation(
    nobody: DoorClient, behind_cards: Conversation
) -> None:
    come_in(nobody, behind_cards, stack(behind_cards)[0])
    thief = DoorClient("square")
    thief.cookies[f"right-{behind_cards.pk}"] = nobody.cookies[f"right-{behind_cards.pk}"].value
    assert shows(thief.get(behind_cards.get_absolute_url()), "enter-code")
    thief.cookies["voice"] = "invented-invented-invented-12345"
    assert shows(thief.get(behind_cards.get_absolute_url()), "enter-code")
    assert not Participant.objects.exists()


def test_an_invitation_for_a_few_is_not_made(talk: Conversation) -> None:
    with expect_refusal("invited-too-few"):
        stack(talk, Level.INVITED, most=4)
    assert not AccessCodeBatch.objects.exists()


def test_an_invitation_by_which_few_came_is_not_set_aside(talk: Conversation) -> None:
    code = stack(talk, Level.INVITED, most=9)[0]
    for _ in range(4):
        door = DoorClient("square")
        come_in(door, talk, code)
        answer_next(door, talk, 1)
    with expect_refusal("came-too-few"):
        access_code_actions.exclude_answers_of_invitation(
            AccessCodeBatch.objects.get(), reason="It was passed on."
        )
    assert not AccessCodeBatch.objects.get().set_aside


def test_who_answered_before_comes_in_with_those_answers(nobody: DoorClient, talk: Conversation) -> None:
    answer_next(nobody, talk, 1)
    come_in(nobody, talk, stack(talk)[0])
    assert Vote.objects.get().participant.level == Level.CARD
    assert Participant.objects.count() == 1


def test_two_people_share_a_phone(nobody: DoorClient, talk: Conversation) -> None:
    mine, hers = stack(talk)[:2]
    come_in(nobody, talk, mine)
    answer_next(nobody, talk, 1)
    page = come_in(nobody, talk, hers)
    assert shows(words_of(page), "in-already")
    assert Code.objects.filter(left=1).count() == 3
    begun = {"ballot": ballot_on(page), "code": hers, "somebody_else": "1"}
    assert nobody.post(talk.get_way_in_url(), begun).status_code == 302
    answer_next(nobody, talk, -1)
    assert Participant.objects.filter(level=Level.CARD).count() == 2
    assert Vote.objects.values("participant").distinct().count() == 2


def test_a_card_of_another_conversation_opens_nothing_and_is_not_spent(
    nobody: DoorClient, talk: Conversation
) -> None:
    other = actions.open_conversation(organisation=talk.organisation, question="Another?", seeds=["Yes."])
    code = stack(other)[0]
    assert shows(come_in(nobody, talk, code), "unknown")
    assert come_in(nobody, other, code).status_code == 302


def test_wrong_codes_are_slowed_down_and_right_ones_never(talk: Conversation) -> None:
    codes = stack(talk)
    guesser = DoorClient("square", REMOTE_ADDR="203.0.113.9")
    signed = {"ballot": ballot_on(guesser.get(talk.get_way_in_url()))}
    assert guesser.post(talk.get_way_in_url(), {**signed, "code": fresh_code()}).status_code == 422
    guesses = 1
    while rate_limits.codes.limiter.take("203.0.113.9") is None:
        guesses += 1
    assert guesses >= rate_limits.codes.most
    answer = guesser.post(talk.get_way_in_url(), {**signed, "code": codes[0]})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    neighbour = DoorClient("square", REMOTE_ADDR="203.0.113.10")
    assert come_in(neighbour, talk, codes[0]).status_code == 302


def test_a_withdrawn_stack_opens_nothing_more(talk: Conversation) -> None:
    codes = stack(talk)
    come_in(DoorClient("square"), talk, codes[0])
    way = AccessCodeBatch.objects.get()
    assert access_code_actions.withdraw_batch(way) == 3
    assert way.most == 1
    assert come_in(DoorClient("square"), talk, codes[1]).status_code == 422


def test_every_single_slip_of_the_pen_is_found() -> None:
    code = fresh_code()
    assert parse_code(f" {format_code(code).lower()} ") == code
    slips = [code[:n] + other + code[n + 1 :] for n in range(12) for other in LETTERS if other != code[n]]
    swaps = [code[:n] + code[n + 1] + code[n] + code[n + 2 :] for n in range(11) if code[n] != code[n + 1]]
    assert not any(parse_code(slip) for slip in slips + swaps)
    assert not set("01258BILOQSUZ") & set(LETTERS)
    assert parse_code("") is parse_code("O" * 12) is None


def test_nothing_kept_tells_where_a_card_stood_or_who_used_it(talk: Conversation) -> None:
    """What is in the database after the printing is the same whatever the order of the cards, and holds no code."""
    codes = stack(talk, most=30)
    digests = list(Code.objects.order_by("pk").values_list("digest", flat=True))
    assert digests == sorted(digests)
    assert not any(code in digest for code in codes for digest in digests)
    for code in codes[:3]:
        door = DoorClient("square")
        come_in(door, talk, code)
        answer_next(door, talk, 1)
    assert set(Participant.objects.values_list("way", flat=True)) == {None}
    kept = {field.name for field in Code._meta.get_fields()}
    assert kept == {"id", "way", "digest", "left", "claim"}
    clocks = (models.DateTimeField, models.TimeField)
    for model in (AccessCodeBatch, Code, Participant, Vote):
        assert not [one.name for one in model._meta.get_fields() if isinstance(one, clocks)], model


def test_no_way_leads_from_a_code_to_a_voter() -> None:
    """By keys of the schema, a stack of cards reaches no participant: only an invitation is noted beside one."""
    reached = {one.related_model for one in Code._meta.get_fields() if one.is_relation}
    assert reached == {AccessCodeBatch}
    assert Level.INVITED not in UNLINKED


def test_a_code_is_in_no_log() -> None:
    record = logging.LogRecord("x", 30, "", 0, "Not Found: /riverside/c/heating/in/ABCD-EFGH/", None, None)
    assert "ABCD" not in SecretFreeFormatter().format(record)


def test_words_of_who_came_in_are_taken_and_lead_to_no_participant(
    nobody: DoorClient, behind_cards: Conversation
) -> None:
    come_in(nobody, behind_cards, stack(behind_cards)[0])
    assert say(nobody, behind_cards, "The stairs need light.").status_code == 302
    assert not Participant.objects.exists()
    assert shows(words_of(nobody.get(behind_cards.get_absolute_url())), "entered-by", str(Level.CARD.label))
