"""Today says what waits, the most pressing first; the turn shows where it all came from."""

from datetime import date, timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from massline.desk.act.events import actions as act
from massline.desk.act.events.event_plan import EventPlan
from massline.desk.act.events.next_mass_meeting import next_mass_meeting
from massline.desk.guard.keys import organisation_setup as guard
from massline.desk.home.loop_trace import LoopTrace
from massline.desk.home.todo_list import list_todos
from massline.desk.listen.field_reports import actions as field_report_actions
from massline.desk.listen.rounds import actions as round_actions
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation
from massline.square.conversations import actions as conversations
from tests.conftest import PASSPHRASE, at_desk
from tests.parts import holds, shows


def needs(organisation: Organisation, account: Account) -> dict[str, str]:
    """What waits, by its name in code."""
    return {todo.name: todo.what for todo in list_todos(organisation, account)}


@pytest.fixture
def meeting(riverside: Organisation, amal: Account) -> object:
    begins = timezone.now() + timedelta(days=3)
    return act.plan_event(
        organisation=riverside,
        by=amal,
        facts=EventPlan(
            kind="mass_meeting",
            title="Mass meeting",
            starts_at=begins,
            ends_at=begins + timedelta(hours=2),
            place="Harbour Hall",
        ),
    )


@pytest.fixture
def heating(riverside: Organisation, amal: Account, tomorrow: date) -> ListeningRound:
    return round_actions.open_round(
        organisation=riverside, question="What about the heating?", closes_on=tomorrow, by=amal
    )


def test_without_a_mass_meeting_that_stands_first(riverside: Organisation, amal: Account) -> None:
    assert next(iter(needs(riverside, amal))) == "mass-meeting"
    page = at_desk(amal).get("/riverside/").content.decode()
    assert shows(page, "no-date")


def test_a_set_mass_meeting_is_always_in_sight(
    riverside: Organisation, amal: Account, meeting: object
) -> None:
    assert "mass-meeting" not in needs(riverside, amal)
    assert "Harbour Hall" in at_desk(amal).get("/riverside/").content.decode()


def test_a_chapter_shows_the_meeting_of_the_whole(
    riverside: Organisation, amal: Account, meeting: object
) -> None:
    chapter, _ = guard.found_organisation(
        by=amal, passphrase=PASSPHRASE, name="Block C", slug="block-c", kind="chapter", parent=riverside
    )
    assert next_mass_meeting(chapter) == meeting


def test_an_organisation_with_one_holder_is_told_to_make_its_keys_safe(
    harbour: Organisation, dina: Account
) -> None:
    assert "second-holder" in needs(harbour, dina)


def test_what_people_wrote_and_whom_nobody_heard_stand_on_today(
    riverside: Organisation, amal: Account, heating: ListeningRound
) -> None:
    talk = round_actions.conversation_of(heating)
    assert talk is not None
    conversations.add_statement(talk, text="Cold.", token="somebody")
    waiting = needs(riverside, amal)
    assert holds(waiting["own-words"], 1)
    assert holds(waiting["hardly-heard"], "Block A", 0, 120)


def test_a_closed_round_asks_for_its_report_back(
    riverside: Organisation, amal: Account, heating: ListeningRound
) -> None:
    ListeningRound.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    assert holds(needs(riverside, amal)["sum-up"], "What about the heating?")


def test_dina_sees_neither_today_nor_the_turn(
    riverside: Organisation, heating: ListeningRound, dina: Account
) -> None:
    door = at_desk(dina)
    for address in ("/riverside/", f"/riverside/turn/{heating.pk}/"):
        assert door.get(address).content == door.get("/nowhere/").content


def test_somebody_in_two_organisations_chooses_and_in_none_founds_one(
    riverside: Organisation, amal: Account, dina: Account
) -> None:
    assert at_desk(amal).get("/").headers["Location"] == "/riverside/"
    assert at_desk(dina).get("/").headers["Location"] == "/found/"
    guard.found_organisation(by=amal, passphrase=PASSPHRASE, name="Second", slug="second")
    assert "Second" in at_desk(amal).get("/").content.decode()


def test_the_turn_begins_where_people_are_heard(
    riverside: Organisation, amal: Account, heating: ListeningRound
) -> None:
    turn = LoopTrace(heating)
    assert turn.reached == "listen"
    assert [step.state for step in turn.steps()] == ["here", *["ahead"] * 5]
    assert at_desk(amal).get(f"/riverside/turn/{heating.pk}/").status_code == 200


def test_today_asks_no_more_of_the_database_for_more_voices(
    riverside: Organisation, amal: Account, heating: ListeningRound
) -> None:
    door, section = at_desk(amal), riverside.sections.first()

    def asked() -> int:
        with CaptureQueriesContext(connections["desk"]) as queries:
            assert door.get("/riverside/").status_code == 200
        return len(queries)

    def hear(n: int) -> None:
        for _ in range(n):
            field_report_actions.write_field_report(
                round_=heating,
                by=amal,
                section=section,
                channel="door",
                voices=[field_report_actions.VoiceText("Cold.")],
            )

    hear(1)
    few = asked()
    hear(12)
    assert asked() == few
