"""A change of a series is for one date, for all that follow, or for all to come; and an event is planned like another."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from massline.desk.act import jobs
from massline.desk.act.events.models import Event
from massline.desk.act.events.series import Series
from massline.desk.people.models import Account, Organisation
from massline.jobs.worker import do_all
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.event_capacity import capacity_of_event
from massline.square.envelopes.timeslots import slots_of
from tests.conftest import at_desk
from tests.open_forms import open_form

OCTOBER = datetime(2030, 10, 1, 9, tzinfo=UTC)
FORM = {
    "kind": "meeting",
    "title": "Tea and letters",
    "starts_at": "2030-10-08T19:00",
    "ends_at": "2030-10-08T21:00",
    "place": "Laundry",
    "every": "week",
}


@pytest.fixture
def evenings(riverside: Organisation, bea: Account) -> list[Event]:
    with time_machine.travel(OCTOBER, tick=False):
        at_desk(bea).post("/riverside/act/plan/", FORM)
    return list(Event.objects.order_by("starts_at"))


def change(account: Account, event: Event, which: str, **more: str) -> None:
    with time_machine.travel(OCTOBER, tick=False):
        door = at_desk(account)
        address = f"/riverside/act/{event.pk}/change/"
        form = open_form(door.get(address).content.decode(), "starts_at")
        given = {name: [value] for name, value in more.items()} | {"which": [which]}
        answer = door.post(address, form | given)
        assert answer.status_code == 302, answer.content.decode()


def places(organisation: Organisation) -> list[str]:
    return list(Event.objects.of(organisation).order_by("starts_at").values_list("place", flat=True))


@pytest.mark.parametrize(
    ("which", "moved"),
    [
        ("this", [False, True, False, False, False]),
        ("later", [False, True, True, True, True]),
        ("all", [True] * 5),
    ],
)
def test_a_new_room_is_for_as_many_dates_as_was_chosen(
    evenings: list[Event], riverside: Organisation, bea: Account, which: str, moved: list[bool]
) -> None:
    change(bea, evenings[1], which, place="Library")
    assert [place == "Library" for place in places(riverside)] == moved
    on_square = PublicEvent.objects.order_by("starts_at").values_list("place", flat=True)
    assert [place == "Library" for place in on_square] == moved
    assert (Series.objects.get().place == "Library") is (which != "this")
    with time_machine.travel(OCTOBER + timedelta(days=7), tick=False):
        jobs.plan_series_ahead()
        do_all("desk")
    assert (places(riverside)[-1] == "Library") is (which != "this")


def test_what_one_date_has_of_its_own_stays_its_own(
    evenings: list[Event], riverside: Organisation, bea: Account
) -> None:
    change(bea, evenings[2], "this", place="Yard")
    change(bea, evenings[0], "later", title="Tea, letters, songs")
    assert places(riverside) == ["Laundry", "Laundry", "Yard", "Laundry", "Laundry"]
    assert set(Event.objects.values_list("title", flat=True)) == {"Tea, letters, songs"}


def test_a_new_day_and_hour_move_the_dates_that_follow_and_those_planned_later(
    evenings: list[Event], riverside: Organisation, bea: Account
) -> None:
    change(bea, evenings[1], "later", starts_at="2030-10-16T18:30", ends_at="2030-10-16T20:00")
    with time_machine.travel(OCTOBER + timedelta(days=8), tick=False):
        jobs.plan_series_ahead()
        do_all("desk")
    starts = [event.starts_at.astimezone(riverside.zone) for event in Event.objects.order_by("starts_at")]
    assert [f"{start:%m-%d %H:%M}" for start in starts] == [
        "10-08 19:00",
        "10-16 18:30",
        "10-23 18:30",
        "10-30 18:30",
        "11-06 18:30",
        "11-13 18:30",
    ]


@pytest.mark.parametrize(("which", "left"), [("this", 4), ("later", 1), ("all", 0), ("nonsense", 4)])
def test_as_many_are_called_off_as_was_chosen_and_no_more_are_planned(
    evenings: list[Event], riverside: Organisation, bea: Account, which: str, left: int
) -> None:
    with time_machine.travel(OCTOBER, tick=False):
        given = {"reason": "The laundry is closed.", "applies_to": which}
        at_desk(bea).post(f"/riverside/act/{evenings[1].pk}/cancel/", given)
    assert Event.objects.filter(cancelled=False).count() == left
    assert (Series.objects.get().ended_on is None) is (left == 4)
    assert PublicEvent.objects.filter(state="cancelled").count() == 5 - left


def test_an_event_like_another_has_its_facts_roles_and_limit_and_nobody_in_it(
    evenings: list[Event], riverside: Organisation, bea: Account
) -> None:
    door = at_desk(bea)
    with time_machine.travel(OCTOBER, tick=False):
        door = at_desk(bea)
        door.post(f"/riverside/act/{evenings[0].pk}/slots/", {"slots": "Tea, 2", "places": "30"})
        address = f"/riverside/act/plan/?like={evenings[0].pk}"
        form = open_form(door.get(address).content.decode(), "starts_at")
        assert form["starts_at"] == ["2030-10-15T19:00"]
        door.post(address, form | {"title": ["Songs"]})
        copied = Event.objects.get(title="Songs")
        assert [(filled.slot.name, filled.taken) for filled in slots_of(copied.uuid)] == [("Tea", 0)]
        assert capacity_of_event(copied.uuid) == 30
        assert copied.place == "Laundry"
        assert door.get("/riverside/act/plan/?like=nothing").status_code == 200


def test_a_new_date_of_a_series_takes_the_roles_of_the_one_before(
    evenings: list[Event], riverside: Organisation, bea: Account
) -> None:
    with time_machine.travel(OCTOBER, tick=False):
        at_desk(bea).post(f"/riverside/act/{evenings[-1].pk}/slots/", {"slots": "Tea, 2", "places": "30"})
    with time_machine.travel(OCTOBER + timedelta(days=7), tick=False):
        jobs.plan_series_ahead()
        do_all("desk")
    newest = Event.objects.order_by("starts_at").last()
    assert newest is not None
    assert newest not in evenings
    assert [filled.slot.name for filled in slots_of(newest.uuid)] == ["Tea"]
    assert capacity_of_event(newest.uuid) == 30
