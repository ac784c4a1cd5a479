"""Half a letter, which JSON can hold and no database: refused or left out by itself, and no page or job breaks over it."""

import json
from datetime import UTC, date

import pytest

from massline.desk.act.events.models import Event
from massline.desk.api.models import ApiScope
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.listen.watches.other_feed_formats import read_json_feed
from massline.desk.people.models import Account, Organisation
from tests.conftest import at_desk
from tests.desk.api.test_keys_and_webhooks import key, program

HALF = "\ud800"


@pytest.mark.parametrize("name", ["id", "url", "title", "date_published"])
def test_of_a_json_feed_every_other_entry_is_read(name: str) -> None:
    good = {"id": "good", "url": "https://news.example/good", "title": "Eviction at the quay"}
    body = json.dumps({"version": "https://jsonfeed.org/version/1", "items": [good | {name: HALF}, good]})
    items = read_json_feed(body.encode(), url="https://news.example/", zone=UTC, today=date(2026, 5, 3))
    assert [item.url for item in items][-1:] == ["https://news.example/good"]
    assert all(f"{item}".isprintable() for item in items)


def test_of_a_batch_of_codes_only_the_odd_one_is_refused(event: Event, chen: Account) -> None:
    for odd in ({"uuid": HALF, "code": "AB"}, {"uuid": "1", "code": HALF}, {"uuid": "1", "code": "a\0"}):
        sent = json.dumps({"codes": [odd]})
        answer = at_desk(chen).post(
            f"/riverside/act/{event.pk}/check-in/send/", sent, content_type="application/json"
        )
        assert answer.status_code == 200, odd


def test_a_program_reads_what_was_wrong(
    riverside: Organisation, amal: Account, round_: ListeningRound
) -> None:
    tool = program(key(riverside, amal, ApiScope.WRITE_VOICES))
    report = {"id": "3" * 32, "round": round_.pk, "section": "Block A", "voices": [{"text": "It is cold."}]}
    for odd in (
        {"section": HALF},
        {"section": "Block A\0"},
        {"voices": [{"text": f"It is cold.{HALF}"}]},
        {"voices": [{"text": "It is cold.", "language": HALF}]},
    ):
        answer = tool.post("/api/field-reports", json.dumps(report | odd), content_type="application/json")
        assert answer.status_code == 422, odd
    assert not Voice.objects.exists()
