"""Links on paper, for people who came without signing up: with one they change or delete what is kept of them.

The square holds the hash of the secret alone. What somebody does by such a link happens here when sign-ups are opened.
"""

from django.db import transaction
from django.utils import timezone

from massline.core.contact_points import normalise_contact_point
from massline.core.db.erasure import erase_after_commit
from massline.core.refusal import refuse
from massline.desk.act.attendance.envelopes_of_contact import sign_ups_of
from massline.desk.act.attendance.refusal_reasons import UnreadRequest
from massline.desk.contacts.contact_identity import seal_identity
from massline.desk.contacts.sign_up_contacts import SignUp
from massline.desk.guard.audit import chain
from massline.desk.guard.keys.vault import Vault
from massline.desk.guard.retention.legal_hold import active_hold
from massline.desk.people.models import Account, Contact, Organisation
from massline.desk.people.signals import contact_point_changed
from massline.square.envelopes.actions import erase_envelope, make_paper_link
from massline.square.envelopes.models import Envelope
from massline.square.organisations.models import PublicOrganisation


def has_own_link(contact: Contact) -> bool:
    """True if they signed up themselves, and the link they got then still works."""
    own = (
        Envelope.objects.filter(uuid=contact.envelope, on_paper=False)
        if contact.envelope
        else Envelope.objects.none()
    )
    return own.exists()


def give_paper_link(*, contact: Contact, by: Account) -> str | None:
    """Make a link on paper; an earlier one ends. Returns its secret, which is kept nowhere; None without a public page.

    Raises Refused while what they asked by the earlier one has not been opened, which would be lost with it.
    """
    organisation = contact.organisation
    face = PublicOrganisation.objects.filter(uuid=organisation.uuid).first()
    if face is None or has_own_link(contact):
        return None
    refuse([UnreadRequest()] if _is_request_unread(contact) else [])
    last = contact.attendances.select_related("event").order_by("event__starts_at").last()
    with transaction.atomic(using="desk"):
        envelope, secret = make_paper_link(
            organisation=face,
            about=last.event.uuid if last else organisation.uuid,
            expires_on=max(contact.keep_until, timezone.localdate()),
            replaces=contact.envelope,
        )
        contact.envelope = envelope.uuid
        contact.save(update_fields=["envelope"])
        chain.append_line(organisation, by, "gave somebody a link on paper", contact)
    return secret


def _is_request_unread(contact: Contact) -> bool:
    if contact.envelope is None:
        return False
    return Envelope.objects.to_collect().filter(uuid=contact.envelope, on_paper=True).exists()


def correct_contact_by_link(
    envelope: Envelope, organisation: Organisation, vault: Vault, sign_up: SignUp
) -> None:
    """Replace name and contact point of whoever holds the link."""
    contact = Contact.objects.filter(organisation=organisation, envelope=envelope.uuid).first()
    if contact is None:
        return
    others = Contact.objects.of(organisation).exclude(pk=contact.pk)
    point = normalise_contact_point(sign_up.point, country=organisation.phone_country)
    with transaction.atomic(using="desk"):
        contact_point_changed.send(sender=Contact, contact=contact, vault=vault, point=point)
        seal_identity(contact, vault, name=sign_up.name, point=sign_up.point)
        if others.filter(person_index=vault.person_index(point, sign_up.name)).exists():
            contact.person_index = None  # somebody else is kept by these; a key-holder can merge the two
        contact.save()
        erase_after_commit("desk")


def delete_contact_by_link(envelope: Envelope, organisation: Organisation) -> None:
    """Delete whoever holds the link, with all that is held of them; under a legal hold nobody writes to them any more.

    Their other sign-ups go first: if the process dies in between, the next run finds the contact and finishes.
    """
    contact = Contact.objects.filter(organisation=organisation, envelope=envelope.uuid).first()
    if contact is None:
        return
    with transaction.atomic(using="desk"):
        if active_hold(organisation) is not None:
            contact.consent_on = None
            contact.save(update_fields=["consent_on"])
        else:
            for other in sign_ups_of(contact).exclude(pk=envelope.pk):
                erase_envelope(other)
            contact.delete()
        erase_after_commit("desk")
        chain.append_line(
            organisation, None, "did what somebody asked for by their link on paper", organisation
        )
