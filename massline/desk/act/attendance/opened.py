"""People of an event with names and needs opened, for the one page that shows them."""

from dataclasses import dataclass

from nacl.exceptions import CryptoError

from massline.desk.act.attendance.models import Attendance
from massline.desk.act.events.models import Event
from massline.desk.contacts.opened import OpenedContact, name_and_point
from massline.desk.guard.keys.vault import Vault


@dataclass(frozen=True)
class Attendee(OpenedContact):
    """An opened contact with their attendance of one event and what they need there."""

    attendance: Attendance
    needs: str


def people_at(event: Event, vault: Vault) -> list[Attendee]:
    """Open everybody who signed up for an event or came, sorted by name."""
    attendances = (
        Attendance.objects.filter(event=event)
        .standing()
        .select_related("contact")
        .prefetch_related("contact__next_steps__owner")
    )
    attendees = [
        Attendee(
            attendance.contact,
            *name_and_point(attendance.contact, vault),
            list(attendance.contact.next_steps.all()),
            attendance,
            _needs(attendance, vault),
        )
        for attendance in attendances
    ]
    return sorted(attendees, key=lambda attendee: (attendee.name.casefold(), attendee.contact.pk))


def _needs(attendance: Attendance, vault: Vault) -> str:
    if not attendance.sealed_needs:
        return ""
    try:
        return vault.open_column(attendance, "sealed_needs")
    except CryptoError:
        return ""
