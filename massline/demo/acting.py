"""How the union fills its hours: roles for the next mass meeting, a waiting list, and a tea that comes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from massline.demo.first_turn import at
from massline.desk.act import actions as act
from massline.desk.act.models import Event
from massline.desk.act.series import Every
from massline.square.calls.models import EventKind
from massline.square.envelopes import actions as envelopes
from massline.square.envelopes.slots import Slot
from massline.square.organisations.models import PublicOrganisation

if TYPE_CHECKING:
    from massline.demo import Cast

ROLES = (("Stewards", 4), ("Arabic interpreter", 1), ("Tea and food", 3))
TAKEN = (("Noor", 1), ("Sami", 1), ("Ilse", 2), ("Paolo", 0), ("Greta", 0))


def live(cast: Cast) -> None:
    """Say who is needed for the next mass meeting; five take a role, one of them waits. Tea every week."""
    meeting = Event.objects.of(cast.union).coming_up().mass_meetings().first()
    if meeting is not None:
        fill(cast, meeting)
    act.plan_series(
        organisation=cast.union,
        every=Every.WEEK,
        by=cast.bea,
        kind=EventKind.MEETING,
        title="Tea and letters",
        about="Bring the letters you do not understand. We read them together.",
        starts_at=at(cast.union, days=3, hour=17),
        ends_at=at(cast.union, days=3, hour=19),
        place="The laundry, Mill Lane",
    )


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
