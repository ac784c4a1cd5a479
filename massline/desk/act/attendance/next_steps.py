"""Next steps for everybody who came to an event, shared out among organisers."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from massline.desk.act.attendance.models import Attendance
from massline.desk.act.events.models import Event
from massline.desk.contacts.next_steps import agree_next_step
from massline.desk.people.models import Account, Contact
from massline.desk.people.querysets import ContactQuerySet


def attendees_without_next_step(event: Event, role: str = "") -> ContactQuerySet:
    """Contacts who came to an event and have no open next step; with a role, only those who took it."""
    came = Attendance.objects.filter(event=event).came()
    if role:
        came = came.filter(role=role)
    return Contact.objects.of(event.organisation).filter(attendances__in=came).without_next_step()


def roles_at(event: Event) -> list[str]:
    """The hours and roles that somebody took who came."""
    taken = Attendance.objects.filter(event=event).came().exclude(role="")
    return sorted(set(taken.values_list("role", flat=True)))


def agree_next_step_with_attendees(
    *, event: Event, what: str, due_on: date, owners: Sequence[Account], by: Account | None, role: str = ""
) -> int:
    """Record the same next step for everybody who came and has none; return how many got one.

    The owners take turns, so that nobody walks with two more people than another.
    """
    with transaction.atomic(using="desk"):
        contacts = list(
            attendees_without_next_step(event, role).select_related("organisation").order_by("pk")
        )
        for place, contact in enumerate(contacts):
            owner = owners[place % len(owners)]
            agree_next_step(contact=contact, what=what, due_on=due_on, owner=owner, by=by)
    return len(contacts)
