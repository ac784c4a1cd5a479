"""Turnout of events: sign-ups, arrivals and absences, counted for many events with a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Count, Q

from massline.desk.act.attendance.check_in_model import CheckIn
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.events.forecast import Forecast, forecast
from massline.desk.act.events.models import Event
from massline.desk.people.states import StepState
from massline.square.envelopes.models import Envelope


@dataclass(frozen=True)
class Turnout:
    """Counts of one event. Sign-ups still in a sealed envelope count as a yes.

    `came` includes people checked in by code or sheet row whose name is still sealed (`by_code`).
    """

    collected: int = 0
    in_envelopes: int = 0
    cancelled: int = 0
    came: int = 0
    came_of_those: int = 0
    unannounced: int = 0
    missed: int = 0
    new_people: int = 0
    next_steps: int = 0
    by_code: int = 0
    sealed_rows: int = 0

    @property
    def said_yes(self) -> int:
        return self.collected + self.in_envelopes


def count_turnout(events: Iterable[Event]) -> dict[int, Turnout]:
    """Count each event by its primary key, with two queries to the desk and one to the square."""
    all_events = list(events)
    numbers = {event.pk: Turnout() for event in all_events}
    of_uuid = {event.uuid: event.pk for event in all_events}
    envelopes = {
        uuid: (about, state, seen)
        for uuid, about, state, seen in Envelope.objects.filter(about__in=of_uuid).values_list(
            "uuid", "about", "state", "seen"
        )
    }
    signed: set[UUID] = set()
    attendances = Attendance.objects.filter(event__in=numbers).select_related("contact")
    for attendance in attendances:
        if attendance.envelope is not None:
            signed.add(attendance.envelope)
        taken_back = attendance.envelope in envelopes and envelopes[attendance.envelope][1] == "cancelled"
        event_pk = attendance.event_id
        numbers[event_pk] = _add_attendance(numbers[event_pk], attendance, taken_back)
    for uuid, (about, state, seen) in envelopes.items():
        if uuid not in signed and state != "cancelled" and not seen:
            turnout = numbers[of_uuid[about]]
            numbers[of_uuid[about]] = replace(turnout, in_envelopes=turnout.in_envelopes + 1)
    at_the_door = CheckIn.objects.filter(event__in=numbers).order_by().values_list("event")
    for event_pk, unmatched, sealed in at_the_door.annotate(
        unmatched=Count("pk", filter=Q(attendance=None)), rows=Count("sealed")
    ):
        turnout = numbers[event_pk]
        numbers[event_pk] = replace(
            turnout, came=turnout.came + unmatched, by_code=unmatched, sealed_rows=sealed
        )
    return numbers


def _add_attendance(numbers: Turnout, attendance: Attendance, taken_back: bool) -> Turnout:
    cancelled = attendance.presence == Presence.CANCELLED or (
        taken_back and attendance.presence == Presence.COMING
    )
    came = attendance.presence == Presence.CAME
    signed = attendance.envelope is not None
    return replace(
        numbers,
        cancelled=numbers.cancelled + cancelled,
        collected=numbers.collected + (signed and not cancelled),
        came=numbers.came + came,
        came_of_those=numbers.came_of_those + (came and signed),
        unannounced=numbers.unannounced + (came and not signed),
        missed=numbers.missed + (attendance.presence == Presence.MISSED),
        new_people=numbers.new_people + (came and attendance.contact.met_on >= attendance.day),
    )


def count_next_steps(event: Event) -> int:
    """Count those who came and have an open next step or want none."""
    came = Attendance.objects.filter(event=event).came()
    open_or_said = [StepState.OPEN, StepState.NONE_WANTED]
    return came.filter(contact__next_steps__state__in=open_or_said).values("contact").distinct().count()


def forecast_turnout(event: Event, numbers: Turnout) -> Forecast | None:
    """Forecast the turnout from the sign-ups and the organisation's last ten events."""
    past = (
        Event.objects.of(event.organisation).past().exclude(pk=event.pk).filter(starts_at__lt=event.starts_at)
    )
    known = count_turnout(past[:10])
    return forecast(
        numbers.said_yes,
        [(turnout.said_yes, turnout.came_of_those) for turnout in known.values() if turnout.came],
    )
