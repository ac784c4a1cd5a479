"""PLACEHOLDER from massline.desk.act.actions: Planning what people come to, taking attendance, and seeing that nobody leaves without a next step."""

from datetime import date

from django.db import transaction

from massline.desk.act.attendance.models import Attendance
from massline.desk.act.events.models import Event
from massline.desk.contacts.next_steps import give_next_step
from massline.desk.people.models import Account, Contact
from massline.desk.people.querysets import ContactQuerySet


def came_without_step(event: Event) -> ContactQuerySet:
    """Everybody who came to an event and has nothing dated to do next."""
    came = Attendance.objects.filter(event=event).came()
    return Contact.objects.of(event.organisation).filter(attendances__in=came).without_next_step()


def give_next_step_to_all(
    *, event: Event, what: str, due_on: date, owner: Account, by: Account | None
) -> int:
    """Give everybody who came and has no next step the same one; say how many."""
    with transaction.atomic(using="desk"):
        contacts = list(came_without_step(event).select_related("organisation"))
        for contact in contacts:
            give_next_step(contact=contact, what=what, due_on=due_on, owner=owner, by=by)
    return len(contacts)
