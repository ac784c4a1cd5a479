"""Two contacts who are one person become one: what either did, agreed to and has in hand is kept, once."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from nacl.exceptions import CryptoError

from massline.core.db.erasure import erase_after_commit
from massline.desk.act.announcements.models import Notice
from massline.desk.act.attendance.contact_erasure import LegalHoldActive
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.check_in.models import CheckIn
from massline.desk.act.phone_lists.models import ListEntry
from massline.desk.act.subscriptions.actions import merge_subscriptions
from massline.desk.act.subscriptions.models import Subscription
from massline.desk.guard.audit import chain
from massline.desk.guard.keys.vault import Vault
from massline.desk.guard.retention.legal_hold import active_hold
from massline.desk.people.models import Account, Contact
from massline.square.envelopes.actions import admit_waiting_to_event_and_slots
from massline.square.envelopes.models import Envelope

# Where both are kept for one event, the presence that says more stands.
_STRENGTH = {Presence.CAME: 3, Presence.COMING: 2, Presence.MISSED: 1, Presence.CANCELLED: 0}


def merge_contacts(*, keep: Contact, other: Contact, vault: Vault, by: Account) -> Contact:
    """Make one contact of two: name and way to be reached are those of `keep`, and `other` is gone.

    Who said no under either name is not written to. Raises ValueError for contacts of two organisations, and
    HeldByLaw while a legal hold is active. At most one link on paper goes on; the other ends.
    """
    if keep.organisation_id != other.organisation_id:
        raise ValueError("Contacts of two organisations are never one.")
    if active_hold(keep.organisation) is not None:
        raise LegalHoldActive
    doubled: list[tuple[Envelope, Envelope]] = []
    with transaction.atomic(using="desk"):
        for attendance in other.attendances.select_related("event"):
            doubled += _move_attendance(attendance, keep, vault)
        _move_deeds(keep, other)
        keep.consent_on = (
            min(keep.consent_on, other.consent_on) if keep.consent_on and other.consent_on else None
        )
        keep.met_on = min(keep.met_on, other.met_on)
        keep.keep_until = max(keep.keep_until, other.keep_until)
        keep.welcomed_on, keep.welcomed_by = (
            keep.welcomed_on or other.welcomed_on,
            keep.welcomed_by or other.welcomed_by,
        )
        keep.buddy = keep.buddy or other.buddy
        links = {link for link in (keep.envelope, other.envelope) if link is not None}
        keep.envelope = _link_to_keep(keep, other)
        wishes = list(Subscription.objects.filter(contact__in=[keep, other]).exclude(envelope=None))
        other.delete()
        keep.save()
        erase_after_commit("desk")
        chain.append_line(keep.organisation, by, "merged two contacts", keep)
    if Envelope.objects.filter(uuid__in=links - {keep.envelope}, on_paper=True).delete()[0]:
        erase_after_commit("square")
    _join_links_of_wishes(keep, [wish.envelope for wish in wishes])
    for first, second in doubled:
        Envelope.objects.filter(same_as=second.uuid).update(same_as=first.uuid)
        Envelope.objects.filter(pk=second.pk).update(same_as=first.uuid)
        admit_waiting_to_event_and_slots(first.about)
    return keep


def _join_links_of_wishes(keep: Contact, links: Iterable[UUID | None]) -> None:
    """Let the link of either wish end the wish that both became."""
    kept = Subscription.objects.filter(contact=keep).values_list("envelope", flat=True).first()
    if kept is not None:
        Envelope.objects.filter(uuid__in=[link for link in links if link]).exclude(uuid=kept).update(
            same_as=kept
        )


def _link_to_keep(keep: Contact, other: Contact) -> UUID | None:
    """The link of `keep`, if there is one, unless what somebody asked by the other's link on paper waits to be opened."""
    if keep.envelope is None or other.envelope is None:
        return keep.envelope or other.envelope
    waits = Envelope.objects.to_collect().filter(uuid=other.envelope, on_paper=True)
    return other.envelope if waits.exists() else keep.envelope


def _move_attendance(attendance: Attendance, keep: Contact, vault: Vault) -> list[tuple[Envelope, Envelope]]:
    """Give an attendance to the other contact; where both have one, join them and return the two sign-ups that are one."""
    needs = _open_needs(attendance, vault)
    own = Attendance.objects.filter(event=attendance.event, contact=keep).first()
    if own is None:
        attendance.contact = keep
        attendance.sealed_needs = vault.close_column(needs, attendance, "sealed_needs") if needs else None
        attendance.save(update_fields=["contact", "sealed_needs"])
        return []
    if _STRENGTH[Presence(attendance.presence)] > _STRENGTH[Presence(own.presence)]:
        own.presence = attendance.presence
    own.people = max(own.people, attendance.people)
    own.day = min(own.day, attendance.day)
    own.offers, own.role = own.offers or attendance.offers, own.role or attendance.role
    if needs and needs != (known := _open_needs(own, vault)):
        joined = "\n".join(filter(None, [known, needs]))
        own.sealed_needs = vault.close_column(joined, own, "sealed_needs")
    CheckIn.objects.filter(attendance=attendance).update(attendance=own)
    uuids = [uuid for uuid in (own.envelope, attendance.envelope) if uuid]
    sign_ups = sorted(Envelope.objects.filter(uuid__in=uuids), key=lambda row: (row.is_cancelled, row.pk))
    attendance.delete()
    own.envelope = sign_ups[0].uuid if sign_ups else next(iter(uuids), None)
    own.save()
    return [(sign_ups[0], sign_ups[1])] if len(sign_ups) == 2 else []


def _open_needs(attendance: Attendance, vault: Vault) -> str:
    if not attendance.sealed_needs:
        return ""
    try:
        return vault.open_column(attendance, "sealed_needs")
    except CryptoError:
        return ""


def _move_deeds(keep: Contact, other: Contact) -> None:
    """Move steps, parts, what was learnt, who vouched, wishes and places on phone lists; none is kept twice."""
    other.next_steps.update(contact=keep)
    other.holdings.update(contact=keep)
    other.learnt.exclude(step__in=keep.learnt.values("step")).update(contact=keep)
    other.vouches.exclude(by__in=keep.vouches.exclude(by=None).values("by")).update(contact=keep)
    listed = ListEntry.objects.filter(contact=keep).values("phone_list")
    ListEntry.objects.filter(contact=other).exclude(phone_list__in=listed).update(contact=keep)
    told = Notice.objects.filter(contact=keep).values("announcement")
    Notice.objects.filter(contact=other).exclude(announcement__in=told).update(contact=keep)
    merge_subscriptions(keep, other)
