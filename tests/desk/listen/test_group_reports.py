"""A report on a group: how many stood at each step of the mood, kept, counted and told."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest

from massline.desk.listen.field_reports import actions
from massline.desk.listen.field_reports.offline_batch import save_batch
from massline.desk.listen.rounds.coverage import count_people_heard
from massline.desk.listen.rounds.models import FieldReport, ListeningRound, Mood, middle_mood
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.estimates.models import MoodSnapshot
from massline.desk.sumup.estimates.mood import mood_reports, take_mood_snapshot
from massline.desk.sumup.source_material.mood_board import MoodBoard
from massline.engine.result_documents import canonical_bytes
from tests.conftest import at_desk
from tests.desk import heard_round

COUNTED = {"step_1": "", "step_2": "1", "step_3": "2", "step_4": "3", "step_5": "6"}


@pytest.fixture
def heating(riverside: Organisation, bea: Account) -> ListeningRound:
    return heard_round.heating(riverside, bea)


def form(round_: ListeningRound, **fields: object) -> dict[str, object]:
    section = round_.sections.get(name="Block C")
    plain = {"uuid": uuid4(), "section": section.pk, "channel": "meeting", "people": 1, "mood": ""}
    return {**plain, "text_0": "Now it is our turn.", "kind_0": "said", **fields}


def last(round_: ListeningRound) -> FieldReport:
    return round_.field_reports.latest("pk")


@pytest.mark.parametrize(
    ("steps", "middle"),
    [
        ([0, 1, 2, 3, 6], Mood.WILLING),
        ([5, 0, 0, 0, 0], Mood.RESIGNED),
        ([2, 0, 0, 0, 2], Mood.RESIGNED),
        ([0, 0, 1, 0, 2], Mood.READY),
    ],
)
def test_the_mood_of_a_counted_group_is_that_of_the_middle_person(steps: list[int], middle: Mood) -> None:
    assert middle_mood(steps) == middle


def test_a_member_counts_a_group_and_its_size_follows(heating: ListeningRound, chen: Account) -> None:
    door = at_desk(chen)
    address = f"/riverside/listen/{heating.pk}/write/"
    assert 'name="step_5"' in door.get(address).content.decode()
    assert door.post(address, form(heating, **COUNTED)).status_code == 302
    report = last(heating)
    assert (report.steps, report.people, report.mood) == ([0, 1, 2, 3, 6], 12, Mood.WILLING)
    section = heating.sections.get(name="Block C")
    spoken = count_people_heard(heating).spoken
    assert [spoken[section.pk, mood] for mood in Mood][2:] == [2, 3, 6]


def test_those_whose_mood_nobody_could_tell_are_counted_apart(heating: ListeningRound, chen: Account) -> None:
    at_desk(chen).post(f"/riverside/listen/{heating.pk}/write/", form(heating, people=20, **COUNTED))
    assert last(heating).people_by_mood == {2: 1, 3: 2, 4: 3, 5: 6, None: 8}


def test_a_report_on_one_person_needs_no_steps(heating: ListeningRound, chen: Account) -> None:
    at_desk(chen).post(f"/riverside/listen/{heating.pk}/write/", form(heating, mood=5))
    report = last(heating)
    assert (report.steps, report.people_by_mood) == (None, {5: 1})


def test_more_people_than_a_report_can_hold_are_refused(heating: ListeningRound, chen: Account) -> None:
    before = heating.field_reports.count()
    many = {"step_1": "400", "step_5": "400"}
    answer = at_desk(chen).post(f"/riverside/listen/{heating.pk}/write/", form(heating, **many))
    assert answer.status_code == 200
    assert heating.field_reports.count() == before


def test_a_phone_that_was_offline_sends_the_steps_too(heating: ListeningRound, chen: Account) -> None:
    section = heating.sections.get(name="Block C")
    sent = {
        "uuid": str(uuid4()),
        "section": section.pk,
        "channel": "meeting",
        "people": 1,
        "mood": "",
        **COUNTED,
    }
    arrived = save_batch([sent | {"voices": [{"text": "We come."}]}], round_=heating, by=chen)
    assert not arrived.refused
    assert last(heating).steps == [0, 1, 2, 3, 6]


def test_the_estimate_gets_each_report_by_itself(heating: ListeningRound, bea: Account) -> None:
    section = heating.sections.get(name="Block C")
    for _ in range(2):
        actions.write_field_report(
            round_=heating,
            by=bea,
            section=section,
            channel="door",
            voices=[],
            mood=5,
            people=3,
            day=date(2026, 11, 1),
        )
    actions.write_field_report(
        round_=heating,
        by=bea,
        section=section,
        channel="door",
        voices=[],
        mood=4,
        people=3,
        steps=[0, 0, 1, 2, 0],
    )
    told = [
        report
        for report in mood_reports(heating.organisation)
        if report.section == "Block C" and report.people == 3
    ]
    assert sorted(report.is_counted for report in told) == [False, False, True]
    assert {3: 1, 4: 2} in [dict(report.counts) for report in told]


def test_the_bench_says_what_was_heard_last_and_hides_a_few(heating: ListeningRound, bea: Account) -> None:
    today = date(2026, 11, 30)
    for week in range(6):
        day = today - timedelta(days=7 * week + 3)
        heard_round.write(heating, bea, "Block C", [], people=6, mood=2, day=day)
        heard_round.write(heating, bea, "Block A", [], people=5, mood=3, day=day)
    section = heating.sections.get(name="Block C")
    for _ in range(3):
        actions.write_field_report(
            round_=heating,
            by=bea,
            section=section,
            channel="meeting",
            voices=[],
            mood=5,
            people=14,
            steps=[0, 0, 0, 1, 13],
            day=today,
        )
    heard_round.write(heating, bea, "Block A", [], people=2, mood=3, day=today)
    snapshot = take_mood_snapshot(heating.organisation)
    stored = json.loads(bytes(snapshot.body))["result"]["sections"]
    newest = {row["section"]: row["newest"] for row in stored}
    assert newest["Block A"] is None
    assert newest["Block C"]["people"] == 42
    assert set(newest["Block C"]) == {"day", "people", "mean", "at_odds"}
    assert not any("readings" in point for row in stored for point in row["series"])
    board = MoodBoard(heating.organisation)
    told = {row.section: row.newest for row in board.rows}
    assert "42" in told["Block C"]
    assert told["Block A"] == ""
    assert len(board.changes) == 1
    assert "Block C" in board.changes[0]


def test_a_mood_that_is_all_noise_is_said_and_not_drawn(heating: ListeningRound, bea: Account) -> None:
    for week in range(6):
        heard_round.write(
            heating, bea, "Block C", [], people=6, mood=2, day=date(2026, 11, 30) - timedelta(days=7 * week)
        )
    take_mood_snapshot(heating.organisation)
    board = MoodBoard(heating.organisation)
    assert board.wide.startswith("<svg")
    assert board.snapshot is not None
    stored = json.loads(bytes(board.snapshot.body))
    stored["result"]["too_noisy"] = True
    MoodSnapshot.objects.update(body=canonical_bytes(stored))
    board = MoodBoard(heating.organisation)
    assert board.is_too_noisy
    assert board.wide == ""
