"""Record who came, and add people who came without signing up."""

from django.db import transaction
from django.utils import timezone

from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.events.models import Event
from massline.desk.contacts.contact_identity import find_contact
from massline.desk.contacts.retention_extension import (
    KEPT_AFTER_DEED,
    extend_retention,
    retention_day_from_today,
)
from massline.desk.contacts.sign_up_contacts import SignUp, build_contact
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import contact_storage_conditions
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.choices import ContactSource
from massline.desk.people.models import Account, Contact


def record_presence(*, event: Event, contact: Contact, presence: str, by: Account | None) -> Attendance:
    """Record whether somebody came. A second record replaces the first."""
    with transaction.atomic(using="desk"):
        attendance, _made = Attendance.objects.update_or_create(
            event=event, contact=contact, defaults={"presence": Presence(presence)}
        )
        if presence == Presence.CAME:
            extend_retention(contact, event.starts_at.date() + KEPT_AFTER_DEED)
        chain.append_line(event.organisation, by, "took attendance", event)
    return attendance


def add_walk_in(*, event: Event, vault: Vault, name: str, point: str, by: Account | None) -> Contact:
    """Add somebody who came without signing up and agrees to be contacted.

    A known contact point leads to the existing contact. Raises NotYetSafe, as `open_sign_ups` does.
    """
    organisation = event.organisation
    contact_storage_conditions.require_safe_storage(organisation)
    sign_up = SignUp(name, point, organisation.language)
    keep_until = event.starts_at.date() + KEPT_AFTER_DEED
    with transaction.atomic(using="desk"):
        contact = find_contact(organisation, vault, name=name, point=point)
        if contact is None:
            contact = build_contact(
                organisation,
                vault,
                sign_up,
                source=ContactSource.AT_EVENT,
                keep_until=max(keep_until, retention_day_from_today()),
            )
            contact.save()
        Contact.objects.filter(pk=contact.pk, consent_on=None).update(consent_on=timezone.localdate())
        record_presence(event=event, contact=contact, presence=Presence.CAME, by=by)
    return contact
