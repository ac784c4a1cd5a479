"""Opening of sign-ups: each envelope of the square becomes a contact and an attendance, and is emptied there.

The two databases share no transaction, so the desk commits first and the square is updated after it. If the process
dies in between, the envelope is opened again next time and changes nothing.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from nacl.exceptions import CryptoError

from massline.core.db.erasure import erase_after_commit
from massline.desk.act.attendance import paper_links
from massline.desk.act.attendance.bulk_sign_up_opening import open_plain_sign_ups
from massline.desk.act.attendance.check_in_model import CheckIn
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.attendance.sheet_row_opening import open_sheet_rows
from massline.desk.act.events.models import Event
from massline.desk.act.subscriptions.actions import end_subscription, record_subscription
from massline.desk.contacts.contact_matching import upgrade_contact_points
from massline.desk.contacts.sign_up_contacts import SignUp, find_or_create_contact, open_sign_up
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import contact_storage_conditions
from massline.desk.guard.keys.vault import Vault
from massline.desk.guard.retention.legal_hold import active_hold
from massline.desk.people.choices import ContactSource
from massline.desk.people.models import Account, Contact, Organisation
from massline.square.envelopes.actions import admit_waiting
from massline.square.envelopes.models import Envelope, EnvelopeState

AT_ONCE = 200


@dataclass(frozen=True)
class SignUpOpeningCounts:
    """Result of opening sign-ups: new contacts, known contacts, cancellations, and envelopes that did not open."""

    new: int = 0
    known: int = 0
    cancelled: int = 0
    closed: int = 0
    left: int = 0
    last: int = 0

    @property
    def opened(self) -> int:
        return self.new + self.known + self.cancelled

    @property
    def done(self) -> int:
        return self.opened + self.closed

    @property
    def total(self) -> int:
        return self.done + self.left


def open_sign_ups(
    *,
    organisation: Organisation,
    vault: Vault,
    by: Account | None,
    after: int = 0,
    seconds: float | None = None,
) -> SignUpOpeningCounts:
    """Open every new envelope and every entered row of a sign-in sheet. Repeating it changes nothing.

    An envelope that this vault's key does not open stays where it is and is counted as closed. Raises NotYetSafe
    while the loss of the organisation's key would lose its contacts.

    With `seconds` it stops about then and returns how many are left; the next run goes on `after` the last one it looked
    at, so that an envelope that does not open holds up no other.

    Whoever asks by a link on paper to be deleted is deleted last: what they signed up for is known by then and goes too.
    """
    contact_storage_conditions.require_safe_storage(organisation)
    began = time.monotonic()
    collected_here = Envelope.objects.to_collect().filter(organisation__uuid=organisation.uuid)
    deletions = collected_here.filter(on_paper=True, state=EnvelopeState.CANCELLED)
    waiting = collected_here.exclude(pk__in=deletions.values("pk")).filter(pk__gt=after)
    counts = {"new": 0, "known": 0, "cancelled": 0, "closed": 0}
    last = after
    upgrade_contact_points(organisation, vault)
    while some := list(waiting.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        opened = _open_plain(some, organisation, vault)
        for envelope in some:
            counts[opened.get(envelope.pk) or _open_envelope(envelope, organisation, vault)] += 1
        last = some[-1].pk
        if seconds is not None and time.monotonic() - began > seconds:
            break
    left = waiting.filter(pk__gt=last).count()
    if left:
        left += deletions.count()
    else:
        for envelope in deletions.order_by("pk"):
            counts[_open_envelope(envelope, organisation, vault)] += 1
        for outcome in open_sheet_rows(organisation=organisation, vault=vault):
            counts[outcome] += 1
    collected = SignUpOpeningCounts(**counts, left=left, last=last)
    if collected.opened:
        chain.append_line(organisation, by, "opened envelopes", f"{collected.opened} envelopes")
    return collected


def _open_plain(envelopes: Sequence[Envelope], organisation: Organisation, vault: Vault) -> dict[int, str]:
    """Open at once those that need no second look, and empty their envelopes; return their outcomes."""
    uuids = {envelope.about for envelope in envelopes}
    events = {event.uuid: event for event in Event.objects.of(organisation).filter(uuid__in=uuids)}
    outcomes = open_plain_sign_ups(envelopes, organisation, vault, events)
    empty_envelopes([envelope for envelope in envelopes if envelope.pk in outcomes])
    return outcomes


def empty_envelopes(envelopes: Sequence[Envelope]) -> None:
    """Delete the contents of many on the square, each unless it was changed while it was being read."""
    read = {envelope.pk: (envelope.state, bytes(envelope.sealed or b"")) for envelope in envelopes}
    with transaction.atomic(using="square"):
        rows = Envelope.objects.select_for_update().filter(pk__in=read, seen=False).order_by("pk")
        unchanged = [
            pk
            for pk, state, sealed in rows.values_list("pk", "state", "sealed")
            if read[pk] == (state, bytes(sealed or b""))
        ]
        Envelope.objects.filter(pk__in=unchanged).update(
            seen=True, state=EnvelopeState.COLLECTED, sealed=None
        )
        erase_after_commit("square")


def _open_envelope(envelope: Envelope, organisation: Organisation, vault: Vault) -> str:
    if envelope.is_cancelled:
        if envelope.on_paper:
            paper_links.delete_contact_by_link(envelope, organisation)
        else:
            _record_cancellation(envelope, organisation)
        empty_envelope(envelope)
        return "cancelled"
    try:
        sign_up = open_sign_up(vault, bytes(envelope.sealed or b""), bound_to=envelope.binding)
    except (CryptoError, ValueError, KeyError):
        return "closed"
    if envelope.on_paper:
        if active_hold(organisation) is not None:
            return "closed"  # what is kept may not be replaced: it waits until the hold ends
        paper_links.correct_contact_by_link(envelope, organisation, vault, sign_up)
        empty_envelope(envelope)
        return "known"
    event = Event.objects.filter(uuid=envelope.about, organisation=organisation).first()
    first = None
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
            first = _record_yes(event, envelope, contact, sign_up, vault)
        elif envelope.about == organisation.uuid:
            record_subscription(
                contact,
                wants=sign_up.wants,
                section=sign_up.section,
                envelope=envelope.uuid,
                agreed_on=envelope.made_on,
            )
    empty_envelope(envelope)
    if first is not None:
        _count_once(envelope, first)
    return "new" if made else "known"


def empty_envelope(envelope: Envelope) -> None:
    """Delete the contents on the square, unless the envelope was changed while it was being read."""
    unchanged = Envelope.objects.filter(pk=envelope.pk, state=envelope.state, seen=False)
    if envelope.is_cancelled:
        unchanged.update(seen=True)
    else:
        unchanged.filter(sealed=envelope.sealed).update(seen=True, state=EnvelopeState.COLLECTED, sealed=None)
        erase_after_commit("square")


def _record_yes(event: Event, envelope: Envelope, contact: Contact, sign_up: SignUp, vault: Vault) -> UUID:
    """Record the sign-up as an attendance; return the person's first sign-up for this event, which counts for both.

    A presence already recorded is not overwritten.
    """
    for other in Attendance.objects.filter(event=event, envelope=envelope.uuid).exclude(contact=contact):
        _hand_over(other, without=envelope)
    attendance, _made = Attendance.objects.select_for_update(of=("self",)).get_or_create(
        event=event, contact=contact
    )
    if attendance.presence == Presence.CANCELLED:
        attendance.presence = Presence.COMING
    first = attendance.envelope
    if first is None or not Envelope.objects.filter(uuid=first).standing().exists():
        first = envelope.uuid
    if CheckIn.objects.filter(event=event, envelope=envelope.uuid).update(attendance=attendance):
        attendance.presence = Presence.CAME
    is_first = first == envelope.uuid
    attendance.envelope = first
    attendance.offers = sign_up.offers[:120] or ("" if is_first else attendance.offers)
    attendance.role = sign_up.role[:80] or ("" if is_first else attendance.role)
    attendance.people = envelope.people if is_first else max(attendance.people, envelope.people)
    if sign_up.needs or is_first:
        attendance.sealed_needs = (
            vault.close_column(sign_up.needs, attendance, "sealed_needs") if sign_up.needs else None
        )
    attendance.save(update_fields=["presence", "envelope", "offers", "role", "people", "sealed_needs"])
    return first


def _count_once(envelope: Envelope, first: UUID) -> None:
    """Let the square count a second sign-up of the same person together with the first."""
    same_as = None if envelope.uuid == first else first
    if envelope.same_as != same_as:
        Envelope.objects.filter(pk=envelope.pk, seen=True).update(same_as=same_as)
        admit_waiting(envelope.about)


def _record_cancellation(envelope: Envelope, organisation: Organisation) -> None:
    """Cancel the attendance, unless the person came all the same, or another sign-up of theirs still stands.

    What they asked to be told by it ends too.
    """
    end_subscription(envelope.uuid, envelope.same_as)
    attendances = Attendance.objects.filter(envelope=envelope.uuid, event__organisation=organisation)
    with transaction.atomic(using="desk"):
        for attendance in attendances.filter(presence=Presence.COMING):
            if _other_sign_up(envelope) is not None:
                _hand_over(attendance, without=envelope)
            else:
                attendance.presence = Presence.CANCELLED
                attendance.save(update_fields=["presence"])


def _hand_over(attendance: Attendance, *, without: Envelope) -> None:
    """Let an attendance go on with the person's other sign-up; without one it is deleted."""
    other = _other_sign_up(without)
    if other is None:
        attendance.delete()
        return
    attendance.envelope, attendance.people = other.uuid, other.people
    attendance.save(update_fields=["envelope", "people"])
    Envelope.objects.filter(same_as=without.uuid).exclude(pk=other.pk).update(same_as=other.uuid)
    Envelope.objects.filter(pk=other.pk).update(same_as=None)


def _other_sign_up(envelope: Envelope) -> Envelope | None:
    """The next sign-up of the same person for the same event that still stands and was opened before."""
    return Envelope.objects.standing().filter(same_as=envelope.uuid).order_by("pk").first()
