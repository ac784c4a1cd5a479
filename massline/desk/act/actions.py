"""Planning what people come to, taking attendance, and seeing that nobody leaves without a next step."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from massline.desk.act.changing import tell_cancelled, tell_change, told_so_far
from massline.desk.act.collecting import Collected, collect
from massline.desk.act.models import Attendance, Event, Presence
from massline.desk.act.series import Series
from massline.desk.act.sign_ups import SignUp, new_contact
from massline.desk.guard import gate
from massline.desk.guard.audit import chain
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Contact, NextStep, Organisation
from massline.desk.people.querysets import ContactQuerySet
from massline.desk.people.states import Source, StepState
from massline.square.calls import actions as square
from massline.square.envelopes import timeslots
from massline.square.organisations.models import PublicOrganisation

__all__ = ["Collected", "collect"]

KEPT_AFTER_DEED = timedelta(days=14)


class Facts(TypedDict, total=False):
    """The facts of an event that can be changed."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    about: str
    access: str
    forecast: int | None


def plan(
    *,
    organisation: Organisation,
    kind: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    by: Account | None,
    about: str = "",
    access: str = "",
    forecast: int | None = None,
    series: Series | None = None,
) -> Event:
    """Set an event, and show it on the square where the organisation shows itself."""
    with transaction.atomic(using="desk"):
        event = Event.objects.create(
            organisation=organisation,
            kind=kind,
            title=title,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place,
            about=about,
            access=access,
            forecast=forecast,
            series=series,
            made_by=by,
        )
        chain.write(organisation, by, "planned an event", event)
        face = PublicOrganisation.objects.filter(uuid=organisation.uuid).first()
        if face is not None:
            square.plan(organisation=face, uuid=event.uuid, facts=_facts(event))
    return event


def change(*, event: Event, by: Account | None, **facts: Unpack[Facts]) -> Event:
    """Change an event that no call stands behind; one that has a call is changed there."""
    if event.call_id is not None:
        raise ValueError("This event belongs to a call. Change the call.")
    was = told_so_far(event)
    with transaction.atomic(using="desk"):
        for name, value in facts.items():
            setattr(event, name, value)
        event.save(update_fields=list(facts))
        chain.write(event.organisation, by, "changed an event", event)
        tell_change(event, was)
        square.change(uuid=event.uuid, event=_facts(event))
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
        square.cancel(uuid=event.uuid, reason=reason)
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


def mark(*, event: Event, contact: Contact, presence: str, by: Account | None) -> Attendance:
    """Say whether somebody came. Said twice, or corrected, there is one mark."""
    with transaction.atomic(using="desk"):
        attendance, _made = Attendance.objects.update_or_create(
            event=event, contact=contact, defaults={"presence": Presence(presence)}
        )
        if presence == Presence.CAME:
            _keep(contact, event.starts_at.date() + KEPT_AFTER_DEED)
        chain.write(event.organisation, by, "took attendance", event)
    return attendance


def add_walk_in(*, event: Event, vault: Vault, name: str, point: str, by: Account | None) -> Contact:
    """Welcome somebody who came unannounced and agrees to be contacted.

    Known by their contact point, they are the same person. Raises NotYetSafe, as `collect` does.
    """
    organisation = event.organisation
    gate.require(organisation)
    sign_up = SignUp(name, point, organisation.language)
    keep_until = event.starts_at.date() + KEPT_AFTER_DEED
    with transaction.atomic(using="desk"):
        contact = Contact.objects.filter(organisation=organisation, blind_index=vault.index(point)).first()
        if contact is None:
            contact = new_contact(
                organisation, vault, sign_up, source=Source.AT_EVENT, keep_until=max(keep_until, _soon())
            )
        Contact.objects.filter(pk=contact.pk, consent_on=None).update(consent_on=timezone.localdate())
        mark(event=event, contact=contact, presence=Presence.CAME, by=by)
    return contact


def give_next_step(
    *, contact: Contact, what: str, due_on: date | None, owner: Account, by: Account | None
) -> NextStep:
    """Agree on what somebody does next. Without a day it is their word that they want none."""
    with transaction.atomic(using="desk"):
        contact.next_steps.open().update(state=StepState.DONE)
        state = StepState.OPEN if due_on else StepState.NONE_WANTED
        step = NextStep.objects.create(contact=contact, owner=owner, what=what, due_on=due_on, state=state)
        if due_on is not None:
            _keep(contact, due_on + KEPT_AFTER_DEED)
        chain.write(contact.organisation, by, "gave a next step", step)
    return step


def came_without_step(event: Event) -> ContactQuerySet:
    """Everybody who came to an event and has nothing dated to do next."""
    came = Attendance.objects.filter(event=event).came()
    return Contact.objects.of(event.organisation).filter(attendances__in=came).without_next_step()


def give_next_step_to_all(
    *, event: Event, what: str, due_on: date, owner: Account, by: Account | None
) -> int:
    """Give everybody who came and has no next step the same one; say how many."""
    with transaction.atomic(using="desk"):
        contacts = list(came_without_step(event).select_related("organisation"))
        for contact in contacts:
            give_next_step(contact=contact, what=what, due_on=due_on, owner=owner, by=by)
    return len(contacts)


def finish_step(*, step: NextStep, by: Account | None) -> NextStep:
    with transaction.atomic(using="desk"):
        step.state = StepState.DONE
        step.save(update_fields=["state"])
        chain.write(step.contact.organisation, by, "finished a next step", step)
    return step


def count(*, event: Event, headcount: int, by: Account | None) -> Event:
    """Write down how many were there, counted by eye."""
    with transaction.atomic(using="desk"):
        event.headcount = headcount
        event.save(update_fields=["headcount"])
        chain.write(event.organisation, by, "counted heads", event)
    return event


def _keep(contact: Contact, until: date) -> None:
    """Who acts again is kept again as long as the deed asks for, never shorter."""
    if contact.keep_until < until:
        contact.keep_until = until
        contact.save(update_fields=["keep_until"])


def _soon() -> date:
    return timezone.localdate() + KEPT_AFTER_DEED


def _facts(event: Event) -> square.EventFacts:
    return square.EventFacts(
        kind=event.kind,
        title=event.title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        place=event.place,
        about=event.about,
        access=event.access,
    )
