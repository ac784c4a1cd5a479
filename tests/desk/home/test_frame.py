"""The frame of the desk: where the turn stands, the next meeting, and whether names are open."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from massline.desk.home.loop_trace import STAGES, LoopTrace
from massline.desk.home.page_frame import list_stage_progress
from massline.desk.listen.rounds import actions as round_actions
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation
from tests.conftest import at_desk, unlocked
from tests.parts import shows


@pytest.fixture
def heating(riverside: Organisation, amal: Account, tomorrow: date) -> ListeningRound:
    return round_actions.open_round(
        organisation=riverside, question="What about the heating?", closes_on=tomorrow, by=amal
    )


def test_before_the_first_question_every_station_is_ahead(riverside: Organisation) -> None:
    assert [station.state for station in list_stage_progress(riverside, "today")] == ["ahead"] * 6


def test_the_line_stands_where_the_turn_stands(riverside: Organisation, heating: ListeningRound) -> None:
    assert [station.state for station in list_stage_progress(riverside, "listen")] == ["here", *["ahead"] * 5]
    ListeningRound.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    stations = list_stage_progress(riverside, "listen")
    assert [station.state for station in stations][:2] == ["done", "here"]
    assert [station.is_open for station in stations] == [stage == "listen" for stage in STAGES]
    heating.refresh_from_db()
    trace = LoopTrace(heating)
    assert [step.state for step in trace.steps()] == [station.state for station in stations]


def test_a_key_holder_reads_whether_names_are_open(riverside: Organisation, amal: Account) -> None:
    closed = at_desk(amal).get("/riverside/people/")
    assert shows(closed, "open-names")
    assert not shows(closed, "close-names")
    opened = unlocked(amal, riverside).get("/riverside/people/")
    assert shows(opened, "close-names")
    assert not shows(opened, "open-names")


def test_reading_a_page_does_not_keep_names_open(riverside: Organisation, amal: Account) -> None:
    began = timezone.now()
    with time_machine.travel(began, tick=False):
        door = unlocked(amal, riverside)
    for minutes in range(5, 21, 5):
        with time_machine.travel(began + timedelta(minutes=minutes), tick=False):
            page = door.get("/riverside/")
            assert shows(page, "close-names") is (minutes <= 15)


def test_whoever_holds_no_key_reads_nothing_of_it(
    riverside: Organisation, bea: Account, chen: Account
) -> None:
    for account in (bea, chen):
        page = at_desk(account).get("/riverside/people/")
        assert not shows(page, "open-names")
        assert not shows(page, "close-names")


def test_the_line_costs_one_query(riverside: Organisation, heating: ListeningRound) -> None:
    with CaptureQueriesContext(connections["desk"]) as queries:
        list_stage_progress(riverside, "today")
    assert len(queries) == 1
