"""How many said yes, came, stayed away: counts of deeds, for any number of events at the price of one."""

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
class EventNumbers:
    """The counts of one event. Those still in a sealed envelope have said yes too.

    Who came counts those the door let in by a code or a row while their name is still sealed (`by_code`).
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


def numbers_of(events: Iterable[Event]) -> dict[int, EventNumbers]:
    """Give the counts of each event: three questions to the desk, one to the square."""
    listed = list(events)
    numbers = {event.pk: EventNumbers() for event in listed}
    of_uuid = {event.uuid: event.pk for event in listed}
    envelopes = {
        uuid: (about, state, seen)
        for uuid, about, state, seen in Envelope.objects.filter(about__in=of_uuid).values_list(
            "uuid", "about", "state", "seen"
        )
    }
    signed: set[UUID] = set()
    deeds = Attendance.objects.filter(event__in=numbers).select_related("contact")
    for deed in deeds:
        if deed.envelope is not None:
            signed.add(deed.envelope)
        taken_back = deed.envelope in envelopes and envelopes[deed.envelope][1] == "cancelled"
        event_pk = deed.event_id
        numbers[event_pk] = _with(numbers[event_pk], deed, taken_back)
    for uuid, (about, state, seen) in envelopes.items():
        if uuid not in signed and state != "cancelled" and not seen:
            one = numbers[of_uuid[about]]
            numbers[of_uuid[about]] = replace(one, in_envelopes=one.in_envelopes + 1)
    at_the_door = CheckIn.objects.filter(event__in=numbers).order_by().values_list("event")
    for event_pk, unmatched, sealed in at_the_door.annotate(
        unmatched=Count("pk", filter=Q(attendance=None)), rows=Count("sealed")
    ):
        one = numbers[event_pk]
        numbers[event_pk] = replace(one, came=one.came + unmatched, by_code=unmatched, sealed_rows=sealed)
    return numbers


def _with(numbers: EventNumbers, deed: Attendance, taken_back: bool) -> EventNumbers:
    cancelled = deed.presence == Presence.CANCELLED or (taken_back and deed.presence == Presence.COMING)
    came = deed.presence == Presence.CAME
    signed = deed.envelope is not None
    return replace(
        numbers,
        cancelled=numbers.cancelled + cancelled,
        collected=numbers.collected + (signed and not cancelled),
        came=numbers.came + came,
        came_of_those=numbers.came_of_those + (came and signed),
        unannounced=numbers.unannounced + (came and not signed),
        missed=numbers.missed + (deed.presence == Presence.MISSED),
        new_people=numbers.new_people + (came and deed.contact.met_on >= deed.day),
    )


def next_steps_given(event: Event) -> int:
    """How many of those who came have a dated next step or said they want none."""
    came = Attendance.objects.filter(event=event).came()
    open_or_said = [StepState.OPEN, StepState.NONE_WANTED]
    return came.filter(contact__next_steps__state__in=open_or_said).values("contact").distinct().count()


def forecast_of(event: Event, numbers: EventNumbers) -> Forecast | None:
    """Forecast who comes from the yeses, and from the organisation's own last ten events."""
    past = (
        Event.objects.of(event.organisation).past().exclude(pk=event.pk).filter(starts_at__lt=event.starts_at)
    )
    known = numbers_of(past[:10])
    return forecast(
        numbers.said_yes, [(one.said_yes, one.came_of_those) for one in known.values() if one.came]
    )
