"""What the API gives of conversations and report-backs, how often it may be asked, and how it describes itself."""

import json
from html import unescape
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from pydantic import TypeAdapter

from massline.desk.api import rate_limits, schemas
from massline.desk.api.models import ApiScope
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims import actions as sumup
from massline.square.conversations.models import Conversation, ResultsShown, StatementState
from massline.square.reports import reader_answers
from massline.square.reports.models import HeardAnswer
from massline.web.rate_limits import Limiter
from tests.conftest import DoorClient
from tests.desk import heard_round
from tests.desk.api.test_keys_and_webhooks import key, program

CALLS = "/api/calls"


def test_a_conversation_is_given_as_its_public_results_show_it(
    riverside: Organisation, amal: Account, bea: Account
) -> None:
    talk = conversation_of(heard_round.heating(riverside, bea))
    assert talk is not None
    tool = program(key(riverside, amal, ApiScope.HEARD))
    found = tool.get("/api/conversations").json()[0]
    page = unescape(DoorClient("square").get(talk.get_results_url()).content.decode())
    assert found["question"] == talk.question
    assert (found["people"], found["votes"]) == (12, 24)
    assert {one["agree"] + one["disagree"] + one["passed"] for one in found["statements"]} == {12}
    assert all(one["text"] in page for one in found["statements"])
    first = talk.statements.get(number=found["statements"][0]["number"])
    first.state = StatementState.TURNED_DOWN
    first.save()
    assert first.text not in tool.get("/api/conversations").content.decode(), "turned down, and still given"
    Conversation.objects.update(results=ResultsShown.SEALED)
    sealed = tool.get("/api/conversations").json()[0]
    assert (sealed["open"], sealed["people"], sealed["statements"]) == (True, None, None)


def test_many_conversations_are_asked_for_like_one(
    riverside: Organisation, amal: Account, bea: Account
) -> None:
    tool = program(key(riverside, amal, ApiScope.HEARD))
    asked = []
    for count in (1, 4):
        while Conversation.objects.count() < count:
            heard_round.heating(riverside, bea)
        with CaptureQueriesContext(connections["square"]) as queries:
            found = tool.get("/api/conversations").json()
        assert len(found) == count
        assert all(one["people"] == 12 and one["statements"] for one in found)
        asked.append(len(queries))
    assert asked == [5, 5]
    second = tool.get("/api/conversations?offset=1&limit=1").json()
    assert second == found[1:2], "a page is another than its place in the whole"


def test_whether_people_were_heard_right_is_given_from_the_smallest_cell_on(
    riverside: Organisation, amal: Account, bea: Account
) -> None:
    written = heard_round.signed(heard_round.heating(riverside, bea), bea, amal)
    claim = sumup.publish_sum_up(sum_up=written, by=bea).claims.get(order=1)
    tool = program(key(riverside, amal, ApiScope.HEARD))
    for number in range(5):
        reader_answers.record_answer(claim, token=f"reader {number}", value=HeardAnswer.YES)
    assert tool.get("/api/claims").json()[0]["heard_right"] is None
    reader_answers.record_answer(claim, token="reader 5", value=HeardAnswer.YES)
    found = tool.get("/api/claims").json()[0]
    assert (found["heard_right"], found["partly"], found["not_heard"]) == (5, 0, 0)
    assert found["text"] == claim.text
    assert program(key(riverside, amal, ApiScope.REPORTS)).get("/api/claims").status_code == 403


def test_who_asks_too_often_is_told_when_to_come_back(
    riverside: Organisation, amal: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limits, "KEY_LIMIT", Limiter("API in this test", per=2, seconds=60))
    eager, calm = (program(key(riverside, amal, ApiScope.CALLS)) for _ in range(2))
    assert [eager.get(CALLS).status_code for _ in range(3)] == [200, 200, 429]
    refused = eager.get(CALLS)
    assert "Ask again in" in refused.json()["detail"]
    assert 0 < int(refused.headers["Retry-After"]) == refused.json()["seconds"] <= 30
    assert calm.get(CALLS).status_code == 200, "another key waits for this one"
    monkeypatch.setattr(rate_limits, "WRONG_KEY_LIMIT", Limiter("wrong in this test", per=1, seconds=600))
    guess = DoorClient("desk", HTTP_AUTHORIZATION="Bearer massline_guess", REMOTE_ADDR="192.0.2.7")
    assert [guess.get(CALLS).status_code for _ in range(3)] == [401, 429, 429]
    right = {"HTTP_AUTHORIZATION": calm.defaults["HTTP_AUTHORIZATION"], "REMOTE_ADDR": "192.0.2.7"}
    assert DoorClient("desk", **right).get(CALLS).status_code == 200, "who guesses locked a key out"


def test_the_description_says_everything_and_its_examples_are_true() -> None:
    described: dict[str, Any] = DoorClient("desk").get("/api/openapi.json").json()
    for path, ways in described["paths"].items():
        for way, about in ways.items():
            said = f"{way} {path}"
            assert about["description"], said
            assert about["tags"], said
            assert about["security"], said
            assert {"401", "403", "422", "429"} <= set(about["responses"]), said
    assert {one["name"] for one in described["tags"]} == {
        tag for ways in described["paths"].values() for about in ways.values() for tag in about["tags"]
    }
    shown = described["components"]["schemas"]
    parts = {"SectionOut", "AnsweredOut", "VoiceIn"}
    for name in {one for one in shown if one.endswith(("Out", "In"))} - parts | {"Problem"}:
        for example in shown[name]["examples"]:
            made = TypeAdapter(getattr(schemas, name)).validate_python(example)
            back = json.loads(made.model_dump_json(exclude_unset=True))
            assert set(back) == set(shown[name]["properties"]), f"the example of {name} leaves something out"
