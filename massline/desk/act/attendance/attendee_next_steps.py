"""Next steps for everybody who came to an event, shared out among organisers."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef

from massline.desk.act.attendance.models import Attendance
from massline.desk.act.events.models import Event
from massline.desk.contacts.next_steps import share_next_steps
from massline.desk.people.models import Account, Contact, Organisation, Section
from massline.desk.people.querysets import ContactQuerySet


def attendees_without_next_step(event: Event, role: str = "") -> ContactQuerySet:
    """Contacts who came to an event and have no open next step; with a role, only those who took it."""
    came = Attendance.objects.filter(event=event).came()
    if role:
        came = came.filter(role=role)
    return Contact.objects.of(event.organisation).filter(attendances__in=came).without_next_step()


def roles_taken_at_event(event: Event) -> list[str]:
    """The hours and roles that somebody took who came."""
    taken = Attendance.objects.filter(event=event).came().exclude(role="")
    return sorted(set(taken.values_list("role", flat=True)))


def agree_next_step_with_attendees(
    *, event: Event, what: str, due_on: date, owners: Sequence[Account], by: Account | None, role: str = ""
) -> int:
    """Record the same next step for everybody who came and has none; return how many got one.

    The owners take turns, so that nobody walks with two more people than another.
    """
    contacts = list(attendees_without_next_step(event, role).order_by("pk").values_list("pk", flat=True))
    return share_next_steps(
        organisation=event.organisation, contacts=contacts, what=what, due_on=due_on, owners=owners, by=by
    )


def people_without_next_step(
    organisation: Organisation,
    *,
    section: Section | None = None,
    event: Event | None = None,
    role: str = "",
    most: int | None = None,
) -> list[int]:
    """Primary keys of contacts that no organiser walks with, those met first first: of one section, one event, one role."""
    contacts = Contact.objects.of(organisation).without_next_step()
    if section is not None:
        contacts = contacts.filter(subscription__section=section)
    if event is not None or role:
        attended = Attendance.objects.filter(contact=OuterRef("pk")).not_cancelled()
        attended = attended.filter(event=event) if event is not None else attended
        contacts = contacts.filter(Exists(attended.filter(role=role) if role else attended))
    return list(contacts.order_by("met_on", "pk").values_list("pk", flat=True)[:most])


def count_per_owner(people: int, owners: Sequence[Account]) -> list[tuple[Account, int]]:
    """How many people each of them will walk with; the first named take what is left over."""
    share, rest = divmod(people, len(owners))
    return [(owner, share + (place < rest)) for place, owner in enumerate(owners)]


def roles_taken_at_any_event(organisation: Organisation) -> list[str]:
    """The hours and roles that somebody took at any event, at most fifty."""
    taken = Attendance.objects.filter(event__organisation=organisation).exclude(role="").order_by("role")
    return list(taken.values_list("role", flat=True).distinct()[:50])
