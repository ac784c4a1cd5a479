"""Turnout of the last events in numbers, beside the trend; and what plans say will remain, beside what does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from massline.core.date_formats import format_day
from massline.core.disclosure_threshold import threshold
from massline.desk.act.attendance.stayed_counts import count_stayed
from massline.desk.act.attendance.turnout import count_turnout
from massline.desk.act.events.models import Event
from massline.desk.decide.plans.models import Phase
from massline.desk.learn.reviews.models import AfterActionReview
from massline.desk.people.mandate_models import Holding
from massline.desk.people.models import Organisation
from massline.desk.sumup.source_material.pulse_board import PulseBoard, WatchPulse
from massline.engine.privacy.threshold import Threshold
from massline.web.charts.momentum import TurnoutBar, draw_momentum

EVENTS = 12
LATELY = timedelta(days=60)


@dataclass(frozen=True)
class EventRow:
    """One event: how many came, how many of them were new, and how many stayed; None where it may not be told.

    A part is told only where the rest of those who came may be told too, so that no small number is found by subtraction.
    """

    event: Event
    day: date
    came: int | None
    new: int | None
    stayed: int | None


@dataclass(frozen=True)
class PhaseRow:
    """A phase of a plan: how many were to remain, and how many hold a role today."""

    phase: Phase
    planned: int
    now: int

    @property
    def is_short(self) -> bool:
        return self.now < self.planned


class Momentum:
    """The last events of an organisation, oldest first, with a chart."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation

    @cached_property
    def rows(self) -> list[EventRow]:
        past = Event.objects.of(self.organisation).past().filter(cancelled=False)
        events = list(past.order_by("-starts_at")[:EVENTS])[::-1]
        reviews = {review.event_id: review for review in AfterActionReview.objects.filter(event__in=events)}
        turnout, stayed = count_turnout(events), count_stayed(events)
        least = threshold(self.organisation)
        rows = []
        for event in events:
            review, counted = reviews.get(event.pk), turnout[event.pk]
            came = (review.turnout if review else None) or event.headcount or counted.came
            new = review.numbers.get("new_people") if review else counted.new_people
            day = event.starts_at.astimezone(self.organisation.zone).date()
            if came:
                parts = [_part(part, came, least) for part in (new, stayed[event.pk])]
                rows.append(EventRow(event, day, came if least.shows(came) else None, *parts))
        return rows

    @cached_property
    def trend(self) -> WatchPulse | None:
        """The tracked issue that is most awake."""
        return next(iter(PulseBoard(self.organisation).watches), None)

    @property
    def title(self) -> str:
        """What is to be seen: whether more or fewer came than the time before."""
        if len(self.rows) < 2:
            return _("One event is over")
        before, last = self.rows[-2].came, self.rows[-1].came
        if before is None or last is None:
            return _("So few came to one of the last two events that they are not compared")
        if last > before:
            return _("More people came than the time before: %(n)d") % {"n": last}
        if last < before:
            return _("Fewer people came than the time before: %(n)d") % {"n": last}
        return _("As many people came as the time before: %(n)d") % {"n": last}

    @property
    def wide(self) -> str:
        return self._drawn(narrow=False)

    @property
    def narrow(self) -> str:
        return self._drawn(narrow=True)

    def _drawn(self, *, narrow: bool) -> str:
        if not self.rows:
            return ""
        first, today = self.rows[0].day, timezone.localdate()
        bars = [
            TurnoutBar((row.day - first).days, row.came, row.new or 0)
            for row in self.rows
            if row.came is not None
        ]
        return draw_momentum(
            bars,
            _since(self.trend, first, today) if self.trend else [],
            days=(today - first).days + 1,
            came_word=_("Who came, new faces in red"),
            pulse_word=self.trend.name if self.trend else "",
            first=format_day(first),
            last=format_day(today),
            title=_("Who comes to us, and what happens outside"),
            desc=_("Bars above: people at our events. Lines below: events of the tracked issue, day by day."),
            id="momentum-narrow" if narrow else "momentum",
            narrow=narrow,
        )

    @cached_property
    def phases(self) -> Sequence[PhaseRow]:
        """Phases that run or ended lately and say how many remain afterwards."""
        running = Phase.objects.filter(
            plan__organisation=self.organisation,
            stay_count__isnull=False,
            starts_on__lte=timezone.localdate(),
            ends_on__gte=timezone.localdate() - LATELY,
        )
        held = Holding.objects.filter(
            mandate__organisation=self.organisation, mandate__closed_on=None, until=None
        ).count()
        return [PhaseRow(phase, phase.stay_count or 0, held) for phase in running.select_related("plan")]


def _part(part: int | None, whole: int, least: Threshold) -> int | None:
    """A part of those who came, where it and the rest may be told."""
    return part if part is not None and least.shows_all(part, whole - part) else None


def _since(trend: WatchPulse, first: date, last: date) -> list[int]:
    """Daily counts from one day to another; days that the estimate no longer holds count nothing."""
    newest = trend.issue.last_day
    counts = {}
    if newest is not None:
        known = list(trend.issue.counts)
        start = newest - timedelta(days=len(known) - 1)
        counts = {start + timedelta(days=i): n for i, n in enumerate(known)}
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    return [counts.get(day, 0) for day in days]
