"""Bea moves a conversation from Polis to the square, and takes one out again."""

import csv
import gzip
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from massline.files.votes_table import read_votes
from massline.jobs.models import Job
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations import moderation
from massline.square.conversations.models import (
    Conversation,
    Participant,
    Statement,
    StatementState,
    Value,
    Vote,
)
from massline.square.conversations.results import snapshot as result_snapshot
from massline.square.conversations.results.snapshot import take_snapshot
from massline.square.conversations.trust_levels import Level
from tests.ops.command import massline, refused
from tests.votes import vote

SOURCE = "data/polis/scoop-hivemind.freshwater"


def rows_of(path: Path) -> list[dict[str, str]]:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(io.StringIO(raw.decode(), newline="")))


def everything() -> list[Any]:
    return [
        list(model._default_manager.order_by("pk").values())
        for model in (Conversation, Statement, Participant, Vote)
    ]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "comments.csv").write_text(
        "timestamp,comment-id,author-id,moderated,comment-body\n"
        '1500000000000,0,0,1,"Fix the heating, now"\n'
        "1500000000000,1,1,-1,Spam\n1500000000000,2,9,0,Lower the rent\n"
    )
    (folder / "votes.csv").write_text(
        "timestamp,comment-id,voter-id,vote\n1500000000000,0,0,1\n1500500000000,0,1,-1\n1500400000000,0,1,1\n"
        "1500000000000,1,0,0\n"
    )
    return folder


def test_a_real_export_arrives_whole(riverside: Any, shared: Path) -> None:
    source = shared / SOURCE
    said = massline("import", "polis", source).output
    conversation = Conversation.objects.get()
    comments = rows_of(source / "comments.csv.gz")
    people = rows_of(source / "participants-votes.csv.gz")
    matrix = {
        (row["participant"], int(name), int(value))
        for row in people
        for name, value in row.items()
        if name.isdigit() and value
    }
    votes = Vote.objects.filter(participant__conversation=conversation)
    assert set(votes.values_list("participant__key", "statement__number", "value")) == matrix
    assert conversation.participants.count() == len(people)
    assert {one.number: one.text for one in conversation.statements.all()} == {
        int(row["comment-id"]): row["comment-body"] for row in comments
    }
    turned_down = sum(row["moderated"] == "-1" for row in comments)
    assert conversation.statements.filter(state=StatementState.TURNED_DOWN).count() == turned_down
    assert conversation.statements.shown().count() == len(comments) - turned_down
    assert f"{len(people)} participants" in said
    assert conversation.get_absolute_url() in said
    assert Job.objects.using("square").filter(name="conversations.take_snapshot").count() == 1


def test_the_map_of_what_arrived_is_the_map_of_the_file(riverside: Any, shared: Path) -> None:
    massline("import", "polis", shared / SOURCE)
    snapshot = result_snapshot.take_snapshot(Conversation.objects.get())
    assert snapshot.votes_seen == read_votes(shared / SOURCE).table.votes


def test_bringing_it_in_twice_changes_nothing(riverside: Any, small: Path) -> None:
    massline("import", "polis", small)
    before = everything()
    assert "is here already" in massline("import", "polis", small).output
    assert everything() == before


def test_two_organisations_may_each_have_it(riverside: Any, harbour: Any, small: Path) -> None:
    massline("import", "polis", small, "--organisation", "riverside")
    massline("import", "polis", small, "--organisation", "harbour", "--closed")
    assert Conversation.objects.count() == 2
    assert not Conversation.objects.get(organisation__slug="harbour").is_open()


def test_the_last_vote_wins_and_strangers_write_nothing(riverside: Any, small: Path) -> None:
    assert "1 earlier ones were replaced" in massline("import", "polis", small).output
    vote = Vote.objects.get(participant__key="1", statement__number=0)
    assert (vote.value, vote.voted_on) == (Value.DISAGREE, date(2017, 7, 19))
    assert Statement.objects.get(number=2).author is None
    assert Statement.objects.get(number=0).author == Participant.objects.get(key="0")


def test_our_own_export_changes_nothing_when_it_comes_back(face: Any, tmp_path: Path) -> None:
    conversation = conversation_actions.open_conversation(
        organisation=face, question="What first?", seeds=["Heat", 'The "lift"\r\nand the roof 🔥']
    )
    for token, value in (("amal", Value.AGREE), ("bea", Value.DISAGREE), ("chen", Value.PASS)):
        participant = conversation_actions.join_conversation(conversation, token=token)
        for statement in conversation.statements.shown():
            vote(participant, statement, value=value)
    conversation_actions.add_statement(conversation, text="=cmd|'/c calc'!A1", token="chen")
    moderation.reject_statement(conversation.statements.get(number=1), reason="says a name")
    out = tmp_path / "out"
    massline("export", "riverside/what-first", out)
    before = everything()
    assert "nothing was changed" in massline("import", "polis", out).output
    assert everything() == before


def test_our_own_export_arrives_elsewhere_as_it_was(face: Any, small: Path, tmp_path: Path) -> None:
    massline("import", "polis", small)
    first, second = tmp_path / "first", tmp_path / "second"
    massline("export", "riverside/small", first)
    said = set(Statement.objects.values_list("uuid", "number", "text", "state", "made_on"))
    Conversation.objects.all().delete()
    massline("import", "polis", first)
    massline("export", "riverside/small", second)
    assert said == set(Statement.objects.values_list("uuid", "number", "text", "state", "made_on"))
    for name in ("comments.csv", "votes.csv", "participants-votes.csv"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_no_key_leads_from_a_sentence_to_the_answers_of_its_author(face: Any, tmp_path: Path) -> None:
    talk = conversation_actions.open_conversation(organisation=face, question="What first?", seeds=["Heat"])
    crowd = [conversation_actions.join_conversation(talk, token=str(n)) for n in range(25)]
    for n, person in enumerate(crowd):
        vote(person, talk.statements.get(number=0), value=Value.AGREE if n % 2 else Value.PASS)
    conversation_actions.add_statement(talk, text="The lift has stood still since March.", token="3")
    take_snapshot(talk)
    rows: list[list[str]] = []
    for name in ("first", "second"):
        massline("export", "riverside/what-first", tmp_path / name)
        with (tmp_path / name / "comments.csv").open(newline="") as file:
            assert {row["author-id"] for row in csv.DictReader(file)} == {"-1"}
        with (tmp_path / name / "participants-votes.csv").open(newline="") as file:
            people = list(csv.DictReader(file))
        assert {row["n-comments"] for row in people} == {"0"}
        rows.append([row["0"] for row in sorted(people, key=lambda row: int(row["participant"]))])
    assert sorted(rows[0]) == sorted(rows[1])
    assert rows[0] != rows[1]


def test_who_comes_from_elsewhere_is_of_a_level_of_their_own_and_ours_keep_theirs(
    face: Any, small: Path, tmp_path: Path
) -> None:
    with (small / "votes.csv").open("a") as votes:
        votes.writelines(f"1500000000000,0,{person},1\n" for person in range(2, 10))
    massline("import", "polis", small)
    assert set(Participant.objects.values_list("level", flat=True)) == {Level.IMPORTED}
    carried = Participant.objects.filter(key__in=["1", "3", "5", "7", "9"])
    carried.update(level=Level.CARD)
    Vote.objects.filter(participant__in=carried).update(shown_level=Level.CARD)
    out = tmp_path / "out"
    massline("export", "riverside/small", out)
    Conversation.objects.all().delete()
    massline("import", "polis", out)
    assert Participant.objects.get(key="1").level == Level.CARD
    assert Participant.objects.get(key="0").level == Level.IMPORTED
    (out / "levels.csv").write_text("participant,level\n1,king\n")
    Conversation.objects.all().delete()
    assert "king" in refused("import", "polis", out)


def test_an_export_can_be_read_as_any_polis_export(face: Any, shared: Path, tmp_path: Path) -> None:
    massline("import", "polis", shared / SOURCE)
    slug = Conversation.objects.get().slug
    massline("export", f"riverside/{slug}", tmp_path / "out")
    ours, theirs = read_votes(tmp_path / "out").table, read_votes(shared / SOURCE).table
    assert ours.value.tolist() == theirs.value.tolist()
    assert ours.participants.tolist() == theirs.participants.tolist()
    assert ours.statement.tolist() == theirs.statement.tolist()


def test_many_votes_are_written_in_few_statements(riverside: Any, shared: Path) -> None:
    with CaptureQueriesContext(connections["square"]) as queries:
        massline("import", "polis", shared / "data/polis/15-per-hour-seattle")
    assert len(queries) < 60


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        ("votes.csv", "timestamp,comment-id,voter-id,vote\n1,0,0,7\n", "votes.csv, row 1"),
        ("votes.csv", "timestamp,comment-id,voter-id,vote\n1,5,0,1\n", "votes on statement 5"),
        ("comments.csv", "timestamp,comment-id,moderated,comment-body\nsoon,0,1,x\n", "comments.csv, row 1"),
        (
            "comments.csv",
            "timestamp,comment-id,moderated,comment-body\n1,0,1,x\n1,0,1,x\n",
            "row 2: accepted are the columns timestamp, comment-id, author-id, moderated and comment-body "
            "(the number 0 is there twice)",
        ),
        ("participants-votes.csv", "person\n3\n", "participants-votes.csv, row 1"),
    ],
)
def test_a_broken_export_is_refused_with_its_row(
    riverside: Any, small: Path, file: str, text: str, sentence: str
) -> None:
    (small / file).write_text(text)
    assert sentence in refused("import", "polis", small)
    assert not Conversation.objects.exists()


def test_what_is_missing_is_said(face: Any, harbour: Any, small: Path, tmp_path: Path) -> None:
    assert "is not there" in refused("import", "polis", tmp_path / "no")
    assert "--organisation is one of harbour, riverside" in refused("import", "polis", small)
    assert "no organisation nowhere" in refused("import", "polis", small, "--organisation", "nowhere")
    assert "there are none yet" in refused("export", "riverside/what", tmp_path / "out")
    assert "is there already" in refused("export", "riverside/what", tmp_path)
    (small / "comments.csv").unlink()
    assert "has no comments.csv" in refused("import", "polis", small)


def test_without_an_organisation_there_is_nobody_to_ask(small: Path) -> None:
    assert "found one at the desk first" in refused("import", "polis", small)
