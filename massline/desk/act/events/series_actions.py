"""Planning a series: the next five weeks at once, later ones by the worker, none once it has ended."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from massline.desk.act.events.actions import (
    cancel_event,
    change_event,
    copy_slots,
    give_join_link,
    plan_event,
)
from massline.desk.act.events.event_plan import EventPlan
from massline.desk.act.events.models import Event
from massline.desk.act.events.querysets import EventQuerySet
from massline.desk.act.events.series import AppliesTo, Recurrence, Series
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation
from massline.square.calls.facts import EventFacts, facts_of, names_of

# Facts that are the same each time.
REPEATED = [name for name in names_of(EventFacts) if name not in ("starts_at", "ends_at")]


def plan_series(*, organisation: Organisation, every: str, by: Account | None, facts: EventFacts) -> Series:
    """Start a series and plan its next five weeks."""
    with transaction.atomic(using="desk"):
        series = Series.objects.create(
            organisation=organisation,
            every=Recurrence(every),
            first_at=facts.starts_at,
            lasts=facts.ends_at - facts.starts_at,
            planned_to=facts.starts_at.astimezone(organisation.zone).date() - timedelta(days=1),
            **{name: getattr(facts, name) for name in REPEATED},
        )
        chain.append_line(organisation, by, "planned a series", series)
        plan_due_events(series, by=by)
    return series


def plan_due_events(series: Series, *, by: Account | None) -> int:
    """Plan the events that a series has due and return their number. Events planned before, cancelled or not, are not planned again."""
    due = list(series.due(timezone.localdate())) if series.ended_on is None else []
    for starts_at in due:
        with transaction.atomic(using="desk"):
            ends_at = starts_at + series.lasts
            facts = facts_of(EventPlan, series, starts_at=starts_at, ends_at=ends_at, forecast=None)
            last = series.events.order_by("starts_at").last()
            event = plan_event(organisation=series.organisation, facts=facts, series=series, by=by)
            if last is not None:
                copy_slots(from_event=last, to_event=event)
            give_join_link(event, series.online_link)
            series.planned_to = starts_at.date()
            series.save(update_fields=["planned_to"])
    return len(due)


def change_series_events(*, event: Event, applies_to: str, by: Account | None, facts: EventPlan) -> int:
    """Change one event of a series, this and all that follow, or all to come; return how many changed.

    Only what differs from this event's facts is changed in the others, hours by as much as here. Later dates of the
    series are planned with the new facts.
    """
    changed = {name: value for name, value in asdict(facts).items() if value != getattr(event, name)}
    others = list_other_dates(event, applies_to)
    was_at = event.starts_at
    with transaction.atomic(using="desk"):
        change_event(event=event, by=by, facts=facts)
        for other in others:
            change_event(event=other, by=by, facts=_moved_facts(other, changed, was_at, facts))
        if event.series is not None and applies_to != AppliesTo.THIS:
            _change_series(event.series, event, was_at, facts, by)
    return 1 + len(others)


def cancel_series_events(*, event: Event, applies_to: str, by: Account | None, reason: str) -> int:
    """Cancel one event of a series, this and all that follow, or all to come; return how many.

    Unless it is one alone, the series ends too.
    """
    others = list_other_dates(event, applies_to)
    with transaction.atomic(using="desk"):
        for cancelled in (event, *others):
            cancel_event(event=cancelled, by=by, reason=reason)
        if event.series is not None and applies_to != AppliesTo.THIS and event.series.ended_on is None:
            end_series(series=event.series, by=by)
    return 1 + len(others)


def list_other_dates(event: Event, applies_to: str) -> list[Event]:
    """The other events of the series that a change applies to: those that can still be changed."""
    if event.series is None or applies_to == AppliesTo.THIS:
        return []
    others: EventQuerySet = event.series.events.select_related("organisation").coming_up()
    others = others.filter(call=None, closed_at=None).exclude(pk=event.pk)
    if applies_to == AppliesTo.LATER:
        others = others.filter(starts_at__gt=event.starts_at)
    return list(others)


def _moved_facts(other: Event, changed: dict[str, object], was_at: datetime, facts: EventPlan) -> EventPlan:
    """The facts of another event with what was changed; its day moves by as many days, its hour is the new one."""
    moved = {name: value for name, value in changed.items() if name not in ("starts_at", "ends_at")}
    if not {"starts_at", "ends_at"} & changed.keys():
        return replace(other.facts, **moved)  # type: ignore[arg-type]
    zone = other.organisation.zone
    before, now = was_at.astimezone(zone), facts.starts_at.astimezone(zone)
    day = other.starts_at.astimezone(zone).date() + (now.date() - before.date())
    starts_at = datetime.combine(day, now.time(), tzinfo=zone)
    ends_at = starts_at + (facts.ends_at - facts.starts_at)
    return replace(other.facts, **moved, starts_at=starts_at, ends_at=ends_at)  # type: ignore[arg-type]


def _change_series(
    series: Series, event: Event, was_at: datetime, facts: EventPlan, by: Account | None
) -> None:
    """Let dates that are planned later have the new facts and hours."""
    zone = series.organisation.zone
    moved = facts.starts_at.astimezone(zone).date() - was_at.astimezone(zone).date()
    for name in REPEATED:
        setattr(series, name, getattr(facts, name))
    series.first_at, series.lasts = event.starts_at, facts.ends_at - facts.starts_at
    series.planned_to += moved
    series.save()
    chain.append_line(series.organisation, by, "changed a series", series)


def end_series(*, series: Series, by: Account | None) -> Series:
    """End a series. Events already planned stay until they are cancelled."""
    with transaction.atomic(using="desk"):
        series.ended_on = timezone.localdate()
        series.save(update_fields=["ended_on"])
        chain.append_line(series.organisation, by, "ended a series", series)
    return series
