"""Retention of contacts: each deed extends it."""

from datetime import date, timedelta

from django.utils import timezone

from massline.desk.people.models import Contact

KEPT_AFTER_DEED = timedelta(days=14)


def extend_retention(contact: Contact, until: date) -> None:
    """Keep a contact at least until this day; an extension never shortens the retention."""
    if contact.keep_until < until:
        contact.keep_until = until
        contact.save(update_fields=["keep_until"])


def retention_day_from_today() -> date:
    return timezone.localdate() + KEPT_AFTER_DEED
