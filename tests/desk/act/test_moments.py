"""The page of an event opens on the part of the evening that is now."""

from datetime import UTC, datetime, timedelta

import pytest

from massline.desk.act.events.event_phases import phase_of_event
from massline.desk.act.events.models import Event
from massline.desk.act.meetings.agenda_times import list_planned_items
from massline.desk.act.meetings.models import Item, Meeting
from massline.desk.people.models import Account, Organisation
from tests.conftest import at_desk
from tests.parts import shows

BEGINS = datetime(2030, 3, 5, 18, 30, tzinfo=UTC)


@pytest.fixture
def evening(riverside: Organisation) -> Event:
    return Event.objects.create(
        organisation=riverside,
        kind="mass_meeting",
        title="Open evening",
        starts_at=BEGINS,
        ends_at=BEGINS + timedelta(hours=2),
        place="The laundry",
    )


@pytest.mark.parametrize(
    ("minutes", "moment"), [(-24 * 60, "before"), (-100, "door"), (20, "door"), (40, "hall")]
)
def test_the_hour_says_which_part_is_now(evening: Event, minutes: int, moment: str) -> None:
    assert phase_of_event(evening, BEGINS + timedelta(minutes=minutes)) == moment


def test_once_heads_are_counted_it_is_time_to_look_back(evening: Event) -> None:
    evening.headcount = 31
    assert phase_of_event(evening, BEGINS + timedelta(minutes=40)) == "after"


def test_the_page_opens_on_now_and_on_the_part_that_is_asked_for(evening: Event, bea: Account) -> None:
    page = f"/riverside/act/{evening.pk}/"
    now = at_desk(bea).get(page)
    assert shows(now, "moment-now")
    assert 'data-moment="before"' in now.content.decode()
    door = at_desk(bea).get(f"{page}?moment=door")
    assert 'data-moment="door"' in door.content.decode()
    assert shows(door, "in-the-room", 0)


def test_the_evening_by_the_hour_follows_the_agenda(evening: Event) -> None:
    meeting = Meeting.objects.create(event=evening)
    for place, (title, who, minutes) in enumerate((("Welcome", "Rosa", 10), ("The boilers", "", 30))):
        Item.objects.create(meeting=meeting, title=title, who=who, minutes=minutes, place=place)
    listed = list_planned_items(evening)
    assert [(item.title, item.who) for item in listed] == [("Welcome", "Rosa"), ("The boilers", "")]
    assert [item.at - BEGINS for item in listed] == [timedelta(), timedelta(minutes=10)]
