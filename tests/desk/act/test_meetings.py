"""The mass meeting: an agenda with its clock, speakers, motions, and nobody leaves before the next one is announced."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from massline.desk.act.events import actions as act
from massline.desk.act.events.event_plan import EventPlan
from massline.desk.act.events.models import Event
from massline.desk.act.meetings import actions
from massline.desk.act.meetings.models import Item, Meeting, Waiting
from massline.desk.decide.ballots.majority_count import VoteCount
from massline.desk.decide.motions import actions as motion_actions
from massline.desk.decide.motions.models import Motion
from massline.desk.people.models import Account, Organisation
from tests.conftest import at_desk
from tests.parts import expect_refusal, shows


def evening(organisation: Organisation, by: Account, *, days: int, title: str = "Mass meeting") -> Event:
    start = timezone.now() + timedelta(days=days, hours=1)
    return act.plan_event(
        organisation=organisation,
        by=by,
        facts=EventPlan(
            kind="mass_meeting",
            title=title,
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            place="The school hall",
        ),
    )


@pytest.fixture
def tonight(riverside: Organisation, bea: Account) -> Event:
    return evening(riverside, bea, days=0)


def test_a_meeting_from_agenda_to_the_next_meeting(
    tonight: Event, riverside: Organisation, bea: Account, chen: Account
) -> None:
    room, seat = at_desk(bea), at_desk(chen)
    page = f"/riverside/act/{tonight.pk}/meeting/"
    assert shows(seat.get(page).content.decode(), "no-agenda")
    room.post(page)
    room.post(page, {"title": "The boilers", "minutes": "20", "who": "Block C"})
    *_usual, boilers, last = Item.objects.all()
    assert (boilers.title, last.title) == ("The boilers", actions.usual_agenda()[-1][0])

    boilers = Item.objects.get(title="The boilers")
    room.post(f"{page}items/{boilers.pk}/move/", {"way": "begin"})
    room.post(f"{page}items/{boilers.pk}/motion/", {"text": "We go together.", "rule": "majority"})
    motion = Motion.objects.get()
    assert motion.meeting_uuid == tonight.uuid
    motion_actions.add_speaker(motion=motion, name="Rosa", is_first_time=True)
    wall = seat.get(f"{page}wall/").content.decode()
    for words in ("The boilers", "We go together.", "Rosa"):
        assert words in wall
    assert shows(wall, "minutes-left", 20)
    assert shows(wall, "no-next-meeting")

    closing = {"present": "94"}
    assert shows(room.post(f"{page}close/", closing), "motion-open")
    motion_actions.record_tallies(motion=motion, counts={"hands": VoteCount(70, 12, 4)}, by=bea)
    motion_actions.close_motion(motion=motion, present=94, dissent="Wait for the frost", by=bea)
    answer = room.post(f"{page}close/", closing).content.decode()
    assert shows(answer, "no-next-meeting")
    assert 'value="94"' in answer

    coming = evening(riverside, bea, days=7, title="Again on Thursday")
    room.post(f"{page}close/", closing | {"next_event": coming.pk})
    tonight.refresh_from_db()
    assert (tonight.next_event, tonight.headcount) == (coming, 94)
    told = seat.get(f"{page}decided/").content.decode()
    assert "We go together." in told
    assert "Wait for the frost" in told
    assert shows(told, "hands-count", 70, 12, 4)
    assert shows(seat.get(page).content.decode(), "meeting-closed")
    with expect_refusal("meeting-closed"):
        actions.add_agenda_item(meeting=Meeting.objects.get(), title="Late", minutes=1, by=bea)


def test_without_a_next_meeting_somebody_says_why(tonight: Event, bea: Account) -> None:
    meeting = actions.create_agenda(event=tonight, by=bea)
    with expect_refusal("no-next-meeting"):
        actions.close_meeting(meeting=meeting, present=5, next_event=None, no_next_because=" ", by=bea)
    actions.close_meeting(
        meeting=meeting, present=5, next_event=None, no_next_because="The hall burnt", by=bea
    )
    assert "The hall burnt" in at_desk(bea).get(f"/riverside/act/{tonight.pk}/meeting/").content.decode()


def test_the_clock_says_what_is_left_and_what_is_over(tonight: Event, bea: Account) -> None:
    meeting = actions.create_agenda(event=tonight, by=bea)
    first, second = meeting.items.all()[:2]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        actions.begin_item(item=first)
        clock.shift(timedelta(minutes=4, seconds=30))
        first.refresh_from_db()
        assert (first.minutes_left, first.is_over_time) == (6, False)
        clock.shift(timedelta(minutes=8))
        assert (first.minutes_over, first.is_over_time) == (2, True)
        actions.begin_item(item=second)
        first.refresh_from_db()
        assert not first.is_running
        assert first.minutes_taken == 12
        actions.begin_item(item=first)
        clock.shift(timedelta(minutes=1))
        first.refresh_from_db()
        assert first.minutes_over == 3


def test_who_speaks_for_the_first_time_goes_first_and_no_name_stays(
    tonight: Event, bea: Account, chen: Account
) -> None:
    meeting = actions.create_agenda(event=tonight, by=bea)
    item = meeting.items.all()[0]
    for name, first in (("Ali", False), ("Rosa", True), ("Kim", True), ("Ada", False)):
        seat = {"name": name} | ({"is_first_time": "on"} if first else {})
        at_desk(chen).post(f"/riverside/act/{tonight.pk}/meeting/items/{item.pk}/speak/", seat)
    assert [one.name for one in item.waiting.all()] == ["Rosa", "Kim", "Ali", "Ada"]
    rosa = Waiting.objects.get(name="Rosa")
    at_desk(bea).post(f"/riverside/act/{tonight.pk}/meeting/waiting/{rosa.pk}/")
    actions.close_meeting(meeting=meeting, present=9, next_event=None, no_next_because="Later", by=bea)
    assert not Waiting.objects.exists()


def test_agenda_and_minute_print_on_one_page_each(tonight: Event, bea: Account, chen: Account) -> None:
    actions.create_agenda(event=tonight, by=bea)
    for paper in ("agenda", "minute"):
        answer = at_desk(chen).get(f"/riverside/act/{tonight.pk}/meeting/{paper}.pdf")
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        assert answer.content.count(b"/Type /Page\n") + answer.content.count(b"/Type/Page/") <= 1
