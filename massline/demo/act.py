"""How the union fills its hours: roles for the next mass meeting, a waiting list, a tea that comes again, an open door."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from massline.demo.first_loop import at
from massline.desk.act.check_in import actions as door
from massline.desk.act.events import actions as act
from massline.desk.act.events.facts import EventPlan
from massline.desk.act.events.models import Event
from massline.desk.act.events.series import Recurrence
from massline.desk.act.events.series_actions import plan_series
from massline.square.calls.states import EventKind
from massline.square.envelopes import actions as envelopes
from massline.square.envelopes.timeslots import Slot
from massline.square.organisations.models import PublicOrganisation

if TYPE_CHECKING:
    from massline.demo import Cast

ROLES = (("Stewards", 4), ("Arabic interpreter", 1), ("Tea and food", 3))
TAKEN = (("Noor", 1), ("Sami", 1), ("Ilse", 2), ("Paolo", 0), ("Greta", 0))


def live(cast: Cast) -> None:
    """Say who is needed for the next mass meeting; five take a role, one of them waits. Tea every week, and a door tonight."""
    meeting = Event.objects.of(cast.union).coming_up().mass_meetings().first()
    if meeting is not None:
        fill(cast, meeting)
    plan_series(
        organisation=cast.union,
        every=Recurrence.WEEK,
        by=cast.bea,
        facts=EventPlan(
            kind=EventKind.MEETING,
            title="Tea and letters",
            about="Bring the letters you do not understand. We read them together.",
            starts_at=at(cast.union, days=3, hour=17),
            ends_at=at(cast.union, days=3, hour=19),
            place="The laundry, Mill Lane",
        ),
    )
    open_the_door(cast)


def open_the_door(cast: Cast) -> None:
    """An evening that is going on now: two were let in by their code, two wrote on the sign-in sheet."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    evening = act.plan(
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
        envelope, _secret = envelopes.leave(
            organisation=face,
            about=evening.uuid,
            contents={"name": name, "contact": f"{name.lower()}@post.example"},
            form_id=f"demo-door-{evening.pk}-{number}",
            happens_on=evening.ends_at.date(),
        )
        codes.append(envelope.door_code)
    door.check_in(event=evening, codes=[*codes[:2], "A02"], by=cast.chen)
    door.type_in(event=evening, code="A01", name="Mirela", point="mirela@post.example", by=cast.bea)


def fill(cast: Cast, meeting: Event) -> None:
    act.set_slots(event=meeting, wanted=ROLES, by=cast.bea)
    face = PublicOrganisation.objects.get(uuid=cast.union.uuid)
    slots = {slot.name: slot for slot in Slot.objects.filter(about=meeting.uuid)}
    for number, (name, role) in enumerate(TAKEN):
        envelopes.leave(
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
