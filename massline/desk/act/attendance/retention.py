"""How long contacts are kept: to the last reason there is, and shorter again when a reason has gone."""

from datetime import date
from itertools import chain

from django.db.models import Prefetch
from django.utils import timezone

from massline.desk.act.attendance.models import Attendance
from massline.desk.contacts.keep_until import KEPT_AFTER_DEED, retention_from_today
from massline.desk.people.models import Contact, NextStep
from massline.desk.people.states import ContactSource


def shorten_retention_of_all() -> int:
    """Shorten the retention of contacts whose event was cancelled or moved, or who cancelled; return how many.

    A list that was brought in keeps the day that was chosen for it.
    """
    attended = Attendance.objects.not_cancelled().filter(event__cancelled=False).select_related("event")
    longer = Contact.objects.filter(keep_until__gt=retention_from_today())
    longer = longer.exclude(source=ContactSource.BROUGHT).prefetch_related(
        Prefetch("attendances", attended, to_attr="attended"),
        Prefetch("next_steps", NextStep.objects.open().exclude(due_on=None), to_attr="dated_steps"),
    )
    shortened = []
    for contact in longer.iterator(chunk_size=500):
        until = _last_reason(contact) + KEPT_AFTER_DEED
        if until < contact.keep_until:
            contact.keep_until = until
            shortened.append(contact)
    Contact.objects.bulk_update(shortened, ["keep_until"], batch_size=500)
    return len(shortened)


def _last_reason(contact: Contact) -> date:
    """The day of the last event or next step of a contact; today if there is none to come."""
    zone = timezone.get_current_timezone()
    attended: list[Attendance] = getattr(contact, "attended")  # noqa: B009 - set by the prefetch
    steps: list[NextStep] = getattr(contact, "dated_steps")  # noqa: B009 - set by the prefetch
    events = (attendance.event.ends_at.astimezone(zone).date() for attendance in attended)
    due = (step.due_on for step in steps if step.due_on is not None)
    return max(chain([timezone.localdate()], events, due))
