"""Retention of contacts whose reason has gone: they are kept to the last reason that is left, no longer."""

from datetime import UTC, date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from massline.core.time_zones import in_zone
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.events.models import Event
from massline.desk.contacts.retention_extension import KEPT_AFTER_DEED, retention_day_from_today
from massline.desk.people.choices import NextStepState
from massline.desk.people.models import Contact, NextStep


def shorten_retention_where_reason_ended() -> int:
    """Shorten the retention of contacts who cancelled, whose event was cancelled, or whose step is done; return how many.

    Only a day that this event gave is shortened: one that somebody chose, or that a next step, another event or a wish
    to be told gave, stays.
    """
    shortened = _shorten_after_steps()
    gone = Attendance.objects.filter(Q(presence=Presence.CANCELLED) | Q(event__cancelled=True))
    gone = gone.filter(contact__keep_until__gt=retention_day_from_today(), contact__subscription__isnull=True)
    for attendance in gone.select_related("contact", "event__organisation"):
        event = attendance.event
        shortened += _shorten(attendance.contact, _days_given_by(event, event.starts_at, event.ends_at))
    return shortened


def shorten_retention_of_moved_event(event: Event, *, starts_at: datetime, ends_at: datetime) -> int:
    """Shorten what an event gave before it moved to an earlier day; return how many. `starts_at` and `ends_at` were its hours."""
    given = _days_given_by(event, starts_at, ends_at) - _days_given_by(event, event.starts_at, event.ends_at)
    attendances = event.attendances.filter(contact__subscription__isnull=True, contact__keep_until__in=given)
    return sum(_shorten(attendance.contact, given) for attendance in attendances.select_related("contact"))


def _shorten_after_steps() -> int:
    """Shorten what a next step gave that is done or was replaced before its day."""
    over = NextStep.objects.exclude(state=NextStepState.OPEN).filter(due_on__gt=timezone.localdate())
    over = over.filter(contact__subscription__isnull=True).select_related("contact")
    return sum(_shorten(step.contact, {step.due_on + KEPT_AFTER_DEED}) for step in over if step.due_on)


def _shorten(contact: Contact, given: set[date]) -> int:
    """Keep a contact to its last reason, where its present day is one of those given; return 1 if it was shortened."""
    until = _last_reason(contact) + KEPT_AFTER_DEED
    if contact.keep_until not in given or until >= contact.keep_until:
        return 0
    unchanged = Contact.objects.filter(pk=contact.pk, keep_until=contact.keep_until)
    return unchanged.update(keep_until=until)


def _days_given_by(event: Event, *moments: datetime) -> set[date]:
    """The days until which an event at these hours keeps those who signed up or came, here or in UTC."""
    days = {in_zone(moment, zone).date() for moment in moments for zone in (event.organisation.zone, UTC)}
    return {day + KEPT_AFTER_DEED for day in days if day < date.max - timedelta(days=30)}


def _last_reason(contact: Contact) -> date:
    """The day of the last event or next step of a contact; today if there is none to come."""
    attended = contact.attendances.not_cancelled().filter(event__cancelled=False).select_related("event")
    events = (attendance.event.ends_at.date() for attendance in attended)
    steps = contact.next_steps.open().exclude(due_on=None).values_list("due_on", flat=True)
    return max([timezone.localdate(), *events, *filter(None, steps)])
