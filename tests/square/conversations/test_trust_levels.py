"""Tallies of different levels stand side by side, never in one number; and the page says which it rests on."""

import json
from typing import Any

import pytest

from massline.engine.privacy.threshold import Threshold
from massline.square.conversations.access_codes import actions as access_code_actions
from massline.square.conversations.models import Conversation, LevelTally, Participant, Value
from massline.square.conversations.results import snapshot as result_snapshot
from massline.square.conversations.results.map_results import MapResults
from massline.square.conversations.results.trust_level_results import trust_level_sentence
from massline.square.conversations.trust_levels import Level, leading_level
from tests.conftest import DoorClient
from tests.parts import shows
from tests.square.conftest import words_of
from tests.votes import vote


def answer(talk: Conversation, level: Level, people: int, values: dict[int, Value], **more: Any) -> None:
    """Let so many people of one level answer statements alike."""
    statements = {one.number: one for one in talk.statements.all()}
    for n in range(people):
        person = Participant.objects.create(conversation=talk, key=f"{level} {n} {more}", level=level, **more)
        for number, value in values.items():
            vote(person, statements[number], value=value)


def page(talk: Conversation, level: str = "") -> str:
    asked = f"?level={level}" if level else ""
    return words_of(DoorClient("square").get(f"{talk.get_results_url()}{asked}"))


@pytest.fixture
def two_levels(talk: Conversation) -> Conversation:
    """Twenty with cards say yes to the first statement; forty who came through the open door say no."""
    answer(talk, Level.CARD, 20, {0: Value.AGREE, 1: Value.AGREE})
    answer(talk, Level.OPEN, 40, {0: Value.DISAGREE, 1: Value.AGREE})
    result_snapshot.take_snapshot(talk)
    return talk


def test_a_snapshot_rests_on_one_level_and_keeps_the_others_apart(two_levels: Conversation) -> None:
    snapshot = two_levels.latest_snapshot()
    assert snapshot is not None
    assert (snapshot.level, snapshot.votes_seen) == (Level.CARD, 40)
    assert snapshot.document["rests_on"]["participants"] == 20
    apart = LevelTally.objects.get(snapshot=snapshot)
    assert (apart.level, apart.votes_seen) == (Level.OPEN, 80)
    rows = {row["id"]: row for row in snapshot.document["result"]["statements"]}
    assert (rows[0]["agree"], rows[0]["seen"]) == (20, 20)


def test_votes_of_one_level_change_nothing_in_the_tally_of_another(two_levels: Conversation) -> None:
    before = two_levels.latest_snapshot()
    answer(two_levels, Level.OPEN, 60, {2: Value.AGREE}, section="late")
    after = result_snapshot.take_snapshot(two_levels)
    assert before is not None
    assert after.pk != before.pk
    assert bytes(after.body) == bytes(before.body)


def test_the_page_says_whose_answers_it_rests_on_and_that_others_point_elsewhere(
    two_levels: Conversation,
) -> None:
    read = page(two_levels)
    assert shows(read, "counted-here", 20, str(Level.CARD.label))
    assert shows(read, "open-door-people", 40, str(Level.OPEN.label))
    assert shows(read, "points-elsewhere")
    assert shows(read, "differing-shares", "100%", "0%", str(Level.OPEN.label))
    assert trust_level_sentence(Level.CARD) in read


def test_another_level_can_be_read_and_says_that_nothing_rests_on_it(two_levels: Conversation) -> None:
    read = page(two_levels, "open")
    assert shows(read, "counted-here", 40, str(Level.OPEN.label))
    assert shows(read, "other-level")
    assert trust_level_sentence(Level.OPEN) in read
    assert shows(page(two_levels, "nonsense"), "counted-here", 20)


def test_levels_that_point_alike_say_so(talk: Conversation) -> None:
    for level in (Level.IN_PERSON, Level.OPEN):
        answer(talk, level, 20, {0: Value.AGREE, 1: Value.DISAGREE})
    result_snapshot.take_snapshot(talk)
    assert shows(page(talk), "none-differs", 2)


def test_a_handful_is_not_told_and_does_not_lead(talk: Conversation) -> None:
    answer(talk, Level.CARD, 4, {0: Value.AGREE})
    answer(talk, Level.OPEN, 30, {0: Value.DISAGREE})
    snapshot = result_snapshot.take_snapshot(talk)
    assert snapshot.level == Level.OPEN
    assert not shows(page(talk), "few-by-level")
    assert not shows(page(talk, "card"), "counted-here")
    assert not MapResults(talk, snapshot, threshold=Threshold(5)).pointing_elsewhere


def test_which_level_leads() -> None:
    assert leading_level({}, Threshold(5)) == Level.OPEN
    assert leading_level({Level.OPEN: 900, Level.CARD: 10, Level.CODE: 300}, Threshold(5)) == Level.CARD
    assert leading_level({Level.OPEN: 900, Level.CARD: 9}, Threshold(5)) == Level.OPEN
    assert leading_level({Level.OPEN: 30, Level.IMPORTED: 2000}, Threshold(5)) == Level.IMPORTED
    assert leading_level({Level.OPEN: 900, Level.CARD: 19}, Threshold(10)) == Level.OPEN


def test_a_flooded_invitation_is_seen_and_can_be_set_aside(talk: Conversation) -> None:
    good = access_code_actions.create_batch(conversation=talk, level=Level.INVITED, name="Choir", most=30).way
    flood = access_code_actions.create_batch(
        conversation=talk, level=Level.INVITED, name="Group chat", most=90
    ).way
    answer(talk, Level.INVITED, 21, {0: Value.AGREE}, way=good)
    answer(talk, Level.INVITED, 88, {0: Value.DISAGREE}, way=flood)
    result_snapshot.take_snapshot(talk)
    assert shows(page(talk), "counted-here", 109, str(Level.INVITED.label))
    access_code_actions.exclude_answers_of_invitation(flood, reason="It was passed on outside the house.")
    result_snapshot.take_snapshot(talk)
    read = page(talk)
    assert shows(read, "counted-here", 21, str(Level.INVITED.label))
    assert "It was passed on outside the house." in read
    assert "88" in read


def test_an_open_conversation_reads_as_it_did(mapped: Conversation) -> None:
    read = page(mapped)
    assert not shows(read, "counted-here")
    assert trust_level_sentence(Level.OPEN) in read


def test_the_document_of_each_level_is_one_that_can_be_explained(two_levels: Conversation) -> None:
    tally = LevelTally.objects.get()
    assert json.loads(bytes(tally.body))["schema"] == tally.estimate.schema
    assert tally.estimate.engine_version == two_levels.snapshots.get().engine_version
