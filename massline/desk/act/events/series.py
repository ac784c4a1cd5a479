"""Events that recur by a rule in local time, planned five weeks ahead.

Each event of a series is changed or cancelled on its own, with all that follow, or with all to come.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.core.sealed_columns import Sealed
from massline.desk.guard.keys.server_seal import open_with_server, seal_with_server
from massline.desk.people.models import Organisation
from massline.desk.people.scope import ScopedManager
from massline.square.calls.fact_columns import EventColumns

AHEAD = timedelta(days=35)


class Recurrence(models.TextChoices):
    WEEK = "week", _("every week")
    TWO_WEEKS = "two_weeks", _("every two weeks")
    MONTH = "month", _("every month on the same weekday")


class AppliesTo(models.TextChoices):
    """Which dates of a series a change is meant for."""

    THIS = "this", _("this one alone")
    LATER = "later", _("this and all that follow")
    ALL = "all", _("all that are still to come")


class Series(EventColumns):
    """A recurring event, and the last day it has been planned to."""

    lives = NoOwnExpiry("what, where and when, for everybody")
    sealed_columns = (Sealed("sealed_link", by="server"),)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="series")
    every = models.CharField(max_length=10, choices=Recurrence.choices)
    kind = models.CharField(max_length=14)
    first_at = models.DateTimeField()
    lasts = models.DurationField()
    planned_to = models.DateField(help_text="the last day that has been planned")
    ended_on = models.DateField(null=True)
    sealed_link = models.BinaryField(null=True, help_text="the link to join online of dates planned later")

    objects = ScopedManager("organisation")

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return f"{self.title}, {self.every}"

    @property
    def online_link(self) -> str:
        """The link to join online that later dates get; empty without one."""
        return open_with_server(bytes(self.sealed_link), self._binding) if self.sealed_link else ""

    def set_online_link(self, link: str) -> None:
        """Set the link of dates that are planned later; saving is left to the caller."""
        self.sealed_link = seal_with_server(link, self._binding) if link else None

    @property
    def _binding(self) -> str:
        return f"join link of series {self.pk}"

    def due(self, today: date) -> Iterator[datetime]:
        """The starts to plan next, five weeks ahead. The local hour stays the same when clocks change."""
        zone = self.organisation.zone
        first = self.first_at.astimezone(zone)
        for day in recurring_days(first.date(), self.every, until=today + AHEAD):
            if day > max(self.planned_to, today - timedelta(days=1)):
                yield datetime.combine(day, first.time(), tzinfo=zone)


def recurring_days(first: date, every: str, *, until: date) -> Iterator[date]:
    """All days of a recurrence, the first one included.

    >>> [str(day) for day in recurring_days(date(2030, 1, 8), "month", until=date(2030, 3, 31))]
    ['2030-01-08', '2030-02-12', '2030-03-12']
    """
    day, which = first, (first.day - 1) // 7
    while day <= until:
        yield day
        if every == Recurrence.MONTH:
            day = _same_weekday(first.weekday(), which, day.replace(day=1) + timedelta(days=32))
        else:
            day += timedelta(weeks=1 if every == Recurrence.WEEK else 2)


def _same_weekday(weekday: int, which: int, month: date) -> date:
    """The same weekday in a month, such as its second Tuesday; the last one if there is no fifth."""
    start = month.replace(day=1)
    day = start + timedelta(days=(weekday - start.weekday()) % 7, weeks=which)
    in_month = monthrange(month.year, month.month)[1]
    return day if day <= start.replace(day=in_month) else day - timedelta(weeks=1)
