"""How robust a map is: worked out beside it, said in plain words, and never about one person."""

import json
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from massline.engine import ENGINE_VERSION, opinion
from massline.engine.opinion.map_schema import Knot
from massline.engine.opinion.robustness_schema import PictureRadius
from massline.engine.privacy.threshold import Threshold
from massline.jobs.models import Job
from massline.square.conversations.models import Conversation, OpinionSnapshot
from massline.square.conversations.results import robustness
from massline.square.conversations.results.map_results import MapResults
from massline.square.conversations.results.tamper_sentences import Entrance, knots_sentence, picture_sentence
from massline.square.conversations.trust_levels import Level
from tests.conftest import DoorClient
from tests.parts import holds, parts, shows
from tests.square.conftest import stored_whole, words_of

ALIKE: dict[str, Any] = {
    "people": 14,
    "chance": {"by_set": 0.82, "by_rest": 0.4},
    "groups": {"with": [60, 40], "without": "spectrum"},
    "only_with": {"agreed": 1, "opposed": 0},
    "only_without": {"agreed": 3, "opposed": 0},
    "largest_move": 0.12,
    "half_came_within": 9,
    "mostly_by": [],
}


def latest(talk: Conversation) -> OpinionSnapshot:
    snapshot = talk.latest_snapshot()
    assert snapshot is not None
    return snapshot


def robust(snapshot: OpinionSnapshot, **result: Any) -> None:
    head = json.loads(bytes(snapshot.body)) | {"schema": "massline.robustness/1"}
    snapshot.robustness = json.dumps(head | {"result": result}).encode()
    snapshot.save()


def test_beside_a_finding_stands_how_many_could_overturn_it(nobody: DoorClient, mapped: Conversation) -> None:
    best = MapResults(mapped, latest(mapped), threshold=Threshold(5)).best
    assert best is not None
    people = best.answers.overturned_by["unites"]
    assert shows(nobody.get(mapped.get_results_url()), "overturned-by", people)
    assert best.overturned_by == Entrance(Level.OPEN).sentence(people)


def test_a_group_too_small_to_show_takes_the_number_with_it(mapped: Conversation) -> None:
    snapshot = latest(mapped)
    document = snapshot.document
    row = document["result"]["statements"][0]
    row["overturned_by"] = {"unites": 3}
    row["by_group"][0]["seen"] = 4
    snapshot = stored_whole(snapshot, document)
    shown = {
        row.statement.number: row for row in MapResults(mapped, snapshot, threshold=Threshold(5)).by_agreement
    }
    assert shown[0].overturned_by == ""


def test_cards_that_are_used_up_cannot_overturn_anything() -> None:
    assert "Only 40 cards are left" in Entrance(Level.CARD, 40).sentence(41)
    assert "unused cards" in Entrance(Level.CARD, 41).sentence(41)
    assert "Only 0 codes are left" in Entrance(Level.CODE, 0).sentence(1)
    assert "Only 2 invitations are left" in Entrance(Level.INVITED, 2).sentence(3)


def test_a_snapshot_of_before_is_read_without_numbers(nobody: DoorClient, mapped: Conversation) -> None:
    snapshot = latest(mapped)
    document = snapshot.document
    for row in document["result"]["statements"]:
        del row["overturned_by"]
    for key in ("knots", "verdicts", "borders"):
        document["result"].pop(key, None)
    for group in document["result"]["groups"]:
        del group["knot"], group["cells"]
    OpinionSnapshot.objects.update(body=json.dumps(document).encode(), engine_version="2")
    assert "overturn" not in words_of(nobody.get(mapped.get_results_url()))


def test_a_map_of_an_older_engine_is_asked_for_anew(mapped: Conversation) -> None:
    jobs = Job.objects.using("square")
    jobs.all().delete()
    assert robustness.request_current_maps() == 0
    OpinionSnapshot.objects.update(engine_version="2")
    assert robustness.request_current_maps() == 1
    assert jobs.filter(name="conversations.take_snapshot").count() == 1
    assert latest(mapped).engine_version != ENGINE_VERSION


def test_the_worker_checks_the_map_once_and_keeps_nothing_about_a_person(
    mapped: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module("massline.engine.opinion.robustness")
    known = opinion.DecisionRadius(31, "against", 2, 48, 40)
    monkeypatch.setattr(module, "measure_decision_radius", lambda *_, **__: known)
    monkeypatch.setattr(module, "find_plainly_alike", lambda *_, **__: [])
    snapshot = robustness.check_robustness(mapped)
    assert snapshot is not None
    document = json.loads(bytes(snapshot.robustness or b""))
    assert document["schema"] == "massline.robustness/1"
    assert document["result"]["verdict"]["people"] == 31
    keys = set(mapped.participants.values_list("key", flat=True))
    assert not any(key in json.dumps(document) for key in keys)
    monkeypatch.setattr(module, "find_plainly_alike", None)
    again = robustness.check_robustness(mapped)
    assert again is not None
    assert again.pk == snapshot.pk


def test_people_who_answer_alike_are_shown_with_and_without_and_accused_of_nothing(
    nobody: DoorClient, mapped: Conversation
) -> None:
    verdict = {"people": 31, "groups": 2, "tried_up_to": 48, "attacks": 40}
    robust(latest(mapped), alike=[ALIKE, ALIKE | {"people": None, "half_came_within": None}], verdict=verdict)
    page = words_of(nobody.get(mapped.get_results_url()))
    assert shows(page, "alike", 14)
    assert len(parts(page, "alike")) == 2
    assert holds(page, "60% / 40%")
    assert shows(page, "map-radius", 31)
    assert shows(page, "nobody-accused")
    for word in ("fake", "bot", "fraud", "manipul"):
        assert word not in page.lower().replace("both", "")


def test_a_verdict_near_its_border_says_so(nobody: DoorClient, mapped: Conversation) -> None:
    document = latest(mapped).document
    document["result"] |= {
        "result": "spectrum",
        "groups": [],
        "spectrum": {"reason": "too close to call", "too_close": True},
        "knots": [{"people": None}],
    }
    for row in document["result"]["statements"]:
        row["by_group"] = []
    document["result"]["points"] = [[x, y, None] for x, y, _group in document["result"]["points"]]
    OpinionSnapshot.objects.update(body=json.dumps(document).encode())
    page = words_of(nobody.get(mapped.get_results_url()))
    assert shows(page, "too-close")
    assert shows(page, "knots")


def test_words_for_knots_and_for_a_picture_that_holds() -> None:
    assert knots_sentence([]) == ""
    assert "34 people" in knots_sentence([Knot(people=34)])
    assert "2 small knots" in knots_sentence([Knot(people=34), Knot(people=None)])
    held = PictureRadius(people=0, groups=2, tried_up_to=60, attacks=40)
    assert "up to 60 people" in picture_sentence(replace(held, people=None))
    assert picture_sentence(held) == ""
    assert picture_sentence(None) == ""
