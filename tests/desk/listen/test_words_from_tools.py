"""Words, statements and answers as surveys and other tools leave them: read without a word from the person who sends them."""

import csv
import io
from datetime import date

import pytest

from massline.desk.listen.import_export.models import ImportBatch
from massline.desk.listen.rounds.models import FieldReport, ListeningRound, Voice
from massline.square.conversations.models import Statement, Vote
from tests.conftest import DoorClient
from tests.desk.listen.import_files import confirm, looked, send
from tests.desk.listen.tool_exports import VOICES
from tests.parts import shows
from tests.tables.test_chats import IPHONE


@pytest.mark.parametrize("tool", VOICES)
def test_the_words_are_found_and_nothing_else_is_a_voice(
    round_: ListeningRound, bea_at: DoorClient, tool: str
) -> None:
    content, words = VOICES[tool]
    answer = send(bea_at, round_, words__csv=content)
    assert shows(looked(bea_at, answer), "voices-to-come", len(words))
    confirm(bea_at, answer)
    assert sorted(Voice.objects.values_list("text", flat=True)) == sorted(words)


def test_a_chat_becomes_voices_once_those_who_wrote_it_were_asked(
    round_: ListeningRound, bea_at: DoorClient
) -> None:
    answer = send(bea_at, round_, chat__txt=IPHONE)
    assert shows(looked(bea_at, answer), "voices-to-come", 2)
    assert b"Ana" not in bytes(ImportBatch.objects.get().packed or b""), "a name was kept"
    chosen = {"kind": "voices", "column_0": "words", "column_1": "day"}
    refused = bea_at.post(answer.headers["Location"], {**chosen, "bring": "1"})
    assert refused.status_code == 422
    assert not Voice.objects.exists()
    confirm(bea_at, answer, **chosen, asked="on")
    assert sorted(Voice.objects.values_list("text", "report__day")) == [
        ("The boiler is out again, has anyone else got cold water?", date(2026, 11, 21)),
        ("Yes. Block C too.\nSince this morning.", date(2026, 11, 21)),
    ]


@pytest.mark.parametrize(
    ("table", "statements", "answers"),
    [
        (
            "respondent,Rent should be frozen.,The lift comes first.\n1,Agree,Disagree\n2,Agree,Pass\n3,Disagree,Agree\n",
            2,
            6,
        ),
        (
            "Timestamp,The rent is too high,We need heat now\n2026-11-20,Strongly agree,\n2026-11-20,Neutral,Disagree\n",
            2,
            3,
        ),
        (
            "voter;statement;vote\n1;We need heat;stimme zu\n2;We need heat;lehne ab\n3;We need heat;weiß nicht\n4;We need heat;stimme voll zu\n",
            1,
            4,
        ),
        (
            "participante;afirmación;voto\n1;Hace falta calefacción;de acuerdo\n2;Hace falta calefacción;no sé\n",
            1,
            2,
        ),
    ],
)
def test_answers_in_the_words_of_a_survey(
    round_: ListeningRound, bea_at: DoorClient, table: str, statements: int, answers: int
) -> None:
    before = Statement.objects.count()
    confirm(bea_at, send(bea_at, round_, answers__csv=table))
    assert Statement.objects.count() - before == statements
    assert Vote.objects.count() == answers


def test_statements_taken_out_come_back_in_their_state(round_: ListeningRound, bea_at: DoorClient) -> None:
    ours = "number,text,agree,disagree,pass,state,reason\n0,The boilers must come first.,12,1,0,shown,\n1,Mr Kim in flat 4 is a thief.,0,0,0,turned_down,names a person\n"
    answer = send(bea_at, round_, statements__csv=ours)
    assert shows(looked(bea_at, answer), "statements-to-come", 2)
    confirm(bea_at, answer)
    assert list(Statement.objects.filter(text__contains="Kim").values_list("state", "reason")) == [
        ("turned_down", "names a person")
    ]


def test_statements_go_out_for_tools_that_sum_up_with_their_answers_and_without_what_was_turned_down(
    round_: ListeningRound, bea_at: DoorClient
) -> None:
    people = "".join(f"{n},Fix the heating first.,{'agree' if n < 4 else 'pass'}\n" for n in range(6))
    confirm(bea_at, send(bea_at, round_, answers__csv=f"voter,statement,vote\n{people}"))
    turned_down = Statement.objects.get(text="Publish the bill.")
    turned_down.state = "turned_down"
    turned_down.save()
    out = bea_at.post(f"/riverside/listen/{round_.pk}/take-out/", {"shape": "tools"}).content
    (row,) = csv.DictReader(io.StringIO(out.decode("utf-8-sig")))
    assert row["comment_text"] == row["comment-body"] == "Fix the heating first."
    assert [row[name] for name in ("agrees", "disagrees", "passes")] == ["4", "0", "2"]
    answer = send(bea_at, round_, out__csv=out)
    assert shows(looked(bea_at, answer), "statements-to-come", 0) or shows(looked(bea_at, answer), "all-here")


def test_voices_taken_out_and_brought_back_are_here_already(
    round_: ListeningRound, bea_at: DoorClient, today: date
) -> None:
    confirm(
        bea_at,
        send(
            bea_at,
            round_,
            words__csv=f"words,day\nWe need heat,{today}\nWe need heat,{today}\nFix the lift,{today}\n",
        ),
    )
    people = FieldReport.objects.count()
    out = bea_at.post(f"/riverside/listen/{round_.pk}/take-out/", {"shape": "voices"}).content
    answer = send(bea_at, round_, out__csv=out)
    assert shows(looked(bea_at, answer), "all-here")
    assert (Voice.objects.count(), FieldReport.objects.count()) == (3, people)


def test_an_answer_in_words_of_its_own_is_asked_about_once(
    round_: ListeningRound, bea_at: DoorClient
) -> None:
    table = "voter,statement,vote\n1,We need heat,meh\n2,We need heat,meh\n3,We need heat,agree\n"
    answer = send(bea_at, round_, answers__csv=table)
    assert bea_at.get(answer.headers["Location"]).context["form"].words == ["meh"]
    columns = {"kind": "votes", "column_0": "person", "column_1": "statement", "column_2": "answer"}
    confirm(bea_at, answer, **columns, answer_0="pass")
    assert sorted(Vote.objects.values_list("value", flat=True)) == [0, 0, 1]
