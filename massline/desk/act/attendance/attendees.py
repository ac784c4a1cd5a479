"""Attendees of an event with names and needs decrypted, for the page that shows them."""

from dataclasses import dataclass
from uuid import UUID

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
    awaits_place: bool


def open_attendees(event: Event, vault: Vault) -> list[Attendee]:
    """Decrypt everybody who signed up for an event or came, sorted by name."""
    attendances = (
        Attendance.objects.filter(event=event)
        .not_cancelled()
        .select_related("contact")
        .prefetch_related("contact__next_steps__owner")
    )
    sign_ups: dict[UUID, list[Envelope]] = {}
    standing = Envelope.objects.about(event.uuid).standing().select_related("slot").defer("sealed")
    for envelope in standing.order_by("pk"):
        sign_ups.setdefault(envelope.same_as or envelope.uuid, []).append(envelope)
    attendees = [
        _open_attendee(
            attendance, sign_ups.get(attendance.envelope, []) if attendance.envelope else [], vault
        )
        for attendance in attendances
    ]
    return sorted(attendees, key=lambda attendee: (attendee.name.casefold(), attendee.contact.pk))


def _open_attendee(attendance: Attendance, sign_ups: list[Envelope], vault: Vault) -> Attendee:
    name, point = open_name_and_point(attendance.contact, vault)
    role, waits, awaits_place = _role(attendance, sign_ups)
    return Attendee(
        contact=attendance.contact,
        name=name,
        point=point,
        steps=list(attendance.contact.next_steps.all()),
        attendance=attendance,
        needs=_needs(attendance, vault),
        role=role,
        waits=waits,
        awaits_place=awaits_place,
    )


def _role(attendance: Attendance, sign_ups: list[Envelope]) -> tuple[str, bool, bool]:
    """Hours and roles as they are named now, and whether they wait for them, or for a place at all.

    Where the sign-up has gone from the square, the role is the one that was kept.
    """
    if not sign_ups:
        return attendance.role, False, False
    chosen = [sign_up for sign_up in sign_ups if sign_up.slot]
    names = ", ".join(sign_up.slot.name for sign_up in chosen if sign_up.slot)
    waits = bool(chosen) and all(sign_up.waits for sign_up in chosen)
    return names, waits, all(sign_up.awaits_place for sign_up in sign_ups)


def _needs(attendance: Attendance, vault: Vault) -> str:
    if not attendance.sealed_needs:
        return ""
    try:
        return vault.open_column(attendance, "sealed_needs")
    except CryptoError:
        return ""
