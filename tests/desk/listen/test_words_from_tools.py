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
from tests.parts import shows
from tests.tables.table_files import csv_text, ods, xlsx
from tests.tables.test_chats import IPHONE

KOBO = [
    [
        "start",
        "end",
        "deviceid",
        "your_view",
        "mood",
        "block",
        "_id",
        "_uuid",
        "_submission_time",
        "__version__",
    ],
    [
        "2026-11-20T10:01:02.000+01:00",
        "2026-11-20T10:05:02.000+01:00",
        "collect:a1b2c3d4e5f6a7b8",
        "The heating is cold",
        "3",
        "Block A",
        "101",
        "7f3a2b1c-0001-4000-8000-000000000001",
        "2026-11-20T09:05:04",
        "vA1",
    ],
    [
        "2026-11-20T10:01:02.000+01:00",
        "2026-11-20T10:05:02.000+01:00",
        "collect:a1b2c3d4e5f6a7b8",
        "N/A",
        "5",
        "Block B",
        "102",
        "7f3a2b1c-0001-4000-8000-000000000002",
        "2026-11-20T09:06:04",
        "vA1",
    ],
    [
        "2026-11-20T10:01:02.000+01:00",
        "",
        "collect:a1b2c3d4e5f6a7b8",
        "Rent, and mould",
        "",
        "Block B",
        "103",
        "7f3a2b1c-0001-4000-8000-000000000003",
        "2026-11-20T09:06:05",
        "vA1",
    ],
]
# Headings as each tool's documentation or exporter names them; what people say is made up.
VOICES: dict[str, tuple[str | bytes, list[str]]] = {
    "KoboToolbox": (csv_text(KOBO, delimiter=";"), ["The heating is cold", "Rent, and mould"]),
    "KoboToolbox, XLSX": (xlsx(survey=KOBO), ["The heating is cold", "Rent, and mould"]),
    "Google Forms": (
        csv_text(
            [
                ["Timestamp", "Email Address", "Which block do you live in?", "What should change first?"],
                ["11/20/2026 18:30:12", "a@example.org", "Block A", "The hot water is off"],
                ["11/21/2026 9:02:44", "b@example.org", "Block C", "The lift, again"],
            ]
        ),
        ["The hot water is off", "The lift, again"],
    ),
    "Google Forms, German": (
        csv_text(
            [
                ["Zeitstempel", "Was stört Sie am meisten: Miete, Heizung, oder anderes?"],
                ["21.11.2026 18:03:11", "Heizung; seit Tagen kalt"],
                ["22.11.2026 18:03:11", "Lärm im Hof"],
            ],
            delimiter=";",
        ).encode("cp1252"),
        ["Heizung; seit Tagen kalt", "Lärm im Hof"],
    ),
    "LimeSurvey": (
        csv_text(
            [
                ["id", "submitdate", "lastpage", "startlanguage", "seed", "G01Q01", "G01Q02"],
                ["1", "2026-11-20 10:00:00", "2", "de", "1830472", "A1", "Die Heizung ist seit Tagen kalt"],
                ["2", "2026-11-21 10:00:00", "2", "de", "9483021", "A2", "Der Aufzug ist wieder kaputt"],
            ]
        ),
        ["Die Heizung ist seit Tagen kalt", "Der Aufzug ist wieder kaputt"],
    ),
    "Loomio": (
        csv_text(
            [
                [
                    "id",
                    "group_id",
                    "discussion_id",
                    "author_id",
                    "discussion_title",
                    "author_name",
                    "body",
                    "created_at",
                ],
                [
                    "1",
                    "7",
                    "9",
                    "3",
                    "A rather long title of a discussion",
                    "Ana",
                    "We need heat",
                    "2026-11-20 10:00:00 UTC",
                ],
            ]
        ),
        ["We need heat"],
    ),
    "Talk to the City": (
        csv_text(
            [
                ["comment-id", "comment-body", "interview", "video", "timestamp"],
                ["1", "Rent eats half of what I earn.", "Ana", "", "00:01:02"],
                ["2", "The stairwell light is out.", "Ben", "", "00:02:02"],
            ]
        ),
        ["Rent eats half of what I earn.", "The stairwell light is out."],
    ),
    "one sentence a line": (
        "The rent is too high, much too high.\nWe need heat.\nFix the lift.\n",
        ["The rent is too high, much too high.", "We need heat.", "Fix the lift."],
    ),
    "sep line": ("sep=;\nwords;section\nWe want heat now;Block A\n", ["We want heat now"]),
    "ODS": (ods([["words", "section"], ["We want heat now", "Block A"]]), ["We want heat now"]),
    "a mood in words of their own": (
        'Datum;Abteilung;Kommentar;Stimmung\n20.11.2026;Block A;Die Türen schließen nicht;gut\n21.11.2026;Block A;"Zeile eins\nZeile zwei; mit Semikolon";2\n',
        ["Die Türen schließen nicht", "Zeile eins\nZeile zwei; mit Semikolon"],
    ),
    "Arabic": (
        "طابع زمني,ما الذي يجب أن يتغير؟\n2026/11/20 10:00,التدفئة لا تعمل منذ أيام\n",
        ["التدفئة لا تعمل منذ أيام"],
    ),
    "UTF-16": ("words\tsection\nIt’s cold\tBlock A\n".encode("utf-16"), ["It’s cold"]),
}


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
