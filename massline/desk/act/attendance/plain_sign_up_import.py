"""Sign-ups that need no second look, opened many at a time: somebody new, or known, who had not signed up for it before.

Whoever signed up twice, changed or cancelled something, or was checked in already is left to `sign_up_collection`, which
takes them one by one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from nacl.exceptions import CryptoError

from massline.core.contact_points import normalise_contact_point
from massline.desk.act.attendance.models import Attendance
from massline.desk.act.check_in.models import CheckIn
from massline.desk.act.events.models import Event
from massline.desk.contacts.contact_identity import choose_contact
from massline.desk.contacts.sign_up_contacts import SignUp, build_contact, open_sign_up
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.choices import ContactSource
from massline.desk.people.models import Contact, Organisation
from massline.square.envelopes.models import Envelope


@dataclass
class _Plain:
    """One opened sign-up on its way to a contact and an attendance."""

    envelope: Envelope
    event: Event
    sign_up: SignUp
    point: str
    index: bytes | None
    contact: Contact | None = None


def open_plain_sign_ups(
    envelopes: Sequence[Envelope], organisation: Organisation, vault: Vault, events: Mapping[UUID, Event]
) -> dict[int, str]:
    """Store the plain ones among these in one transaction: "new" or "known" by the envelope's primary key.

    The others are not in the result and nothing was done with them; so it is for all where somebody else was storing
    the same people at that moment.
    """
    plain = _known_contacts(_single(_opened(envelopes, organisation, vault, events)), organisation, vault)
    outcomes = {one.envelope.pk: "new" if one.contact is None else "known" for one in plain}
    try:
        with transaction.atomic(using="desk"):
            _store(plain, organisation, vault)
    except IntegrityError:
        return {}
    return outcomes


def _opened(
    envelopes: Iterable[Envelope], organisation: Organisation, vault: Vault, events: Mapping[UUID, Event]
) -> list[_Plain]:
    found = []
    for envelope in envelopes:
        event = events.get(envelope.about)
        if event is None or envelope.is_cancelled or envelope.on_paper or envelope.same_as is not None:
            continue
        try:
            sign_up = open_sign_up(vault, bytes(envelope.sealed or b""), bound_to=envelope.binding)
        except (CryptoError, ValueError, KeyError):
            continue  # told as closed by the one who takes them one by one
        point = normalise_contact_point(sign_up.point, country=organisation.phone_country)
        found.append(_Plain(envelope, event, sign_up, point, vault.index(point) if point else None))
    return found


def _single(opened: Sequence[_Plain]) -> list[_Plain]:
    """Leave out contact points that occur twice here, and envelopes that something was stored of before."""
    counts = Counter(one.index for one in opened if one.index is not None)
    uuids = [one.envelope.uuid for one in opened]
    stored: set[UUID | None] = {
        *Contact.objects.filter(envelope__in=uuids).values_list("envelope", flat=True),
        *Attendance.objects.filter(envelope__in=uuids).values_list("envelope", flat=True),
        *CheckIn.objects.filter(envelope__in=uuids).values_list("envelope", flat=True),
    }
    return [
        one
        for one in opened
        if (one.index is None or counts[one.index] == 1) and one.envelope.uuid not in stored
    ]


def _known_contacts(plain: Sequence[_Plain], organisation: Organisation, vault: Vault) -> list[_Plain]:
    """Find whose contact points are known; leave out who had signed up for the same event before."""
    indexes = [one.index for one in plain if one.index is not None]
    sharing: dict[bytes, list[Contact]] = {}
    for contact in Contact.objects.filter(organisation=organisation, blind_index__in=indexes).order_by("pk"):
        sharing.setdefault(bytes(contact.blind_index or b""), []).append(contact)
    for one in plain:
        known = sharing.get(one.index or b"", [])
        one.contact = choose_contact(known, vault, name=one.sign_up.name, point=one.point)
    contacts = {one.contact.pk for one in plain if one.contact is not None}
    attended = set(Attendance.objects.filter(contact__in=contacts).values_list("event", "contact"))
    return [one for one in plain if one.contact is None or (one.event.pk, one.contact.pk) not in attended]


def _store(plain: Sequence[_Plain], organisation: Organisation, vault: Vault) -> None:
    fresh, known = [], []
    for one in plain:
        envelope = one.envelope
        if one.contact is None:
            one.contact = build_contact(
                organisation,
                vault,
                one.sign_up,
                source=ContactSource.SIGNED_UP,
                keep_until=envelope.expires_on,
                origin=envelope.uuid,
                agreed_on=envelope.made_on,
            )
            fresh.append(one.contact)
        else:
            one.contact.consent_on = one.contact.consent_on or envelope.made_on
            one.contact.keep_until = max(one.contact.keep_until, envelope.expires_on)
            known.append(one.contact)
    Contact.objects.bulk_create(fresh)
    Contact.objects.bulk_update(known, ["consent_on", "keep_until"])
    Attendance.objects.bulk_create([_attendance(one, vault) for one in plain])


def _attendance(one: _Plain, vault: Vault) -> Attendance:
    attendance = Attendance(
        event=one.event,
        contact=one.contact,
        envelope=one.envelope.uuid,
        offers=one.sign_up.offers[:120],
        role=one.sign_up.role[:80],
        people=one.envelope.people,
    )
    if one.sign_up.needs:
        attendance.sealed_needs = vault.close_column(one.sign_up.needs, attendance, "sealed_needs")
    return attendance
