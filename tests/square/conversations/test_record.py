"""One write path for votes: people, the demonstration and imports record them by the same module."""

import ast
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from massline.jobs.models import Job
from massline.square.conversations import actions
from massline.square.conversations.models import Conversation, Value, Vote
from massline.square.conversations.voting.vote_batch_writer import Answer, save_answers

PACKAGE = Path(settings.PACKAGE)
RECORD = PACKAGE / "square/conversations/voting/vote_batch_writer.py"
WRITES = {"bulk_create", "bulk_update", "create", "get_or_create", "update_or_create", "update"}
SOURCES = [
    *(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts and path != RECORD),
    *(PACKAGE.parent / "drills").rglob("*.py"),
]


def writes_votes(tree: ast.AST) -> bool:
    """Whether a module makes a Vote, or writes through Vote.objects."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            manager, _, verb = called.rpartition(".")
            if called == "Vote" or (manager.startswith("Vote.objects") and verb in WRITES):
                return True
    return False


def test_no_other_module_writes_a_vote() -> None:
    found = [str(path.name) for path in SOURCES if writes_votes(ast.parse(path.read_text()))]
    assert found == []


@pytest.mark.parametrize(
    "line", ["Vote(value=1)", "Vote.objects.bulk_create(rows)", "Vote.objects.filter(pk=1).update(value=0)"]
)
def test_a_second_writer_would_be_found(line: str) -> None:
    assert writes_votes(ast.parse(line))
    assert not writes_votes(ast.parse("Vote.objects.filter(pk=1).count()"))


def test_the_last_answer_counts_and_one_map_is_asked_for(talk: Conversation) -> None:
    rosa = actions.join_conversation(talk, token="rosa")
    first, second = talk.statements.all()[:2]
    day = date(2026, 3, 1)
    save_answers(
        [
            Answer(rosa.pk, first.pk, Value.AGREE, voted_on=day),
            Answer(rosa.pk, second.pk, Value.PASS),
            Answer(rosa.pk, first.pk, Value.DISAGREE, voted_on=day, probability=0.25, waiting=4),
        ],
        conversations=[talk.pk, talk.pk],
    )
    vote = Vote.objects.get(statement=first)
    assert (vote.value, vote.voted_on, vote.probability, vote.waiting) == (Value.DISAGREE, day, 0.25, 4)
    save_answers([Answer(rosa.pk, first.pk, Value.AGREE)], conversations=[talk.pk])
    vote.refresh_from_db()
    assert (vote.value, vote.probability) == (Value.AGREE, 0.25)
    assert vote.voted_on > day
    assert Vote.objects.count() == 2
    assert Job.objects.using("square").filter(name="conversations.take_snapshot").count() == 1


def test_nothing_is_recorded_and_no_map_asked_for_where_nobody_answered(talk: Conversation) -> None:
    save_answers([], conversations=[talk.pk])
    assert not Vote.objects.exists()
    assert not Job.objects.using("square").exists()
