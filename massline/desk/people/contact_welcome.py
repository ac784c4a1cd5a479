"""Welcoming a contact with a buddy, and vouching for them."""

from django.db import transaction
from django.utils import timezone

from massline.desk.people.mandate_models import Vouch
from massline.desk.people.models import Account, Contact
from massline.desk.people.signals import send_row_changed


def welcome_contact(*, contact: Contact, buddy: Account | None, by: Account) -> Contact:
    """Record that this account spoke with a contact, and who is their buddy for the first weeks."""
    with transaction.atomic(using="desk"):
        contact.welcomed_on = contact.welcomed_on or timezone.localdate()
        contact.welcomed_by = contact.welcomed_by or by
        contact.buddy = buddy
        contact.save(update_fields=["welcomed_on", "welcomed_by", "buddy"])
        send_row_changed(contact.organisation, by, "welcomed somebody", contact)
    return contact


def vouch_for_contact(*, contact: Contact, by: Account) -> Vouch:
    """Record that this account knows a contact; a second vouch of the same account counts once."""
    with transaction.atomic(using="desk"):
        vouched, made = Vouch.objects.get_or_create(contact=contact, by=by)
        if made:
            send_row_changed(contact.organisation, by, "vouched for somebody", contact)
    return vouched
