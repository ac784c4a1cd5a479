"""PLACEHOLDER from massline.desk.act.actions: Planning what people come to, taking attendance, and seeing that nobody leaves without a next step."""

from datetime import date, timedelta

from django.utils import timezone

from massline.desk.people.models import Contact

KEPT_AFTER_DEED = timedelta(days=14)


def extend_retention(contact: Contact, until: date) -> None:
    """Who acts again is kept again as long as the deed asks for, never shorter."""
    if contact.keep_until < until:
        contact.keep_until = until
        contact.save(update_fields=["keep_until"])


def retention_from_today() -> date:
    return timezone.localdate() + KEPT_AFTER_DEED
