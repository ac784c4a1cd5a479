"""Planning a series: the next five weeks at once, later ones by the worker, none once it has ended."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from massline.desk.act.events.actions import plan_event
from massline.desk.act.events.facts import EventPlan
from massline.desk.act.events.series import Recurrence, Series
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
        plan_ahead(series, by=by)
    return series


def plan_ahead(series: Series, *, by: Account | None) -> int:
    """Plan the events that a series has due and return their number. Events planned before, cancelled or not, are not planned again."""
    due = list(series.due(timezone.localdate())) if series.ended_on is None else []
    for starts_at in due:
        with transaction.atomic(using="desk"):
            ends_at = starts_at + series.lasts
            facts = facts_of(EventPlan, series, starts_at=starts_at, ends_at=ends_at, forecast=None)
            plan_event(organisation=series.organisation, facts=facts, series=series, by=by)
            series.planned_to = starts_at.date()
            series.save(update_fields=["planned_to"])
    return len(due)


def end_series(*, series: Series, by: Account | None) -> Series:
    """End a series. Events already planned stay until they are cancelled."""
    with transaction.atomic(using="desk"):
        series.ended_on = timezone.localdate()
        series.save(update_fields=["ended_on"])
        chain.append_line(series.organisation, by, "ended a series", series)
    return series
