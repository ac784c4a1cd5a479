"""Many vote in the same moment: one commit keeps them all, nobody is thanked before it, one bad vote fails alone."""

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import OperationalError

from massline.core.db.group_commit import BatchWriter, DeferredOutcome, UnknownOutcome
from massline.square.conversations.models import Conversation, Participant, Value, Vote
from massline.square.conversations.voting import answer_form as answer_views
from massline.square.conversations.voting.vote_batch_writer import SentAnswer, VoteOutcome, save_votes
from massline.square.conversations.voting.write_queue import VoteWriter
from tests.conftest import DoorClient
from tests.ops.house import PATIENCE, environment
from tests.ops.postgres import server
from tests.square.conftest import words_of
from tests.square.conversations.test_voting import answer_next, ballot_on


def cast(talk: Conversation, token: str, statement: int | None = 0, value: Value = Value.AGREE) -> SentAnswer:
    return SentAnswer(talk.organisation.slug, talk.slug, talk.pk, token, statement, value, 0.5)


def test_many_votes_of_many_people_are_kept_by_few_queries(
    talk: Conversation, django_assert_max_num_queries: Any
) -> None:
    crowd = [cast(talk, f"person {n}", n % 3) for n in range(60)]
    with django_assert_max_num_queries(10, using="square"):
        assert set(save_votes(crowd)) == {VoteOutcome.KEPT}
    assert Vote.objects.count() == Participant.objects.count() == 60


def test_the_last_of_two_answers_in_one_commit_counts(talk: Conversation) -> None:
    save_votes([cast(talk, "amal"), cast(talk, "bea"), cast(talk, "amal", value=Value.DISAGREE)])
    assert sorted(Vote.objects.values_list("value", flat=True)) == [-1, 1]
    save_votes([cast(talk, "amal", value=Value.PASS)])
    assert sorted(Vote.objects.values_list("value", flat=True)) == [0, 1]


def test_one_broken_vote_fails_alone(talk: Conversation) -> None:
    outcomes = save_votes([cast(talk, "amal"), cast(talk, "bea", 2**70), cast(talk, "chen")])
    assert [outcomes[0], outcomes[2]] == [VoteOutcome.KEPT, VoteOutcome.KEPT]
    assert isinstance(outcomes[1], OverflowError)
    assert Vote.objects.count() == Participant.objects.count() == 2


def test_each_vote_of_a_batch_is_told_what_became_of_it(talk: Conversation) -> None:
    elsewhere = SentAnswer("harbour", talk.slug, talk.pk, "amal", 0, Value.AGREE, None)
    given = [cast(talk, "amal"), cast(talk, "bea", 77), cast(talk, "chen", None), elsewhere]
    assert save_votes(given) == [
        VoteOutcome.KEPT,
        VoteOutcome.GONE,
        VoteOutcome.GONE,
        VoteOutcome.ELSEWHERE,
    ]
    Conversation.objects.update(open_to_all=False)
    assert save_votes([cast(talk, "dina")]) == [VoteOutcome.NOT_ADMITTED]
    Conversation.objects.update(key=None)
    assert save_votes([cast(talk, "amal")]) == [VoteOutcome.CLOSED]


def test_a_full_queue_and_a_writer_that_never_comes_round_say_later(talk: Conversation) -> None:
    stuck = threading.Event()

    def wait_for_the_disk(casts: Sequence[SentAnswer]) -> list[VoteOutcome | Exception]:
        stuck.wait(PATIENCE)
        return [VoteOutcome.KEPT for _ in casts]

    writer = VoteWriter(wait_for_the_disk, most=0)
    with pytest.raises(DeferredOutcome):
        writer.cast(cast(talk, "amal"))
    writer = VoteWriter(wait_for_the_disk, patience=0.5)
    with pytest.raises(UnknownOutcome):
        writer.cast(cast(talk, "amal"))
    stuck.set()


def test_what_the_writer_has_not_begun_with_is_withdrawn_so_that_not_saved_is_true() -> None:
    written: list[int] = []
    begun, free = threading.Event(), threading.Event()

    def settle(numbers: Sequence[int]) -> list[str | Exception]:
        begun.set()
        free.wait(PATIENCE)
        written.extend(numbers)
        return ["kept" for _ in numbers]

    writer: BatchWriter[int, str] = BatchWriter(settle, name="numbers", patience=0.3)
    unknown: list[int] = []

    def write_first() -> None:
        try:
            writer.write(1)
        except UnknownOutcome:
            unknown.append(1)

    first = threading.Thread(target=write_first)
    first.start()
    assert begun.wait(PATIENCE)
    with pytest.raises(DeferredOutcome) as later:
        writer.write(2)
    assert not isinstance(later.value, UnknownOutcome)
    free.set()
    first.join()
    assert unknown == [1]
    assert writer.write(3) == "kept"
    assert written == [1, 3]


def test_a_disk_that_is_full_thanks_nobody_and_heals(talk: Conversation) -> None:
    disk = {"full": True}

    def write(casts: Sequence[SentAnswer]) -> list[VoteOutcome | Exception]:
        if disk["full"]:
            raise OperationalError("database or disk is full")
        return [VoteOutcome.KEPT for _ in casts]

    writer = VoteWriter(write)
    with pytest.raises(OperationalError, match="full"):
        writer.cast(cast(talk, "amal"))
    disk["full"] = False
    assert writer.cast(cast(talk, "amal")) is VoteOutcome.KEPT


@pytest.mark.parametrize(
    ("problem", "said"), [(DeferredOutcome, "many-at-once"), (UnknownOutcome, "cannot-tell-yet")]
)
def test_who_must_come_later_keeps_the_answer_on_the_page(
    nobody: DoorClient,
    talk: Conversation,
    monkeypatch: pytest.MonkeyPatch,
    problem: type[Exception],
    said: str,
) -> None:
    def no_room(_cast: SentAnswer) -> VoteOutcome:
        raise problem

    with monkeypatch.context() as full:
        full.setattr(answer_views, "queue_vote", no_room)
        answer = answer_next(nobody, talk, -1)
    page = words_of(answer)
    assert answer.status_code == 503
    assert f'data-part="{said}"' in page
    assert int(answer.headers["Retry-After"]) > 0
    assert "Disagree" in page
    assert 'name="vote" value="-1"' in page
    again = nobody.post(f"{talk.get_absolute_url()}vote/", {"ballot": ballot_on(answer), "vote": -1})
    assert again.status_code == 302
    assert Vote.objects.get().value == -1


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_real_threads_on_a_real_database(tmp_path: Path, kind: str) -> None:
    with server() if kind == "postgresql" else nullcontext() as address:
        more = {"MASSLINE_SQUARE_DB": _made(address)} if address else {}
        env = environment(
            tmp_path, MASSLINE_DOOR="square", DJANGO_SETTINGS_MODULE="massline.settings", **more
        )
        done = subprocess.run(
            [sys.executable, "-m", "tests.square.conversations.at_once"],
            env=env,
            capture_output=True,
            timeout=PATIENCE,
            cwd=Path(__file__).parents[3],
        )
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert found["thanked"] == found["kept"] == 120
    assert found["commits"] < 60
    assert found["came_in"] == found["cards"] == 10
    assert found["refused"] == 10


def _made(address: str) -> str:
    """Make the square's database on a fresh server and give its address."""
    with psycopg.connect(f"{address}/postgres", autocommit=True) as opened:
        opened.execute("CREATE DATABASE square")
    return f"{address}/square"
