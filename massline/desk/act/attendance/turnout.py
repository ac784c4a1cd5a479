"""Turnout of events: sign-ups, arrivals and absences, counted for many events with a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from massline.desk.act.attendance.check_in_model import CheckIn
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.events.forecast import Forecast, forecast
from massline.desk.act.events.models import Event
from massline.desk.people.states import StepState
from massline.square.envelopes.models import Envelope, EnvelopeState
from massline.square.envelopes.places import count_sign_ups


@dataclass(frozen=True)
class Turnout:
    """Counts of people at one event. `said_yes` are those whom the public page counts as coming, and `waiting` those
    on its waiting list; `in_envelopes` are sign-ups that are still sealed.

    `came` includes people checked in by code or sheet row whose name is still sealed (`by_code`).
    """

    said_yes: int = 0
    waiting: int = 0
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


def count_turnout(events: Iterable[Event]) -> dict[int, Turnout]:
    """Count each event by its primary key, with two queries to the desk and two to the square."""
    all_events = list(events)
    signed = count_sign_ups(event.uuid for event in all_events)
    numbers = {
        event.pk: Turnout(signed[event.uuid].coming, signed[event.uuid].waiting, signed[event.uuid].sealed)
        for event in all_events
    }
    sign_ups = Envelope.objects.filter(about__in=signed).values_list("uuid", "state", "people")
    states = {uuid: (state, people) for uuid, state, people in sign_ups}
    attendances = Attendance.objects.filter(event__in=numbers).select_related("contact")
    for attendance in attendances:
        state, _people = states.get(attendance.envelope, ("", 0)) if attendance.envelope else ("", 0)
        event_pk = attendance.event_id
        numbers[event_pk] = _add_attendance(numbers[event_pk], attendance, state)
    at_the_door = CheckIn.objects.filter(event__in=numbers).values_list(
        "event", "envelope", "attendance", "sealed"
    )
    for event_pk, envelope, attendance_pk, sealed in at_the_door:
        turnout = numbers[event_pk]
        people = states.get(envelope, ("", 1))[1] if attendance_pk is None else 0
        numbers[event_pk] = replace(
            turnout,
            came=turnout.came + people,
            by_code=turnout.by_code + people,
            sealed_rows=turnout.sealed_rows + (sealed is not None),
        )
    return numbers


def _add_attendance(numbers: Turnout, attendance: Attendance, sign_up: str) -> Turnout:
    """Add one person and those with them. `sign_up` is the state of their sign-up; empty once the square deleted it."""
    people, came = attendance.people, attendance.presence == Presence.CAME
    cancelled = attendance.presence == Presence.CANCELLED or (
        sign_up == EnvelopeState.CANCELLED and attendance.presence == Presence.COMING
    )
    signed = attendance.envelope is not None
    return replace(
        numbers,
        said_yes=numbers.said_yes + people * (signed and not sign_up and not cancelled),
        cancelled=numbers.cancelled + people * cancelled,
        came=numbers.came + people * came,
        came_of_those=numbers.came_of_those + people * (came and signed),
        unannounced=numbers.unannounced + people * (came and not signed),
        missed=numbers.missed + people * (attendance.presence == Presence.MISSED),
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
