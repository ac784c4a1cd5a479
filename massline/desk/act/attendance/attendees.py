"""Attendees of an event with names and needs decrypted, for the page that shows them."""

from dataclasses import dataclass

from nacl.exceptions import CryptoError

from massline.desk.act.attendance.models import Attendance
from massline.desk.act.events.models import Event
from massline.desk.contacts.opened_contacts import OpenedContact, open_name_and_point
from massline.desk.guard.keys.vault import Vault
from massline.square.envelopes.models import Envelope


@dataclass(frozen=True)
class Attendee(OpenedContact):
    """An opened contact with their attendance of one event and what they need there."""

    attendance: Attendance
    needs: str
    role: str
    waits: bool


def open_attendees(event: Event, vault: Vault) -> list[Attendee]:
    """Decrypt everybody who signed up for an event or came, sorted by name."""
    attendances = (
        Attendance.objects.filter(event=event)
        .not_cancelled()
        .select_related("contact")
        .prefetch_related("contact__next_steps__owner")
    )
    sign_ups = {
        envelope.uuid: envelope
        for envelope in Envelope.objects.about(event.uuid).select_related("slot").defer("sealed")
    }
    attendees = [
        Attendee(
            attendance.contact,
            *open_name_and_point(attendance.contact, vault),
            list(attendance.contact.next_steps.all()),
            attendance,
            _needs(attendance, vault),
            *_role(attendance, sign_ups.get(attendance.envelope) if attendance.envelope else None),
        )
        for attendance in attendances
    ]
    return sorted(attendees, key=lambda attendee: (attendee.name.casefold(), attendee.contact.pk))


def _role(attendance: Attendance, sign_up: Envelope | None) -> tuple[str, bool]:
    """The hour or role as it is named now, and whether they wait for it; as it was kept where the sign-up has gone."""
    if sign_up is None:
        return attendance.role, False
    return sign_up.slot.name if sign_up.slot else "", sign_up.waits


def _needs(attendance: Attendance, vault: Vault) -> str:
    if not attendance.sealed_needs:
        return ""
    try:
        return vault.open_column(attendance, "sealed_needs")
    except CryptoError:
        return ""
