"""Opening of sign-ups: each envelope of the square becomes a contact and an attendance, and is emptied there.

The two databases share no transaction, so the desk commits first and the square is updated after it. If the process
dies in between, the envelope is opened again next time and changes nothing.
"""

from dataclasses import dataclass

from django.db import transaction
from nacl.exceptions import CryptoError

from massline.core.db.erasure import erase_after_commit
from massline.desk.act.attendance.check_in_model import CheckIn
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.attendance.sheet_rows import open_sheet_rows
from massline.desk.act.events.models import Event
from massline.desk.contacts.sign_up import SignUp, find_or_create_contact, open_sign_up
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import safe_storage
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Contact, Organisation
from massline.desk.people.states import ContactSource
from massline.square.envelopes.models import Envelope, EnvelopeState


@dataclass(frozen=True)
class CollectionCounts:
    """Result of opening sign-ups: new contacts, known contacts, cancellations, and envelopes that did not open."""

    new: int = 0
    known: int = 0
    cancelled: int = 0
    closed: int = 0

    @property
    def opened(self) -> int:
        return self.new + self.known + self.cancelled


def open_sign_ups(*, organisation: Organisation, vault: Vault, by: Account | None) -> CollectionCounts:
    """Open every new envelope and every entered row of a sign-in sheet. Repeating it changes nothing.

    An envelope that this vault's key does not open stays where it is and is counted as closed. Raises NotYetSafe
    while the loss of the organisation's key would lose its contacts.
    """
    safe_storage.require_safe_storage(organisation)
    waiting = Envelope.objects.to_collect().filter(organisation__uuid=organisation.uuid).order_by("pk")
    counts = {"new": 0, "known": 0, "cancelled": 0, "closed": 0}
    for envelope in waiting:
        counts[_open_envelope(envelope, organisation, vault)] += 1
    for outcome in open_sheet_rows(organisation=organisation, vault=vault):
        counts[outcome] += 1
    collected = CollectionCounts(**counts)
    if collected.opened:
        chain.append_line(organisation, by, "opened envelopes", f"{collected.opened} envelopes")
    return collected


def _open_envelope(envelope: Envelope, organisation: Organisation, vault: Vault) -> str:
    if envelope.is_cancelled:
        _record_cancellation(envelope, organisation)
        empty_envelope(envelope)
        return "cancelled"
    try:
        sign_up = open_sign_up(vault, bytes(envelope.sealed or b""), bound_to=envelope.binding)
    except (CryptoError, ValueError, KeyError):
        return "closed"
    event = Event.objects.filter(uuid=envelope.about, organisation=organisation).first()
    with transaction.atomic(using="desk"):
        contact, made = find_or_create_contact(
            organisation,
            vault,
            sign_up,
            source=ContactSource.SIGNED_UP if event else ContactSource.ASKED_TO_JOIN,
            origin=envelope.uuid,
            agreed_on=envelope.made_on,
            keep_until=envelope.expires_on,
        )
        if event is not None:
            _record_yes(event, envelope, contact, sign_up, vault)
    empty_envelope(envelope)
    return "new" if made else "known"


def empty_envelope(envelope: Envelope) -> None:
    """Delete the contents on the square, unless the envelope was changed while it was being read."""
    unchanged = Envelope.objects.filter(pk=envelope.pk, state=envelope.state, seen=False)
    if envelope.is_cancelled:
        unchanged.update(seen=True)
    else:
        unchanged.filter(sealed=envelope.sealed).update(seen=True, state=EnvelopeState.COLLECTED, sealed=None)
        erase_after_commit("square")


def _record_yes(event: Event, envelope: Envelope, contact: Contact, sign_up: SignUp, vault: Vault) -> None:
    """Record the sign-up as an attendance. A presence already recorded is not overwritten."""
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


def _record_cancellation(envelope: Envelope, organisation: Organisation) -> None:
    """Cancel the attendance, unless the person came all the same."""
    attendances = Attendance.objects.filter(envelope=envelope.uuid, event__organisation=organisation)
    attendances.filter(presence=Presence.COMING).update(presence=Presence.CANCELLED)
