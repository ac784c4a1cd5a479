"""What cannot be brought in is refused with what to do; much is brought in by the worker; what is nobody’s stays."""

import gzip
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from massline.core.expiry import delete_expired_rows
from massline.desk.listen.import_export import actions, upload_reader
from massline.desk.listen.import_export.batch_content import read_import
from massline.desk.listen.import_export.models import ImportBatch, ImportState
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account
from massline.desk.people.scope import scope_to_everything
from massline.files.votes_table import read_votes
from massline.jobs.worker import do_all
from massline.square.conversations.models import Conversation, Vote
from tests.conftest import DoorClient, at_desk
from tests.desk.listen.import_files import (
    COMMENTS,
    POLIS,
    VOTES,
    confirm,
    everything_said,
    looked,
    send,
    zipped,
)
from tests.parts import shows


def bomb() -> bytes:
    return zipped(**{f"votes{n}__csv": bytes(16 * 1024 * 1024) for n in range(5)})


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("big__zip", bomb, "too-large-unpacked"),
        ("big__csv__gz", lambda: gzip.compress(bytes(65 * 1024 * 1024)), "too-large-unpacked"),
        ("many__zip", lambda: zipped(**{f"{n}__csv": "a\n1" for n in range(41)}), "too-many-files"),
        ("broken__zip", lambda: b"PK\x03\x04 no archive", "broken-archive"),
        (
            "sheet__xlsx",
            lambda: zipped(**{"[Content_Types]__xml": "<x/>"}),
            "broken-workbook",
        ),
        ("two__zip", lambda: zipped(a__csv="text\nx", b__csv="text\ny"), "there are 2 tables"),
        (
            "twice__zip",
            lambda: zipped(**{"a/votes__csv": VOTES, "b/votes__csv": VOTES + "1,2,9,1\n"}),
            "votes.csv is in there twice",
        ),
        ("picture__zip", lambda: zipped(a__png="x"), "no-table"),
        ("empty__csv", lambda: b"", "empty"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_to_do(
    round_: ListeningRound, bea_at: DoorClient, name: str, content: Any, told: str
) -> None:
    answer = send(bea_at, round_, **{name: content()})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_votes_without_their_statements_and_two_columns_that_mean_the_same(
    round_: ListeningRound, bea_at: DoorClient
) -> None:
    assert "has no comments.csv" in looked(bea_at, send(bea_at, round_, votes__csv=VOTES))
    answer = send(bea_at, round_, table__csv="a,b\nwords of one,words of two\n")
    twice = {"kind": "voices", "column_0": "words", "column_1": "words"}
    page = bea_at.post(answer.headers["Location"], twice)
    assert page.status_code == 422
    assert shows(page.content.decode(), "same-columns")
    none = bea_at.post(answer.headers["Location"], {"kind": "votes", "column_0": "words"}).content.decode()
    assert "Tell us which column holds: who answered" in none
    assert 'name="bring"' not in none


def test_broken_rows_of_a_polis_export_are_named_and_the_rest_comes_in(
    round_: ListeningRound, bea_at: DoorClient
) -> None:
    answer = send(bea_at, round_, comments__csv=COMMENTS, votes__csv=VOTES + "1,0,5,9\n1,88,5,1\n")
    page = looked(bea_at, answer)
    assert shows(page, "unreadable-rows", 2)
    assert "votes.csv, row 5" in page
    assert "votes on statement 88" in page
    assert shows(confirm(bea_at, answer), "imported", 3, 2)


def test_much_is_brought_in_by_the_worker_and_the_page_says_how_far_it_is(
    round_: ListeningRound, bea_at: DoorClient, shared: Path
) -> None:
    archive = zipped(**{file.name: file.read_bytes() for file in (shared / POLIS).glob("*.gz")})
    answer = send(bea_at, round_, freshwater__zip=archive)
    assert shows(looked(bea_at, answer), "statements-to-come")
    assert shows(confirm(bea_at, answer), "importing")
    part = bea_at.get(answer.headers["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'hx-trigger="every 2s"' in part
    with scope_to_everything("the worker"):
        do_all("desk")
        assert shows(bea_at.get(answer.headers["Location"]), "imported")
        before = everything_said()
        ImportBatch.objects.update(
            state="waiting", packed=upload_reader.pack_files({"comments.csv": b"", "votes.csv": b""})
        )
        actions.run_import(ImportBatch.objects.get().pk)
        assert everything_said() == before
    theirs = read_votes(shared / POLIS).table
    waiting = Vote.objects.filter(statement__state="held").count()
    assert Vote.objects.counted(Conversation.objects.get()).count() + waiting == theirs.votes


def test_columns_that_were_confirmed_and_are_not_known_any_more_are_not_guessed(
    round_: ListeningRound, bea_at: DoorClient
) -> None:
    send(bea_at, round_, table__csv="text,note\nNo rise.,Maria said so\n")
    before, batch = everything_said(), ImportBatch.objects.get()
    confirmed = {"kind": "voices", "columns": ["", "of-a-later-version"], "section": None, "day_order": ""}
    ImportBatch.objects.update(chosen=confirmed)
    batch.refresh_from_db()
    assert not read_import(batch).stops, "before it is confirmed, columns are guessed and shown"
    ImportBatch.objects.update(state=ImportState.WAITING)
    actions.run_import(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, bool(batch.trouble)) == (ImportState.REFUSED, True)
    assert everything_said() == before


def test_whoever_may_not_brings_nothing_and_takes_nothing(
    round_: ListeningRound, bea_at: DoorClient, chen: Account, dina: Account
) -> None:
    answer = send(bea_at, round_, list__csv="text\nNo rise.\n")
    for account in (chen, dina):
        door = at_desk(account)
        for place in ("bring/", f"bring/{ImportBatch.objects.get().pk}/"):
            assert door.get(f"/riverside/listen/{round_.pk}/{place}").status_code == 404
        assert door.post(f"/riverside/listen/{round_.pk}/take-out/", {"shape": "voices"}).status_code == 404
    assert bea_at.post(answer.headers["Location"] + "leave/").status_code == 302
    assert not ImportBatch.objects.exists()


def test_sealed_answers_are_nobodys_before_the_close(round_: ListeningRound, bea_at: DoorClient) -> None:
    Conversation.objects.update(results="sealed")
    for shape in ("polis", "statements"):
        answer = bea_at.post(f"/riverside/listen/{round_.pk}/take-out/", {"shape": shape})
        assert answer.status_code == 422
        assert shows(answer, "results-sealed")
    assert bea_at.post(f"/riverside/listen/{round_.pk}/take-out/", {"shape": "voices"}).status_code == 200


def test_an_inner_organisation_brings_in_voices_and_nothing_else(
    round_: ListeningRound, bea_at: DoorClient
) -> None:
    ListeningRound.objects.update(conversation="")
    refused_page = looked(bea_at, send(bea_at, round_, comments__csv=COMMENTS, votes__csv=VOTES))
    assert shows(refused_page, "import-stopped")
    assert shows(confirm(bea_at, send(bea_at, round_, list__csv="text\nNo rise.\n")), "imported", 1)


def test_a_file_nobody_decided_on_is_gone_after_a_day(round_: ListeningRound, bea_at: DoorClient) -> None:
    send(bea_at, round_, list__csv="text\nNo rise.\n")
    ImportBatch.objects.update(until=round_.opens_on - timedelta(days=1))
    assert delete_expired_rows("desk")["listen.ImportBatch"] == 1
