"""Retention of contacts whose reason has gone: they are kept to the last reason that is left, no longer."""

from datetime import UTC, date, timedelta

from django.db.models import Q
from django.utils import timezone

from massline.core.moments import in_zone
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.events.models import Event
from massline.desk.contacts.keep_until import KEPT_AFTER_DEED, retention_from_today
from massline.desk.people.models import Contact


def shorten_retention_of_all() -> int:
    """Shorten the retention of contacts who cancelled, or whose event was cancelled; return how many.

    Only a day that this event gave is shortened: one that somebody chose, or that a next step, another event or a wish
    to be told gave, stays.
    """
    gone = Attendance.objects.filter(Q(presence=Presence.CANCELLED) | Q(event__cancelled=True))
    gone = gone.filter(contact__keep_until__gt=retention_from_today(), contact__subscription__isnull=True)
    shortened = 0
    for attendance in gone.select_related("contact", "event__organisation"):
        contact = attendance.contact
        until = _last_reason(contact) + KEPT_AFTER_DEED
        if contact.keep_until in _days_given_by(attendance.event) and until < contact.keep_until:
            unchanged = Contact.objects.filter(pk=contact.pk, keep_until=contact.keep_until)
            shortened += unchanged.update(keep_until=until)
    return shortened


def _days_given_by(event: Event) -> set[date]:
    """The days until which an event keeps those who signed up or came: its start or end, here or in UTC."""
    moments = (event.starts_at, event.ends_at)
    days = {in_zone(moment, zone).date() for moment in moments for zone in (event.organisation.zone, UTC)}
    return {day + KEPT_AFTER_DEED for day in days if day < date.max - timedelta(days=30)}


def _last_reason(contact: Contact) -> date:
    """The day of the last event or next step of a contact; today if there is none to come."""
    attended = contact.attendances.not_cancelled().filter(event__cancelled=False).select_related("event")
    events = (attendance.event.ends_at.date() for attendance in attended)
    steps = contact.next_steps.open().exclude(due_on=None).values_list("due_on", flat=True)
    return max([timezone.localdate(), *events, *filter(None, steps)])
