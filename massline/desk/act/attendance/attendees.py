"""Attendees of an event with names and needs decrypted, for the page that shows them.

Names are encrypted, so the database cannot sort by them: a short list is opened whole and sorted by name, a long one is
opened page by page in the order of sign-up, and looked through for a name when somebody asks for one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q
from nacl.exceptions import CryptoError

from massline.core.contact_points import is_part_of_contact_point
from massline.core.person_names import name_words
from massline.desk.act.attendance.models import Attendance
from massline.desk.act.attendance.querysets import AttendanceQuerySet
from massline.desk.act.events.models import Event
from massline.desk.contacts.decrypted_contacts import OpenedContact, open_name_and_point
from massline.desk.guard.keys.vault import Vault
from massline.square.envelopes.models import Envelope

PAGE_SIZE = 100
MOST_SORTED = 300
MOST_FOUND = 30


@dataclass(frozen=True)
class Attendee(OpenedContact):
    """An opened contact with their attendance of one event and what they need there."""

    attendance: Attendance
    needs: str
    role: str
    waits: bool
    awaits_place: bool


@dataclass(frozen=True)
class AttendeePage:
    """One page of attendees, and how many there are on all of them."""

    people: list[Attendee]
    page: "Page[Attendance] | None" = None
    total: int = 0

    @property
    def is_long(self) -> bool:
        """Whether there are more people than one page shows."""
        return self.total > PAGE_SIZE


def open_attendee_page(event: Event, vault: Vault, number: str | None) -> AttendeePage:
    """Open one page of those who signed up for an event or came; up to 300 in all are sorted by name."""
    attendances = _attendances(event)
    total = attendances.count()
    listed: Sequence[Attendance] | AttendanceQuerySet = attendances.order_by("pk")
    if total <= MOST_SORTED:
        listed = sorted(attendances, key=lambda attendance: _sort_key(attendance, vault))
    paginator = Paginator(listed, PAGE_SIZE)
    paginator.count = total
    page = paginator.get_page(number)
    return AttendeePage(open_attendees(event, page.object_list, vault), page, total)


def find_attendees(event: Event, vault: Vault, wanted: str) -> AttendeePage:
    """Open those whose name has each of these words, or begins with it, or whose contact point has what is wanted
    in whatever way a number is written; 30 at most."""
    words, found = name_words(wanted), list[Attendance]()
    country = event.organisation.phone_country
    if not words:
        return AttendeePage([])
    for attendance in _attendances(event).order_by("pk").iterator(chunk_size=500):
        if len(found) == MOST_FOUND:
            break
        name, point = open_name_and_point(attendance.contact, vault)
        if _fits(name, words) or is_part_of_contact_point(wanted, point, country=country):
            found.append(attendance)
    return AttendeePage(open_attendees(event, found, vault), total=len(found))


def open_attendees(event: Event, attendances: Iterable[Attendance], vault: Vault) -> list[Attendee]:
    """Decrypt these attendances of an event, with two queries however many they are."""
    shown = list(attendances)
    sign_ups: dict[UUID, list[Envelope]] = {}
    uuids = [attendance.envelope for attendance in shown if attendance.envelope]
    standing = Envelope.objects.about(event.uuid).standing().select_related("slot").defer("sealed")
    for envelope in standing.filter(Q(uuid__in=uuids) | Q(same_as__in=uuids)).order_by("pk"):
        sign_ups.setdefault(envelope.same_as or envelope.uuid, []).append(envelope)
    return [
        _open_attendee(
            attendance, sign_ups.get(attendance.envelope, []) if attendance.envelope else [], vault
        )
        for attendance in shown
    ]


def open_one_attendee(attendance: Attendance, vault: Vault) -> Attendee:
    """Decrypt one attendance, for the one row that a tick at the door changes."""
    (attendee,) = open_attendees(attendance.event, [attendance], vault)
    return attendee


def _attendances(event: Event) -> AttendanceQuerySet:
    attendances: AttendanceQuerySet = (
        Attendance.objects.filter(event=event)
        .not_cancelled()
        .select_related("contact__organisation")
        .prefetch_related("contact__next_steps__owner")
    )
    return attendances


def _sort_key(attendance: Attendance, vault: Vault) -> tuple[str, int]:
    name, _point = open_name_and_point(attendance.contact, vault)
    return name.casefold(), attendance.contact_id


def _fits(name: str, words: Iterable[str]) -> bool:
    has = name_words(name)
    return all(any(word.startswith(asked) for word in has) for asked in words)


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
