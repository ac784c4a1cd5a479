"""The same votes give the same map, to the byte: whatever the order they came in, and after a restart."""

import os
import random
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connections

from massline.engine.result_documents import canonical_bytes
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations.models import (
    Conversation,
    OpinionSnapshot,
    Participant,
    Statement,
    Value,
    Vote,
)
from massline.square.conversations.results import snapshot
from massline.square.organisations.models import PublicOrganisation
from tests.votes import vote

PEOPLE, STATEMENTS = 30, 8


def ballots() -> list[tuple[int, int, Value]]:
    """Two camps that disagree on half of the statements, with some noise; always the same."""
    dice = random.Random(5)
    cast = []
    for person in range(PEOPLE):
        for number in range(STATEMENTS):
            camp = Value.AGREE if (person % 2 == 0) == (number < STATEMENTS // 2) else Value.DISAGREE
            cast.append((person, number, Value.PASS if dice.random() < 0.15 else camp))
    return cast


def conversation_of(face: PublicOrganisation, slug: str) -> Conversation:
    seeds = [f"Statement number {number}." for number in range(STATEMENTS)]
    talk = conversation_actions.open_conversation(organisation=face, question=f"What of {slug}?", seeds=seeds)
    talk.key = b"k" * 32
    talk.save(update_fields=["key"])
    return talk


def cast(talk: Conversation, order: list[tuple[int, int, Value]]) -> None:
    statements = {one.number: one for one in Statement.objects.filter(conversation=talk)}
    for person, number, value in order:
        vote(
            conversation_actions.join_conversation(talk, token=f"person {person}"),
            statements[number],
            value=value,
        )


@pytest.fixture
def in_order(face: PublicOrganisation) -> OpinionSnapshot:
    talk = conversation_of(face, "order")
    cast(talk, ballots())
    return snapshot.take_snapshot(talk)


def test_votes_in_another_order_and_changed_on_the_way_give_the_same_bytes(
    face: PublicOrganisation, in_order: OpinionSnapshot
) -> None:
    talk, shuffled = conversation_of(face, "disorder"), ballots()
    random.Random(9).shuffle(shuffled)
    cast(talk, [(person, number, Value.PASS) for person, number, _value in shuffled[:50]])
    cast(talk, shuffled)
    again = snapshot.take_snapshot(talk)
    assert again.votes_digest == in_order.votes_digest
    assert bytes(again.body) == bytes(in_order.body)
    assert bytes(again.statements or b"") == bytes(in_order.statements or b"")


def test_an_edition_stays_until_enough_people_have_answered(in_order: OpinionSnapshot) -> None:
    talk = in_order.conversation
    assert snapshot.take_snapshot(talk).pk == in_order.pk
    asked = Statement.objects.filter(conversation=talk)[0]
    for n, cast in enumerate(Vote.objects.filter(statement=asked)[:6], start=1):
        vote(cast.participant, asked, value=Value(-cast.value or 1))
        assert (snapshot.take_snapshot(talk).pk != in_order.pk) is (n == 6)
    assert talk.snapshots.count() == 1


def test_another_process_makes_the_same_bytes(in_order: OpinionSnapshot) -> None:
    counted = Vote.objects.counted(in_order.conversation)
    rows = sorted(counted.values_list("participant__key", "statement__number", "shown_value"))
    texts = dict(Statement.objects.filter(conversation=in_order.conversation).values_list("number", "text"))
    program = (
        "import sys;from massline.engine import opinion;from massline.engine.result_documents import canonical_bytes;"
        "from massline.engine.votes import VoteTable;"
        f"rows={rows!r};rows.reverse();texts={texts!r};"
        f"made=opinion.estimate(VoteTable.from_rows(rows),seed={in_order.seed});"
        "sys.stdout.buffer.write(canonical_bytes(opinion.document(made,texts=texts)))"
    )
    known = {**os.environ, "OMP_NUM_THREADS": "2", "PYTHONHASHSEED": "77"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, env=known, cwd=Path(__file__).parents[3]
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == canonical_bytes(in_order.estimate)


def test_maps_are_stored_whole_again_where_an_installation_goes_back(in_order: OpinionSnapshot) -> None:
    migration = import_module("massline.square.conversations.migrations.0013_whole_documents")
    migration.write_whole(apps, connections["square"].schema_editor())
    back = OpinionSnapshot.objects.get(pk=in_order.pk)
    assert back.statements is None
    assert bytes(back.body) == canonical_bytes(in_order.estimate)
    assert back.estimate == in_order.estimate


def test_an_empty_conversation_and_one_participant_get_an_answer(face: PublicOrganisation) -> None:
    talk = conversation_of(face, "nobody yet")
    assert "not_enough" in snapshot.take_snapshot(talk).document["result"]
    cast(talk, ballots()[:STATEMENTS])
    assert Participant.objects.filter(conversation=talk).count() == 1
    assert "not_enough" in snapshot.take_snapshot(talk).document["result"]
