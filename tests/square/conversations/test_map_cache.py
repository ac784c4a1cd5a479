"""The worker remembers a large conversation: what it carries on equals what it would read and count from scratch."""

import math
import random
from collections.abc import Iterator
from dataclasses import fields

import numpy as np
import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from massline.engine import opinion
from massline.engine.opinion import decision_radius
from massline.engine.opinion.statement_arrays import StatementArrays
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations import jobs, moderation, section_choice
from massline.square.conversations.access_codes import actions as access_code_actions
from massline.square.conversations.models import (
    Conversation,
    OpinionSnapshot,
    Participant,
    Statement,
    VoteMarks,
)
from massline.square.conversations.results import map_cache, robustness
from massline.square.conversations.results.answer_arrays import AnswerArrays, People, read_answers
from massline.square.conversations.results.answer_cache import CachedAnswers
from massline.square.conversations.results.map_cache import CachedConversation, ConversationCache
from massline.square.conversations.results.snapshot import take_snapshot
from massline.square.conversations.trust_levels import Level
from massline.square.conversations.voting.change_marks import mark_answers_changed
from tests.conftest import DoorClient
from tests.parts import shows
from tests.votes import vote


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Conversations of a story are small: here they are carried on like large ones, and nobody tries to overturn them."""
    monkeypatch.setattr(map_cache, "LEAST_CARRIED", 100)
    monkeypatch.setattr(decision_radius, "MOST_VOTES", 0)
    jobs.CACHE.forget()
    yield
    jobs.CACHE.forget()


def same(mine: AnswerArrays, theirs: AnswerArrays) -> bool:
    """True if every column is the same but for what answers weigh, which is worked out when it is asked for."""
    people = all(
        np.array_equal(getattr(mine.people, part.name), getattr(theirs.people, part.name))
        for part in fields(People)
    )
    shown = mine.shown != 2
    return (
        people
        and np.array_equal(mine.shown_level[shown], theirs.shown_level[theirs.shown != 2])
        and all(
            np.array_equal(
                getattr(mine, name), getattr(theirs, name), equal_nan=name in {"chance", "waiting"}
            )
            for name in ("start", "number", "pk", "value", "shown", "chance", "waiting")
        )
    )


def newcomers(talk: Conversation, statement: Statement, people: int, *, name: str) -> None:
    for n in range(people):
        person = conversation_actions.join_conversation(talk, token=f"{name} {n}")
        vote(person, statement, value=1 if n % 3 else -1, probability=0.1 + n / 50, waiting=9)


def change_something(talk: Conversation, dice: random.Random, turn: int) -> None:
    """Something that people or organisers do to a conversation's answers."""
    people, statements = list(talk.participants.order_by("key")), list(talk.statements.all())
    someone, statement = dice.choice(people), dice.choice(statements)
    match dice.randrange(7):
        case 0:
            newcomers(talk, statement, dice.randrange(1, 9), name=f"newcomers {turn}")
        case 1:
            vote(someone, statement, value=dice.choice((-1, 0, 1)))
        case 2:
            section_choice.save_section(someone, dice.choice(("north", "south", "")))
        case 3:
            moderation.reject_statement(statement, reason="It names somebody.")
        case 4:
            moderation.show_statement(statement)
        case 5:
            gone = someone.pk
            someone.delete()
            mark_answers_changed(talk.pk, [gone])
        case _:
            for person in dice.sample(people, 20):
                vote(person, statement, value=dice.choice((-1, 0, 1)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_remembered_equals_what_is_read_whatever_happens(mapped: Conversation, seed: int) -> None:
    mapped.sections = ["north", "south"]
    mapped.save()
    dice, cached = random.Random(seed), CachedConversation()
    for turn in range(8):
        for _ in range(dice.randrange(1, 4)):
            change_something(mapped, dice, turn)
        edition = take_snapshot(mapped, cached=cached)
        assert cached.answers.answers is not None
        assert same(cached.answers.answers, read_answers(mapped))
        # Read from scratch, the same edition has nothing new in it; nor has it after a restart.
        assert take_snapshot(mapped).pk == edition.pk
        assert take_snapshot(mapped, cached=CachedConversation()).votes_digest == edition.votes_digest


def columns_of(snapshot: OpinionSnapshot) -> StatementArrays:
    return StatementArrays.of(snapshot.estimate.result.statements)


def test_a_map_that_was_carried_on_equals_one_from_scratch(mapped: Conversation) -> None:
    cached = CachedConversation()
    # An estimate is remembered from here on; what was stored before is not looked at.
    mapped.snapshots.all().delete()
    first = take_snapshot(mapped, cached=cached)
    statement = mapped.statements.all()[0]
    newcomers(mapped, statement, 30, name="newcomers")
    carried = take_snapshot(mapped, cached=cached)
    assert first.estimate.result.tested is None
    tested = carried.estimate.result.tested
    assert tested is not None
    assert (tested.votes, tested.changed) == (first.votes_seen, 30)
    mapped.snapshots.all().delete()
    fresh = take_snapshot(mapped)
    assert fresh.estimate.result.tested is None
    assert fresh.votes_digest == carried.votes_digest
    assert [group.size for group in fresh.estimate.result.groups] == [
        group.size for group in carried.estimate.result.groups
    ]
    mine, theirs = columns_of(carried), columns_of(fresh)
    assert np.array_equal(mine.whole, theirs.whole)
    # All but common ground, which the last whole estimate tells.
    common, even = mine.layout.parts[2], mine.layout.parts[3]
    told = [at for at in range(mine.layout.real_columns) if not common <= at < even]
    # What was drawn unevenly comes after common ground in both.
    assert mine.layout == theirs.layout
    assert np.allclose(mine.real[:, told], theirs.real[:, told], atol=1e-6, rtol=0, equal_nan=True)


def test_the_page_says_when_groups_were_tested_last_and_they_are_once_votes_settle(
    nobody: DoorClient, mapped: Conversation
) -> None:
    jobs.take_snapshot(mapped.pk)
    mapped.snapshots.all().delete()
    jobs.take_snapshot(mapped.pk)
    newcomers(mapped, mapped.statements.all()[0], 30, name="newcomers")
    jobs.take_snapshot(mapped.pk)
    assert shows(nobody.get(mapped.get_results_url()), "tested-on", 30)
    jobs.check_robustness(mapped.pk)
    latest = mapped.latest_snapshot()
    assert latest is not None
    assert latest.robustness is not None
    assert not shows(nobody.get(mapped.get_results_url()), "tested-on")


def test_a_map_is_put_on_trial_again_when_much_has_changed_or_statements_are_others(
    mapped: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_cache, "MOST_CHANGED", 0.005)
    cached = CachedConversation()
    mapped.snapshots.all().delete()
    take_snapshot(mapped, cached=cached)
    first, second = mapped.statements.all()[:2]
    newcomers(mapped, first, 7, name="a few")
    assert take_snapshot(mapped, cached=cached).estimate.result.tested is not None
    newcomers(mapped, first, 40, name="many")
    assert take_snapshot(mapped, cached=cached).estimate.result.tested is None
    newcomers(mapped, second, 7, name="a few more")
    assert take_snapshot(mapped, cached=cached).estimate.result.tested is not None
    moderation.reject_statement(second, reason="It names somebody.")
    assert take_snapshot(mapped, cached=cached).estimate.result.tested is None


def test_nothing_new_is_read_twice(mapped: Conversation) -> None:
    cached = CachedAnswers()
    before = cached.renew(mapped)
    with CaptureQueriesContext(connections["square"]) as queries:
        assert cached.renew(mapped) is before
    assert len(queries) == 1
    vote(mapped.participants.all()[3], mapped.statements.all()[0], value=0)
    with CaptureQueriesContext(connections["square"]) as queries:
        assert cached.renew(mapped) is not before
    assert len(queries) == 4


def test_a_mark_says_nothing_of_who_answered_or_when(mapped: Conversation) -> None:
    def marks() -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
        return np.frombuffer(bytes(VoteMarks.objects.get(pk=mapped.pk).marks), "<u4")

    before = marks()
    for person in mapped.participants.all()[:3]:
        vote(person, mapped.statements.all()[0], value=0)
    after = marks()
    assert len(before) == len(after) == 1_000
    assert 1 <= int((before != after).sum()) <= 3
    assert {field.name for field in VoteMarks._meta.concrete_fields} == {"conversation", "marks"}


def test_an_invitation_set_aside_and_a_card_are_noticed(talk: Conversation) -> None:
    way = access_code_actions.create_batch(conversation=talk, level=Level.INVITED, name="Choir", most=30).way
    cached, statement = CachedConversation(), talk.statements.all()[0]
    for n in range(40):
        person = Participant.objects.create(
            conversation=talk, key=f"{n}", level=Level.INVITED, way=way if n < 20 else None
        )
        vote(person, statement, value=1)
    assert take_snapshot(talk, cached=cached).votes_seen == 40
    access_code_actions.exclude_answers_of_invitation(way, reason="It was passed on.")
    assert take_snapshot(talk, cached=cached).votes_seen == 20
    assert take_snapshot(talk).votes_seen == 20


def test_a_process_remembers_so_much_and_forgets_what_was_used_longest_ago(mapped: Conversation) -> None:
    held = ConversationCache(most=3 * read_answers(mapped).size)
    for conversation in range(5):
        with held.hold(conversation) as cached:
            cached.answers.renew(mapped)
    assert len(held) == 3
    with held.hold(4) as cached:
        assert cached.answers.answers is not None
    with held.hold(0) as cached:
        assert cached.answers.answers is None


def test_a_job_that_fails_leaves_nothing_half_remembered(mapped: Conversation) -> None:
    held = ConversationCache()

    def fail() -> None:
        with held.hold(mapped.pk) as cached:
            cached.answers.renew(mapped)
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        fail()
    assert len(held) == 0


def test_a_robust_map_is_the_one_that_was_remembered(mapped: Conversation) -> None:
    cached = CachedConversation()
    mapped.snapshots.all().delete()
    take_snapshot(mapped, cached=cached)
    whole = cached.maps[Level.OPEN].whole
    assert isinstance(whole, opinion.Opinion)
    assert robustness.check_robustness(mapped, cached=cached) is not None
    assert cached.maps[Level.OPEN].whole is whole
    assert math.isfinite(whole.axes.total)
