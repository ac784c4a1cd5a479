"""What is asked next: drawn by the model the worker keeps, with the chance written beside the answer."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from massline.square.conversations import actions as conversation_actions
from massline.square.conversations.models import Conversation, Participant, Value, Vote
from massline.square.conversations.results import snapshot
from massline.square.conversations.voting.next_statement import (
    next_statement,
    next_statement_chances,
    progress_of,
)
from massline.square.conversations.voting.routing_figures import Routing, unpack_figures
from tests.conftest import DoorClient
from tests.parts import shows
from tests.square.conftest import fill
from tests.square.conversations.test_voting import answer_next
from tests.votes import vote


@pytest.fixture
def vera(mapped: Conversation) -> Participant:
    """Somebody new who answered three statements."""
    person = conversation_actions.join_conversation(mapped, token="vera")
    for statement in mapped.statements.all()[:3]:
        vote(person, statement, value=Value.AGREE)
    return person


def test_every_statement_keeps_its_floor_and_the_model_bends_the_rest(
    mapped: Conversation, vera: Participant
) -> None:
    conversation_actions.add_statement(mapped, text="Quite a new one.", seed=True)
    there = progress_of(mapped, vera)
    known = unpack_figures(bytes(Routing.objects.get().body))
    assert known.model is not None
    numbers, chance = next_statement_chances(known, there)
    given = dict(zip(numbers, chance.tolist(), strict=True))
    assert {number for number, one in given.items() if one == 0} == set(there.answered)
    assert sum(given.values()) == pytest.approx(1.0)
    fresh = {
        number: (dict(zip(known.numbers.tolist(), known.seen.tolist(), strict=True)).get(number, 0) + 1)
        ** -0.5
        for number in given
        if given[number]
    }
    assert all(given[number] >= 0.499 * part / sum(fresh.values()) for number, part in fresh.items())
    old = [given[number] for number in fresh if number != 24]
    assert max(old) > 1.2 * min(old)
    assert given[24] > max(old)


def test_a_draw_asks_the_database_no_more_and_reads_the_model_once(
    mapped: Conversation, vera: Participant
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connections["square"]) as queries:
            assert next_statement(mapped, progress_of(mapped, vera)) is not None
        return len(queries)

    asked()
    assert asked() == 2


def test_fewest_seen_comes_first_where_too_few_answered_for_a_model(talk: Conversation) -> None:
    first, second, third = talk.statements.all()
    for n in range(6):
        person = conversation_actions.join_conversation(talk, token=f"person {n}")
        vote(person, first, value=Value.AGREE if n else Value.DISAGREE)
        vote(person, second, value=Value.PASS if n else Value.AGREE)
    snapshot.take_snapshot(talk)
    known = unpack_figures(bytes(Routing.objects.get().body))
    assert known.model is None
    numbers, chance = next_statement_chances(known, progress_of(talk, None))
    given = dict(zip(numbers, chance.tolist(), strict=True))
    assert given[third.number] > 0.5
    assert given[first.number] == given[second.number] == pytest.approx((1 - given[third.number]) / 2)


def test_a_statement_taken_down_since_the_map_is_not_asked(mapped: Conversation) -> None:
    kept = mapped.statements.all()[5]
    mapped.statements.exclude(pk=kept.pk).update(state="turned_down")
    found = next_statement(mapped, progress_of(mapped, None))
    assert found is not None
    assert (found.statement, found.probability, found.waiting) == (kept, 1.0, 1)


def test_what_a_draw_leaned_to_is_set_right_beside_the_plain_count(
    nobody: DoorClient, mapped: Conversation
) -> None:
    statement = mapped.statements.all()[3]
    plain = mapped.latest_snapshot()
    assert plain is not None
    assert all("drawn_evenly" not in row for row in plain.document["result"]["statements"])
    for n in range(40):
        value, chance = (Value.AGREE, 0.5) if n < 30 else (Value.DISAGREE, 1 / 48)
        person = conversation_actions.join_conversation(mapped, token=f"person {n}")
        vote(person, statement, value=value, probability=chance, waiting=24)
    page = snapshot.take_snapshot(mapped)
    row = next(one for one in page.document["result"]["statements"] if one["id"] == statement.number)
    even = row["drawn_evenly"]
    assert even["low"] < even["share"] < row["agree"] / row["seen"]
    assert shows(nobody.get(f"{mapped.get_absolute_url()}results/all/?by=number"), "drawn-evenly")
    untouched = [one for one in page.document["result"]["statements"] if one["id"] != statement.number]
    assert all("drawn_evenly" not in one for one in untouched)


def test_the_chance_and_the_number_that_waited_come_home_with_the_answer(
    nobody: DoorClient, mapped: Conversation
) -> None:
    for _ in range(3):
        answer_next(nobody, mapped, 1)
    mine = list(Vote.objects.exclude(probability=None).order_by("-waiting"))
    assert [vote.waiting for vote in mine] == [24, 23, 22]
    assert all(0 < float(vote.probability or 0) < 1 for vote in mine)
    assert len({round(float(vote.probability or 0) * int(vote.waiting or 0), 6) for vote in mine}) > 1


def test_a_long_list_is_drawn_from_as_well(talk: Conversation) -> None:
    fill(talk, people=30, statements=120)
    found = next_statement(talk, progress_of(talk, None))
    assert found is not None
    assert found.waiting == 120
