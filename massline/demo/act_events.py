"""Demo of events: timeslots with a waiting list, a weekly series, and an evening with check-in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from massline.demo.first_loop import local_time
from massline.desk.act.check_in import actions as door
from massline.desk.act.events import actions as act
from massline.desk.act.events.event_plan import EventPlan
from massline.desk.act.events.models import Event
from massline.desk.act.events.series import Recurrence
from massline.desk.act.events.series_actions import plan_series
from massline.square.calls.states import EventKind
from massline.square.envelopes import actions as envelopes
from massline.square.envelopes.timeslots import Slot
from massline.square.organisations.models import PublicOrganisation

if TYPE_CHECKING:
    from massline.demo import DemoCast

ROLES = (("Stewards", 4), ("Arabic interpreter", 1), ("Tea and food", 3))
TAKEN = (("Noor", 1), ("Sami", 1), ("Ilse", 2), ("Paolo", 0), ("Greta", 0))


def play_events(cast: DemoCast) -> None:
    """Fill the roles of the next mass meeting, plan a weekly tea, and hold an open evening tonight."""
    meeting = Event.objects.of(cast.union).coming_up().mass_meetings().first()
    if meeting is not None:
        fill_timeslots(cast, meeting)
    plan_series(
        organisation=cast.union,
        every=Recurrence.WEEK,
        by=cast.bea,
        facts=EventPlan(
            kind=EventKind.MEETING,
            title="Tea and letters",
            about="Bring the letters you do not understand. We read them together.",
            starts_at=local_time(cast.union, days=3, hour=17),
            ends_at=local_time(cast.union, days=3, hour=19),
            place="The laundry, Mill Lane",
        ),
    )
    run_open_evening(cast)


def run_open_evening(cast: DemoCast) -> None:
    """Hold an evening that is running now: two checked in by code, two on the sign-in sheet."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    evening = act.plan_event(
        organisation=cast.union,
        by=cast.bea,
        facts=EventPlan(
            kind=EventKind.MEETING,
            title="Open evening in the laundry",
            about="Look at the new boilers’ dates, and say what is missing.",
            starts_at=now - timedelta(hours=1),
            ends_at=now + timedelta(hours=3),
            place="The laundry, Mill Lane",
        ),
    )
    face = PublicOrganisation.objects.get(uuid=cast.union.uuid)
    codes = []
    for number, name in enumerate(("Ilse", "Paolo", "Greta")):
        envelope, _secret = envelopes.leave_envelope(
            organisation=face,
            about=evening.uuid,
            contents={"name": name, "contact": f"{name.lower()}@post.example"},
            form_id=f"demo-door-{evening.pk}-{number}",
            happens_on=evening.ends_at.date(),
        )
        codes.append(envelope.door_code)
    door.check_in(event=evening, codes=[*codes[:2], "A02"], by=cast.chen)
    door.enter_sheet_row(event=evening, code="A01", name="Mirela", point="mirela@post.example", by=cast.bea)


def fill_timeslots(cast: DemoCast, meeting: Event) -> None:
    act.set_slots(event=meeting, wanted=ROLES, by=cast.bea)
    face = PublicOrganisation.objects.get(uuid=cast.union.uuid)
    slots = {slot.name: slot for slot in Slot.objects.filter(about=meeting.uuid)}
    for number, (name, role) in enumerate(TAKEN):
        envelopes.leave_envelope(
            organisation=face,
            about=meeting.uuid,
            contents={
                "name": name,
                "contact": f"{name.lower()}@post.example",
                "slot": ROLES[role][0],
                "needs": "A seat near the door" if number == 2 else "",
            },
            form_id=f"demo-role-{meeting.pk}-{number}",
            happens_on=meeting.ends_at.date(),
            slot=slots[ROLES[role][0]],
        )
