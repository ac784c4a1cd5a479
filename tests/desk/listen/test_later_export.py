"""A conversation elsewhere goes on after it was brought in: its later export adds what is new, and nobody counts twice."""

import csv
import gzip
import io
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from massline.core.json_shapes import ShapedField
from massline.desk.listen.import_export.actions import run_import
from massline.desk.listen.import_export.models import ImportBatch, ImportState
from massline.desk.listen.rounds import actions as listen
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations.models import Conversation, Origin, Participant, Statement, Value, Vote
from massline.square.conversations.trust_levels import Level
from tests.conftest import DoorClient
from tests.desk.listen.import_files import COMMENTS, POLIS, VOTES, confirm, everything_said, looked, send
from tests.parts import holds, parts, shows
from tests.votes import vote

MORE_COMMENTS = f"{COMMENTS}1500600000000,3,0,1,Mend the lift\n1500600000000,4,7,1,Publish the bill.\n"
# Person 1 thinks again about statement 0, person 0 answers what is new, and person 7 joins.
MORE_VOTES = f"{VOTES}1500700000000,0,1,1\n1500700000000,3,0,1\n1500700000000,3,7,-1\n1500700000000,4,7,1\n1500700000000,0,7,1\n"
ELSEWHERE = "timestamp,comment-id,author-id,moderated,comment-body\n1500000000000,0,0,1,Plant trees\n"
THEIR_VOTES = "timestamp,comment-id,voter-id,vote\n" + "".join(f"1500000000000,0,{n},1\n" for n in range(9))


def brought(door: DoorClient, round_: ListeningRound, comments: str, votes: str) -> str:
    return confirm(door, send(door, round_, comments__csv=comments, votes__csv=votes))


def answers() -> set[tuple[str, str, int]]:
    return set(Vote.objects.values_list("participant__key", "statement__text", "value"))


@pytest.fixture
def begun(round_: ListeningRound, bea_at: DoorClient) -> ListeningRound:
    """A round into which a first export and another conversation came, and in which somebody votes on the square."""
    brought(bea_at, round_, COMMENTS, VOTES)
    brought(bea_at, round_, ELSEWHERE, THEIR_VOTES)
    talk = Conversation.objects.get()
    person = conversation_actions.join_conversation(talk, token="amal")
    for statement in talk.statements.shown():
        vote(person, statement, value=Value.PASS)
    return round_


def test_a_later_export_adds_what_is_new_and_replaces_what_was_answered_anew(
    begun: ListeningRound, bea_at: DoorClient
) -> None:
    before, people = answers(), Participant.objects.count()
    answer = send(bea_at, begun, comments__csv=MORE_COMMENTS, votes__csv=MORE_VOTES)
    page = looked(bea_at, answer)
    assert shows(page, "later-export")
    assert [text for text in parts(page, "new-of") if holds(text, 3) or holds(text, 5) or holds(text, 7)] == (
        parts(page, "new-of")
    )
    assert shows(page, "changed-since")
    assert "Mend the lift" in page
    assert not shows(page, "counted-twice")
    assert answers() == before, "something was brought in before anybody said so"
    said = confirm(bea_at, answer)
    assert shows(said, "imported", 1, 1, 4, 1)
    # Person 7 comes after the nine of the other conversation, who were counted from 2 on.
    assert answers() - before == {
        ("1", "Fix the heating, now", 1),
        ("0", "Mend the lift", 1),
        ("11", "Mend the lift", -1),
        ("11", "Publish the bill.", 1),
        ("11", "Fix the heating, now", 1),
    }
    assert before - answers() == {("1", "Fix the heating, now", -1)}
    assert Participant.objects.count() == people + 1
    assert Participant.objects.get(key="11").level == Level.IMPORTED
    lift = Statement.objects.get(text="Mend the lift")
    assert (lift.author, lift.state) == (Participant.objects.get(key="0"), "shown")
    assert Statement.objects.filter(text="Publish the bill.").count() == 1


def test_the_same_later_export_an_earlier_one_and_another_round_change_nothing(
    begun: ListeningRound, bea_at: DoorClient, bea: Account, today: date
) -> None:
    brought(bea_at, begun, MORE_COMMENTS, MORE_VOTES)
    other = listen.open_round(
        organisation=begun.organisation, question="And now?", closes_on=today, by=bea, seeds=["Another."]
    )
    before = everything_said()
    later = MORE_VOTES + "1500800000000,3,8,1\n"
    for round_, comments, votes, words in (
        (begun, MORE_COMMENTS, MORE_VOTES, "all-here"),
        (begun, COMMENTS, VOTES, "all-here"),
        (other, MORE_COMMENTS, later, "here-elsewhere"),
    ):
        page = looked(bea_at, send(bea_at, round_, comments__csv=comments, votes__csv=votes))
        assert shows(page, words)
        assert 'name="bring"' not in page
    assert everything_said() == before


@pytest.mark.parametrize(
    "number", [4102444800, 10**17 + 3, 10**18 + 3, 1712345678901234567, 2**63 - 9, 2**63 + 9, 10**25]
)
def test_who_has_a_long_number_there_is_found_again(
    round_: ListeningRound, bea_at: DoorClient, number: int
) -> None:
    votes = VOTES.replace(",0,1,", f",0,{number + 1},").replace(",0,0,", f",0,{number},")
    brought(bea_at, round_, COMMENTS, votes)
    before = everything_said()
    page = looked(bea_at, send(bea_at, round_, comments__csv=COMMENTS, votes__csv=votes))
    assert shows(page, "all-here")
    assert everything_said() == before


@pytest.mark.parametrize(
    ("column", "whole", "odd"),
    [
        ("numbers", {"0": 3}, {"0": 3, "1": "x"}),
        ("ranges", [[0, 2**40, 0]], [[0, 2**40, 0], [0, 2**70, 0]]),
    ],
)
def test_an_origin_is_read_whole_or_not_at_all(column: str, whole: object, odd: object) -> None:
    shape = cast(ShapedField, Origin._meta.get_field(column)).shape
    assert shape is not None
    assert shape(whole) == whole
    with pytest.raises(ValueError, match="number"):
        shape(odd)


def test_an_export_after_the_later_one_finds_everybody_again(
    begun: ListeningRound, bea_at: DoorClient
) -> None:
    brought(bea_at, begun, MORE_COMMENTS, MORE_VOTES)
    before, people = answers(), Participant.objects.count()
    said = brought(bea_at, begun, MORE_COMMENTS, MORE_VOTES + "1500800000000,2,7,0\n1500800000000,0,8,1\n")
    assert shows(said, "imported", 0, 1, 2, 0)
    assert answers() - before == {
        ("11", "Ring 0151 23456789 and ask Maria", 0),
        ("12", "Fix the heating, now", 1),
    }
    assert Participant.objects.count() == people + 1


def test_two_towns_that_asked_the_same_are_not_taken_for_one_another(
    begun: ListeningRound, bea_at: DoorClient
) -> None:
    people = Participant.objects.count()
    theirs = (
        "timestamp,comment-id,voter-id,vote\n1500300000000,0,0,-1\n1500300000000,0,1,1\n1500300000000,2,0,1\n"
    )
    page = looked(bea_at, send(bea_at, begun, comments__csv=MORE_COMMENTS, votes__csv=theirs))
    assert not shows(page, "later-export")
    assert shows(page, "counted-twice")
    brought(bea_at, begun, MORE_COMMENTS, theirs)
    assert Participant.objects.count() == people + 2


def test_a_table_of_answers_numbers_people_anew_and_is_never_a_later_export(
    begun: ListeningRound, bea_at: DoorClient
) -> None:
    table = (
        'participant,statement,answer\n0,"Fix the heating, now",agree\n1,"Fix the heating, now",disagree\n'
    )
    page = looked(bea_at, send(bea_at, begun, votes__csv=table))
    assert not shows(page, "later-export")
    assert not ImportBatch.objects.exclude(packed=None).exclude(name="votes.csv").exists()


def half_way(shared: Path) -> tuple[dict[str, str], dict[str, str]]:
    """A real conversation as it stood when half of its votes were cast, and as it stood in the end."""
    whole = {
        name: gzip.decompress((shared / POLIS / f"{name}.csv.gz").read_bytes()).decode()
        for name in ("comments", "votes")
    }
    votes = list(csv.DictReader(io.StringIO(whole["votes"], newline="")))
    middle = sorted(int(row["timestamp"]) for row in votes)[len(votes) // 2]
    asked = {row["comment-id"] for row in votes if int(row["timestamp"]) <= middle}
    early = {name: io.StringIO(newline="") for name in whole}
    for name, out in early.items():
        rows = list(csv.DictReader(io.StringIO(whole[name], newline="")))
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(
            row for row in rows if row["comment-id"] in asked and int(row["timestamp"]) <= middle
        )
    return {f"{name}__csv": out.getvalue() for name, out in early.items()}, {
        f"{name}__csv": text for name, text in whole.items()
    }


def test_half_of_a_real_conversation_and_later_the_whole_come_to_the_same_as_the_whole_at_once(
    shared: Path, round_: ListeningRound, bea_at: DoorClient, bea: Account, today: date
) -> None:
    half, whole = half_way(shared)
    came = []
    for files in ([half, whole], [whole]):
        Conversation.objects.all().delete()
        fresh = listen.open_round(
            organisation=round_.organisation, question="Water?", closes_on=today, by=bea
        )
        for one in files:
            answer = send(bea_at, fresh, **one)
            looked(bea_at, answer)
            confirm(bea_at, answer)
            for parcel in ImportBatch.objects.filter(state=ImportState.WAITING):
                run_import(parcel.pk)
        came.append((answers(), set(Statement.objects.values_list("text", "author__key", "state"))))
    assert len(came[0][0]) > 1000
    assert came[0] == came[1]
