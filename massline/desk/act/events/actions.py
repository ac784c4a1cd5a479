"""Planning what people come to, taking attendance, and seeing that nobody leaves without a next step."""

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction

from massline.desk.act.events.change_notices import tell_cancelled, tell_change, told_so_far
from massline.desk.act.events.facts import EventPlan
from massline.desk.act.events.models import Event
from massline.desk.act.events.series import Series
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation
from massline.square.calls import actions as call_actions
from massline.square.calls.facts import EventFacts, facts_of, names_of, write_facts
from massline.square.envelopes import timeslots
from massline.square.organisations.models import PublicOrganisation


def plan(
    *, organisation: Organisation, by: Account | None, facts: EventPlan, series: Series | None = None
) -> Event:
    """Set an event, and show it on the square where the organisation shows itself."""
    with transaction.atomic(using="desk"):
        event = Event.objects.create(organisation=organisation, made_by=by, series=series, **asdict(facts))
        chain.write(organisation, by, "planned an event", event)
        face = PublicOrganisation.objects.filter(uuid=organisation.uuid).first()
        if face is not None:
            call_actions.plan(organisation=face, uuid=event.uuid, facts=facts_of(EventFacts, event))
    return event


def change(*, event: Event, by: Account | None, facts: EventPlan) -> Event:
    """Change an event that no call stands behind; one that has a call is changed there."""
    if event.call_id is not None:
        raise ValueError("This event belongs to a call. Change the call.")
    was = told_so_far(event)
    with transaction.atomic(using="desk"):
        write_facts(event, facts)
        event.save(update_fields=names_of(EventPlan))
        chain.write(event.organisation, by, "changed an event", event)
        tell_change(event, was)
        call_actions.change(uuid=event.uuid, event=facts_of(EventFacts, event))
    return event


def cancel(*, event: Event, by: Account | None, reason: str) -> Event:
    """Call an event off that no call stands behind. Its page on the square stays and says so."""
    if event.call_id is not None:
        raise ValueError("This event belongs to a call. Call the call off.")
    with transaction.atomic(using="desk"):
        event.cancelled = True
        event.save(update_fields=["cancelled"])
        chain.write(event.organisation, by, "called an event off", event)
        tell_cancelled(event)
        call_actions.cancel(uuid=event.uuid, reason=reason)
    return event


def set_slots(*, event: Event, wanted: Sequence[tuple[str, int]], by: Account | None) -> bool:
    """Set the hours and roles of an event and how many each needs; False where it is not on the square."""
    face = PublicOrganisation.objects.filter(uuid=event.organisation.uuid).first()
    if face is None:
        return False
    with transaction.atomic(using="desk"):
        chain.write(event.organisation, by, "set hours and roles", event)
        timeslots.set_slots(organisation=face, about=event.uuid, wanted=wanted)
    return True


def count(*, event: Event, headcount: int, by: Account | None) -> Event:
    """Write down how many were there, counted by eye."""
    with transaction.atomic(using="desk"):
        event.headcount = headcount
        event.save(update_fields=["headcount"])
        chain.write(event.organisation, by, "counted heads", event)
    return event
