"""Erasure of one person who asks for it: everything that is held of them, at the desk and on the square, in one act."""

from dataclasses import dataclass

from django.db import transaction

from massline.core.db.erasure import erase_after_commit
from massline.desk.act.attendance.envelopes_of_contact import sign_ups_of
from massline.desk.act.attendance.models import Presence
from massline.desk.act.attendance.sign_up_opener import open_sign_ups
from massline.desk.guard.audit import chain
from massline.desk.guard.keys.vault import Vault
from massline.desk.guard.retention.legal_hold import active_hold
from massline.desk.people.models import Account, Contact
from massline.square.envelopes.actions import erase_envelope


class LegalHoldActive(Exception):
    """A legal hold is active, so nothing of the organisation may be deleted."""


@dataclass(frozen=True)
class HeldData:
    """How much is held of one person, by kind."""

    sign_ups: int
    came: int
    next_steps: int
    parts: int
    learnt: int
    vouches: int


def list_held_data(contact: Contact) -> HeldData:
    return HeldData(
        sign_ups=sign_ups_of(contact).count(),
        came=contact.attendances.filter(presence=Presence.CAME).count(),
        next_steps=contact.next_steps.count(),
        parts=contact.holdings.count(),
        learnt=contact.learnt.count(),
        vouches=contact.vouches.count(),
    )


def erase_person(*, contact: Contact, vault: Vault, by: Account) -> None:
    """Delete a contact and all that is held of them. Sign-ups are opened first, so that none of theirs is left sealed.

    Raises HeldByLaw while a legal hold is active, and NotYetSafe as `open_sign_ups` does. The activity log keeps that
    somebody was deleted, and nothing about whom.
    """
    organisation = contact.organisation
    if active_hold(organisation) is not None:
        raise LegalHoldActive
    open_sign_ups(organisation=organisation, vault=vault, by=by)
    with transaction.atomic(using="desk"):
        for envelope in sign_ups_of(
            contact
        ):  # first: if the process dies in between, the contact is still there to erase
            erase_envelope(envelope)
        contact.delete()
        erase_after_commit("desk")
        chain.append_line(organisation, by, "deleted somebody who asked for it", organisation)
