"""Opening what people left: each envelope on the square becomes a contact and a deed, and is destroyed there.

Two databases, no common transaction. So the desk commits first and the square is told after it: killed in
between, the same envelope is opened again at the next collection and finds itself already there.
"""

from dataclasses import dataclass

from django.db import transaction
from nacl.exceptions import CryptoError

from massline.desk.act.attendance.check_in_model import CheckIn
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.attendance.sheet_rows import open_rows
from massline.desk.act.events.models import Event
from massline.desk.contacts.sign_up import SignUp, contact_of, read
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import safety
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Contact, Organisation
from massline.desk.people.states import Source
from massline.square.envelopes.models import Envelope, EnvelopeState


@dataclass(frozen=True)
class Collected:
    """What one collection brought: people new to us, people we knew, cancellations, and what stayed closed."""

    new: int = 0
    known: int = 0
    cancelled: int = 0
    closed: int = 0

    @property
    def opened(self) -> int:
        return self.new + self.known + self.cancelled


def collect(*, organisation: Organisation, vault: Vault, by: Account | None) -> Collected:
    """Open every envelope the desk has not seen, and every row of a sheet that was typed in. Said again, it changes nothing.

    An envelope that this vault's key does not open stays where it is, and is counted. Raises NotYetSafe
    while the loss of the organisation's key would lose its contacts.
    """
    safety.require_safe_storage(organisation)
    waiting = Envelope.objects.to_collect().filter(organisation__uuid=organisation.uuid).order_by("pk")
    counts = {"new": 0, "known": 0, "cancelled": 0, "closed": 0}
    for envelope in waiting:
        counts[_take_in(envelope, organisation, vault)] += 1
    for came_of_it in open_rows(organisation=organisation, vault=vault):
        counts[came_of_it] += 1
    collected = Collected(**counts)
    if collected.opened:
        chain.write(organisation, by, "opened envelopes", f"{collected.opened} envelopes")
    return collected


def _take_in(envelope: Envelope, organisation: Organisation, vault: Vault) -> str:
    if envelope.is_cancelled:
        _cancelled(envelope, organisation)
        mark_seen(envelope)
        return "cancelled"
    try:
        sign_up = read(vault, bytes(envelope.sealed or b""))
    except (CryptoError, ValueError, KeyError):
        return "closed"
    event = Event.objects.filter(uuid=envelope.about, organisation=organisation).first()
    with transaction.atomic(using="desk"):
        contact, made = contact_of(
            organisation,
            vault,
            sign_up,
            source=Source.SIGNED_UP if event else Source.ASKED_TO_JOIN,
            origin=envelope.uuid,
            agreed_on=envelope.made_on,
            keep_until=envelope.expires_on,
        )
        if event is not None:
            _said_yes(event, envelope, contact, sign_up, vault)
    mark_seen(envelope)
    return "new" if made else "known"


def mark_seen(envelope: Envelope) -> None:
    """Destroy the contents on the square, unless somebody changed the envelope while we read it."""
    unchanged = Envelope.objects.filter(pk=envelope.pk, state=envelope.state, seen=False)
    if envelope.is_cancelled:
        unchanged.update(seen=True)
    else:
        unchanged.filter(sealed=envelope.sealed).update(seen=True, state=EnvelopeState.COLLECTED, sealed=None)


def _said_yes(event: Event, envelope: Envelope, contact: Contact, sign_up: SignUp, vault: Vault) -> None:
    """Keep the deed. Who has come already, or was marked at the door, keeps that mark."""
    Attendance.objects.filter(event=event, envelope=envelope.uuid).exclude(contact=contact).delete()
    attendance, _made = Attendance.objects.get_or_create(event=event, contact=contact)
    if attendance.presence == Presence.CANCELLED:
        attendance.presence = Presence.COMING
    if CheckIn.objects.filter(event=event, envelope=envelope.uuid).update(attendance=attendance):
        attendance.presence = Presence.CAME
    attendance.envelope, attendance.offers = envelope.uuid, sign_up.offers[:120]
    attendance.role = sign_up.role[:80]
    attendance.sealed_needs = (
        vault.close_column(sign_up.needs, attendance, "sealed_needs") if sign_up.needs else None
    )
    attendance.save(update_fields=["presence", "envelope", "offers", "role", "sealed_needs"])


def _cancelled(envelope: Envelope, organisation: Organisation) -> None:
    """Take the yes back. Who came all the same stays counted among those who came."""
    deeds = Attendance.objects.filter(envelope=envelope.uuid, event__organisation=organisation)
    deeds.filter(presence=Presence.COMING).update(presence=Presence.CANCELLED)
