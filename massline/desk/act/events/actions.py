"""Planning, changing and cancelling events, their timeslots and their headcount."""

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction

from massline.desk.act.events.change_mailings import (
    announced_facts,
    queue_cancellation_mailing,
    queue_change_mailing,
)
from massline.desk.act.events.event_plan import EventPlan
from massline.desk.act.events.join_link import JoinLink
from massline.desk.act.events.models import Event
from massline.desk.act.events.series import Series
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation
from massline.square.calls import actions as call_actions
from massline.square.calls.facts import EventFacts, facts_of, names_of, set_facts
from massline.square.envelopes import actions as envelopes
from massline.square.envelopes import timeslots
from massline.square.envelopes.event_capacity import capacity_of_event
from massline.square.organisations.models import PublicOrganisation


def plan_event(
    *, organisation: Organisation, by: Account | None, facts: EventPlan, series: Series | None = None
) -> Event:
    """Plan an event, and publish it if the organisation has a public page."""
    with transaction.atomic(using="desk"):
        event = Event.objects.create(organisation=organisation, made_by=by, series=series, **asdict(facts))
        chain.append_line(organisation, by, "planned an event", event)
        face = PublicOrganisation.objects.filter(uuid=organisation.uuid).first()
        if face is not None:
            call_actions.publish_event(organisation=face, uuid=event.uuid, facts=facts_of(EventFacts, event))
    return event


def change_event(*, event: Event, by: Account | None, facts: EventPlan) -> Event:
    """Change an event without a call. Raises ValueError for an event that belongs to a call."""
    if event.call_id is not None:
        raise ValueError("This event belongs to a call. Change the call.")
    before = announced_facts(event)
    with transaction.atomic(using="desk"):
        set_facts(event, facts)
        event.save(update_fields=names_of(EventPlan))
        chain.append_line(event.organisation, by, "changed an event", event)
        queue_change_mailing(event, before)
        call_actions.update_event(uuid=event.uuid, event=facts_of(EventFacts, event))
    return event


def cancel_event(*, event: Event, by: Account | None, reason: str) -> Event:
    """Cancel an event without a call. Its public page stays and says so."""
    if event.call_id is not None:
        raise ValueError("This event belongs to a call. Call the call off.")
    with transaction.atomic(using="desk"):
        event.cancelled = True
        event.save(update_fields=["cancelled"])
        chain.append_line(event.organisation, by, "called an event off", event)
        queue_cancellation_mailing(event)
        call_actions.cancel_event(uuid=event.uuid, reason=reason)
    return event


def set_slots(
    *, event: Event, wanted: Sequence[tuple[str, int]], by: Account | None, limit: int | None = None
) -> bool:
    """Replace the timeslots and roles of an event, and how many people it has room for.

    A renamed slot keeps who has it. False if the event is not public.
    """
    face = PublicOrganisation.objects.filter(uuid=event.organisation.uuid).first()
    if face is None:
        return False
    with transaction.atomic(using="desk"):
        chain.append_line(event.organisation, by, "set hours and roles", event)
        present = [filled.slot.name for filled in timeslots.slots_of(event.uuid)]
        timeslots.set_slots(
            organisation=face, about=event.uuid, wanted=timeslots.match_slots(present, wanted)
        )
        envelopes.set_capacity_and_admit_waiting(organisation=face, about=event.uuid, limit=limit)
    return True


def copy_slots(*, from_event: Event, to_event: Event) -> None:
    """Give an event the hours, roles and limit of another, with nobody in them."""
    face = PublicOrganisation.objects.filter(uuid=to_event.organisation.uuid).first()
    if face is None:
        return
    wanted = [(filled.slot.name, filled.slot.needed) for filled in timeslots.slots_of(from_event.uuid)]
    timeslots.set_slots(organisation=face, about=to_event.uuid, wanted=timeslots.match_slots([], wanted))
    envelopes.set_capacity_and_admit_waiting(
        organisation=face, about=to_event.uuid, limit=capacity_of_event(from_event.uuid)
    )


def give_join_link(event: Event, link: str) -> None:
    """Give a new event the link to join online; nobody has signed up for it yet."""
    if link:
        row = JoinLink(event=event)
        row.set_address(link)
        row.save()


def record_headcount(*, event: Event, headcount: int, by: Account | None) -> Event:
    """Record the number of people present, counted by eye."""
    with transaction.atomic(using="desk"):
        event.headcount = headcount
        event.save(update_fields=["headcount"])
        chain.append_line(event.organisation, by, "counted heads", event)
    return event
