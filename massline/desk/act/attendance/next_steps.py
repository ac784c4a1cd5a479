"""Next steps for everybody who came to an event."""

from datetime import date

from django.db import transaction

from massline.desk.act.attendance.models import Attendance
from massline.desk.act.events.models import Event
from massline.desk.contacts.next_steps import agree_next_step
from massline.desk.people.models import Account, Contact
from massline.desk.people.querysets import ContactQuerySet


def attendees_without_next_step(event: Event) -> ContactQuerySet:
    """Contacts who came to an event and have no open next step."""
    came = Attendance.objects.filter(event=event).came()
    return Contact.objects.of(event.organisation).filter(attendances__in=came).without_next_step()


def agree_next_step_with_all(
    *, event: Event, what: str, due_on: date, owner: Account, by: Account | None
) -> int:
    """Record the same next step for everybody who came and has none; return how many got one."""
    with transaction.atomic(using="desk"):
        contacts = list(attendees_without_next_step(event).select_related("organisation"))
        for contact in contacts:
            agree_next_step(contact=contact, what=what, due_on=due_on, owner=owner, by=by)
    return len(contacts)
