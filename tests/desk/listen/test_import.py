"""Bea brings words in from elsewhere: she sees what would come, says so, and nothing comes twice."""

import csv
import io
import zipfile
from datetime import date

import pytest

from massline.desk.guard.audit.models import AuditLine
from massline.desk.listen.field_reports import actions as field_report_actions
from massline.desk.listen.import_export.models import ImportBatch
from massline.desk.listen.rounds import actions as round_actions
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.people.models import Account
from massline.square.conversations import actions as conversations
from massline.square.conversations.models import Conversation, Statement, Value, Vote
from massline.square.conversations.trust_levels import Level
from massline.tables.date_columns import DayColumn
from tests.conftest import DoorClient
from tests.desk.listen.import_files import COMMENTS, VOTES, confirm, everything_said, looked, send, zipped
from tests.parts import shows
from tests.votes import vote


def test_a_polis_archive_is_shown_first_then_stands_beside_what_was_there(
    round_: ListeningRound, bea_at: DoorClient
) -> None:
    before = everything_said()
    archive = zipped(
        **{"export/comments__csv": COMMENTS, "export/votes__csv": VOTES, "export/notes__md": "x"}
    )
    answer = send(bea_at, round_, export__zip=archive)
    page = looked(bea_at, answer)
    assert shows(page, "statements-to-come", 3)
    assert shows(page, "rejected-there")
    assert shows(page, "read-first")
    assert "Fix the heating, now" in page
    assert everything_said() == before, "something was brought in before anybody said so"
    said = confirm(bea_at, answer)
    assert shows(said, "imported", 3, 3, 2)
    talk = Conversation.objects.get()
    assert list(talk.statements.values_list("number", "text", "state")) == [
        (0, "Publish the bill.", "shown"),
        (1, "Fix the heating, now", "shown"),
        (2, "Spam", "turned_down"),
        (3, "Ring 0151 23456789 and ask Maria", "held"),
    ]
    assert set(talk.participants.values_list("level", flat=True)) == {Level.IMPORTED}
    assert Vote.objects.get(participant__key="1", statement__number=1).value == Value.DISAGREE
    assert ImportBatch.objects.get().packed is None, "the file is still there"
    assert AuditLine.objects.order_by("-sequence")[0].verb == "brought words in"


def test_the_same_file_again_changes_nothing_in_this_round_or_another(
    round_: ListeningRound, bea_at: DoorClient, bea: Account, today: date
) -> None:
    confirm(bea_at, send(bea_at, round_, comments__csv=COMMENTS, votes__csv=VOTES))
    other = round_actions.open_round(
        organisation=round_.organisation, question="And now?", closes_on=today, by=bea, seeds=["Another."]
    )
    before = everything_said()
    for one, words in ((round_, "all-here"), (other, "here-elsewhere")):
        answer = send(bea_at, one, **{"votes (1)__csv": VOTES, "comments (2)__csv": COMMENTS})
        page = looked(bea_at, answer)
        assert shows(page, words)
        assert 'name="bring"' not in page
        bea_at.post(answer.headers["Location"], {"bring": "1"})
    assert everything_said() == before


def test_what_comes_out_comes_back_as_it_was_and_a_spreadsheet_carries_nothing_out(
    round_: ListeningRound, bea_at: DoorClient, bea: Account, today: date
) -> None:
    talk = Conversation.objects.get()
    person = conversations.join_conversation(talk, token="amal")
    formula = conversations.add_statement(talk, text="=cmd|'/c calc'!A1", token="amal", seed=True)
    vote(person, formula, value=Value.AGREE)
    field_report_actions.write_field_report(
        round_=round_,
        by=bea,
        section=None,
        channel="door",
        voices=[field_report_actions.VoiceText("@SUM(1+1) they said")],
    )
    out = {
        shape: bea_at.post(f"/riverside/listen/{round_.pk}/take-out/", {"shape": shape})
        for shape in ("polis", "statements", "tools", "voices")
    }
    with zipfile.ZipFile(io.BytesIO(out["polis"].content)) as packed:
        tables = {name: packed.read(name).decode() for name in packed.namelist()}
    tables |= {one: out[one].content.decode("utf-8-sig") for one in ("statements", "tools", "voices")}
    for name, text in tables.items():
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert not [cell for cell in cells if cell[:1] in "=@+\t" and cell], name
    before = everything_said()
    page = looked(bea_at, send(bea_at, round_, ours__zip=out["polis"].content))
    assert shows(page, "all-here")
    assert everything_said() == before
    Conversation.objects.all().delete()
    again = round_actions.open_round(
        organisation=round_.organisation, question="Anew?", closes_on=today, by=bea
    )
    confirm(bea_at, send(bea_at, again, ours__zip=out["polis"].content))
    assert Statement.objects.filter(text="=cmd|'/c calc'!A1").exists()


def test_a_table_of_voices_comes_in_word_for_word_and_once(
    round_: ListeningRound, bea_at: DoorClient, today: date
) -> None:
    table = (
        "Moment;Block;What;Told us\n"
        f"{today};block c;asks;Who pays if we lose?\n"
        f"{today};Block F;said;  My girl does her homework\u2009in her coat… 🥶 \n"
        ";;needs;A heater, now\n13/45/2;Block B;said;Words with a strange day\n;Block B;shouts;What?\n;Block B;said;\n"
    )
    answer = send(bea_at, round_, table__csv=table)
    page = looked(bea_at, answer)
    assert shows(page, "voices-to-come")
    columns = {
        "kind": "voices",
        "column_0": "day",
        "column_1": "section",
        "column_2": "what",
        "column_3": "words",
    }
    page = bea_at.post(answer.headers["Location"], columns | {"again": "1"}).content.decode()
    for words in (
        "Row 4: the day “13/45/2”",
        "Row 5: “shouts”",
        "Row 6: there is no text",
    ):
        assert words in page
    assert "Block F" in page
    assert not Voice.objects.exists()
    assert shows(confirm(bea_at, answer, **columns), "imported", 3)
    assert set(Voice.objects.values_list("text", "kind", "report__section__name")) == {
        ("Who pays if we lose?", "question", "Block C"),
        ("  My girl does her homework\u2009in her coat… 🥶 ", "said", None),
        ("A heater, now", "need", None),
    }
    before = everything_said()
    page = bea_at.post(send(bea_at, round_, again__csv=table).headers["Location"], columns).content.decode()
    assert shows(page, "voices-to-come", 0)
    assert everything_said() == before


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (["11/20/2026 10:03:11", "2/3/2026 9:00"], date(2026, 2, 3)),
        (["20/11/2026", "2/3/2026"], date(2026, 3, 2)),
        (["2.3.2026"], date(2026, 3, 2)),
        (["2026-3-2T10:00"], date(2026, 3, 2)),
        (["2/2/2026"], date(2026, 2, 2)),
    ],
)
def test_a_column_tells_which_number_is_the_month(cells: list[str], read: date) -> None:
    assert DayColumn(cells).read(cells[-1]) == read
    assert not DayColumn(["2/3/2026"]).reads(["2/3/2026"]), "either of two days was taken for one"


def test_a_timestamp_nobody_can_read_loses_no_words(round_: ListeningRound, bea_at: DoorClient) -> None:
    form = "Timestamp,What should change?\n2/3/2026 9:00,The heating\n3/4/2026 9:00,The lift\n"
    assert shows(looked(bea_at, send(bea_at, round_, form__csv=form)), "voices-to-come", 2)


def test_a_table_of_answers_finds_the_statements_that_are_there(
    round_: ListeningRound, bea_at: DoorClient
) -> None:
    table = "participant,statement,answer\na,0,agree\nb,Publish the bill.,disagree\nb,No rise.,yes\nb,7,agree\nc,0,loud\n"
    answer = send(bea_at, round_, votes__csv=table)
    page = looked(bea_at, answer)
    assert shows(page, "statements-to-come", 1)
    assert "there is no statement 7 here" in page
    assert "Row 5: the answer must be" in page
    confirm(bea_at, answer)
    assert set(Vote.objects.values_list("statement__text", "value")) == {
        ("Publish the bill.", 1),
        ("Publish the bill.", -1),
        ("No rise.", 1),
    }


def test_a_list_of_statements_is_asked_and_none_twice(round_: ListeningRound, bea_at: DoorClient) -> None:
    answer = send(bea_at, round_, list__csv="text\nPublish the bill.\nNo rise.\nNo rise.\n" + "x" * 301)
    page = bea_at.post(
        answer.headers["Location"], {"kind": "statements", "column_0": "words"}
    ).content.decode()
    assert shows(page, "statements-to-come", 1)
    assert "Row 4: over 300 characters" in page
    confirm(bea_at, answer)
    assert list(Statement.objects.values_list("text", flat=True)) == ["Publish the bill.", "No rise."]
