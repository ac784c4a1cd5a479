"""PLACEHOLDER from massline.desk.act.actions: Planning what people come to, taking attendance, and seeing that nobody leaves without a next step."""

from django.db import transaction
from django.utils import timezone

from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.events.models import Event
from massline.desk.contacts.keep_until import KEPT_AFTER_DEED, _keep, _soon
from massline.desk.contacts.sign_up import SignUp, new_contact
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import safety
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Contact
from massline.desk.people.states import Source


def mark(*, event: Event, contact: Contact, presence: str, by: Account | None) -> Attendance:
    """Say whether somebody came. Said twice, or corrected, there is one mark."""
    with transaction.atomic(using="desk"):
        attendance, _made = Attendance.objects.update_or_create(
            event=event, contact=contact, defaults={"presence": Presence(presence)}
        )
        if presence == Presence.CAME:
            _keep(contact, event.starts_at.date() + KEPT_AFTER_DEED)
        chain.write(event.organisation, by, "took attendance", event)
    return attendance


def add_walk_in(*, event: Event, vault: Vault, name: str, point: str, by: Account | None) -> Contact:
    """Welcome somebody who came unannounced and agrees to be contacted.

    Known by their contact point, they are the same person. Raises NotYetSafe, as `collect` does.
    """
    organisation = event.organisation
    safety.require_safe_storage(organisation)
    sign_up = SignUp(name, point, organisation.language)
    keep_until = event.starts_at.date() + KEPT_AFTER_DEED
    with transaction.atomic(using="desk"):
        contact = Contact.objects.filter(organisation=organisation, blind_index=vault.index(point)).first()
        if contact is None:
            contact = new_contact(
                organisation, vault, sign_up, source=Source.AT_EVENT, keep_until=max(keep_until, _soon())
            )
        Contact.objects.filter(pk=contact.pk, consent_on=None).update(consent_on=timezone.localdate())
        mark(event=event, contact=contact, presence=Presence.CAME, by=by)
    return contact
