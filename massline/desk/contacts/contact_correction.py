"""Setting right what is kept of one contact: name, way to reach them, language, and whether they agree to be written to."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from massline.core.contact_points import normalise_contact_point
from massline.core.db.erasure import erase_after_commit
from massline.desk.contacts.contact_identity import seal_identity
from massline.desk.guard.audit import chain
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Contact
from massline.desk.people.signals import contact_point_changed
from massline.square.envelopes.courier_copies import destroy_copy, seal_courier_copy
from massline.square.envelopes.models import KEPT_AFTER_EVENT, Envelope


class AnotherContact(Exception):
    """Another contact has this name and this way to be reached already; the two may be merged."""

    def __init__(self, contact: Contact) -> None:
        super().__init__(contact.pk)
        self.contact = contact


def correct_contact(
    *, contact: Contact, vault: Vault, name: str, point: str, language: str, agrees: bool, by: Account
) -> Contact:
    """Replace what is kept of a contact; the old name and contact point are gone at once, the worker's copy too.

    Who agrees now agreed today, unless a day is kept. Raises AnotherContact where somebody else is kept by these.
    """
    kept = normalise_contact_point(point, country=contact.organisation.phone_country)
    person = vault.person_index(kept, name)
    others = Contact.objects.of(contact.organisation).exclude(pk=contact.pk)
    twin = others.filter(person_index=person).first() if person else None
    if twin is not None:
        raise AnotherContact(twin)
    with transaction.atomic(using="desk"):
        contact_point_changed.send(sender=Contact, contact=contact, vault=vault, point=kept)
        seal_identity(contact, vault, name=name, point=point)
        contact.language = language
        contact.consent_on = (contact.consent_on or timezone.localdate()) if agrees else None
        contact.save()
        erase_after_commit("desk")
        chain.append_line(contact.organisation, by, "corrected a contact", contact)
    _write_to(contact, kept)
    return contact


def remove_contact_point(*, contact: Contact, vault: Vault, by: Account) -> None:
    """Delete a way to reach somebody that turned out to be another person's; the name stays, and nothing is sent there."""
    name = vault.open_column(contact, "sealed_name")
    with transaction.atomic(using="desk"):
        contact_point_changed.send(sender=Contact, contact=contact, vault=vault, point="")
        seal_identity(contact, vault, name=name, point="")
        contact.save()
        erase_after_commit("desk")
        chain.append_line(contact.organisation, by, "deleted a wrong number", contact)
    for envelope in _sign_ups_of(contact):
        destroy_copy(envelope)


def _write_to(contact: Contact, point: str) -> None:
    """Let messages about events to come go to the new contact point. They lead to no page of the sign-up: its secret is
    known to the person alone."""
    for envelope in _sign_ups_of(contact).select_related("organisation"):
        seal_courier_copy(
            envelope,
            contents={"contact": point, "language": contact.language},
            happens_on=envelope.expires_on - KEPT_AFTER_EVENT,
        )


def _sign_ups_of(contact: Contact) -> QuerySet[Envelope]:
    """Sign-ups of a contact that the worker can still write to."""
    known = [contact.envelope, *contact.attendances.values_list("envelope", flat=True)]
    uuids = [uuid for uuid in known if uuid is not None]
    return Envelope.objects.filter(Q(uuid__in=uuids) | Q(same_as__in=uuids), courier_copy__isnull=False)
