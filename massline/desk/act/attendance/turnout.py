"""Turnout of events: sign-ups, arrivals and absences, counted for many events with a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict, cast
from uuid import UUID

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from massline.core.parameter_batches import batched
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.check_in.models import CheckIn
from massline.desk.act.events.models import Event
from massline.desk.act.events.turnout_forecast import TurnoutForecast, forecast_from_past_events
from massline.desk.people.choices import NextStepState
from massline.square.envelopes.event_capacity import SignUpCount, count_sign_ups
from massline.square.envelopes.models import Envelope, EnvelopeState

AT_ONCE = 500


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


class _Counted(TypedDict):
    event: int
    kept: int
    cancelled: int
    came: int
    came_of_those: int
    unannounced: int
    missed: int
    new_people: int


def count_turnout(events: Iterable[Event]) -> dict[int, Turnout]:
    """Count each event by its primary key: a fixed number of queries, and no row for each person."""
    all_events = list(events)
    if not all_events:
        return {}
    signed = count_sign_ups(event.uuid for event in all_events)
    on_square = _events_on_square(signed)
    late = _sum_unseen_cancellations(signed)
    attended = {row["event"]: row for row in _count_attendances([event.pk for event in all_events])}
    at_door = _count_at_door([event.pk for event in all_events])
    return {
        event.pk: _turnout(
            signed[event.uuid],
            attended.get(event.pk, _NOBODY),
            late=late.get(event.pk, 0),
            is_on_square=event.uuid in on_square,
            at_door=at_door.get(event.pk, (0, 0)),
        )
        for event in all_events
    }


_NOBODY = _Counted(
    event=0, kept=0, cancelled=0, came=0, came_of_those=0, unannounced=0, missed=0, new_people=0
)


def _turnout(
    signed: SignUpCount, row: _Counted, *, late: int, is_on_square: bool, at_door: tuple[int, int]
) -> Turnout:
    """Put one event's counts together. Once the square has deleted its sign-ups, the desk knows who had said yes."""
    by_code, sealed_rows = at_door
    kept = row["kept"] - late
    return Turnout(
        said_yes=signed.coming + (0 if is_on_square else kept),
        waiting=signed.waiting,
        in_envelopes=signed.sealed,
        cancelled=row["cancelled"] + late,
        came=row["came"] + by_code,
        came_of_those=row["came_of_those"],
        unannounced=row["unannounced"],
        missed=row["missed"],
        new_people=row["new_people"],
        by_code=by_code,
        sealed_rows=sealed_rows,
    )


def _count_attendances(events: Sequence[int]) -> list[_Counted]:
    """One row for each event: people by presence, those with them included, and who came for the first time."""
    came, cancelled = Q(presence=Presence.CAME), Q(presence=Presence.CANCELLED)
    signed = Q(envelope__isnull=False)
    counted = (
        Attendance.objects.filter(event__in=events)
        .order_by()
        .values("event")
        .annotate(
            kept=_people(signed & ~cancelled),
            cancelled=_people(cancelled),
            came=_people(came),
            came_of_those=_people(came & signed),
            unannounced=_people(came & ~signed),
            missed=_people(Q(presence=Presence.MISSED)),
            new_people=Count("pk", filter=came & Q(contact__met_on__gte=F("day"))),
        )
    )
    return cast(list[_Counted], list(counted))


def _people(which: Q) -> Coalesce:
    return Coalesce(Sum("people", filter=which), 0)


def _events_on_square(events: Iterable[UUID]) -> set[UUID]:
    """Events of which the square still has sign-ups; it deletes all of one event on the same day."""
    kept = Envelope.objects.filter(about__in=list(events), on_paper=False).order_by()
    return set(kept.values_list("about", flat=True).distinct())


def _sum_unseen_cancellations(events: Iterable[UUID]) -> dict[int, int]:
    """People whose sign-up was cancelled on the square and who are still expected at the desk, by event."""
    cancelled = Envelope.objects.filter(about__in=list(events), state=EnvelopeState.CANCELLED)
    uuids = list(cancelled.values_list("uuid", flat=True))
    found = Counter[int]()
    for some in batched(uuids, AT_ONCE):
        expected = Attendance.objects.filter(envelope__in=some, presence=Presence.COMING).order_by()
        found.update(dict(expected.values_list("event").annotate(n=Sum("people"))))
    return found


def _count_at_door(events: Sequence[int]) -> dict[int, tuple[int, int]]:
    """For each event the people checked in by a code whose name is still sealed, and the sealed rows of its sheet."""
    arrivals = CheckIn.objects.filter(event__in=events).order_by()
    rows = dict(arrivals.exclude(sealed=None).values_list("event").annotate(n=Count("pk")))
    nameless = arrivals.filter(attendance=None)
    people = Counter[int](dict(nameless.filter(envelope=None).values_list("event").annotate(n=Count("pk"))))
    for some in batched(nameless.exclude(envelope=None).values_list("event", "envelope"), AT_ONCE):
        sizes = dict(
            Envelope.objects.filter(uuid__in=[uuid for _event, uuid in some]).values_list("uuid", "people")
        )
        for event, envelope in some:
            people[event] += sizes.get(envelope, 1) if envelope else 1
    return {event: (people[event], rows.get(event, 0)) for event in {*people, *rows}}


def count_next_steps(event: Event) -> int:
    """Count those who came and have an open next step or want none."""
    came = Attendance.objects.filter(event=event).came()
    open_or_said = [NextStepState.OPEN, NextStepState.NONE_WANTED]
    return came.filter(contact__next_steps__state__in=open_or_said).values("contact").distinct().count()


def forecast_turnout(event: Event, numbers: Turnout) -> TurnoutForecast | None:
    """Forecast the turnout from the sign-ups and the organisation's last ten events."""
    past = (
        Event.objects.of(event.organisation).past().exclude(pk=event.pk).filter(starts_at__lt=event.starts_at)
    )
    known = count_turnout(past[:10])
    return forecast_from_past_events(
        numbers.said_yes,
        [(turnout.said_yes, turnout.came_of_those) for turnout in known.values() if turnout.came],
    )
