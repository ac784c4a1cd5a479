"""Events that people come to."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.desk.act.events.event_plan import EventPlan
from massline.desk.act.events.join_link import JoinLink  # noqa: F401
from massline.desk.act.events.querysets import EventQuerySet
from massline.desk.act.events.series import Series
from massline.desk.call.models import Call
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager
from massline.square.calls.fact_columns import EventColumns
from massline.square.calls.facts import facts_of
from massline.square.calls.states import EventKind


class Event(EventColumns):
    """An event that people come to. Its uuid identifies it on the square and in calendars too."""

    lives = NoOwnExpiry("what, where and when, and how many came")

    uuid = models.UUIDField(unique=True, default=uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="events")
    call = models.OneToOneField(Call, null=True, blank=True, on_delete=models.PROTECT, related_name="event")
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="events"
    )
    kind = models.CharField(max_length=14, choices=EventKind.choices, default=EventKind.MASS_MEETING)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    forecast = models.PositiveIntegerField(null=True, blank=True, help_text="how many we expect to come")
    headcount = models.PositiveIntegerField(null=True, blank=True, help_text="how many were there, counted")
    cancelled = models.BooleanField(default=False)
    next_event = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="previous_events"
    )
    closed_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager.from_queryset(EventQuerySet)("organisation")

    class Meta:
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def facts(self) -> EventPlan:
        return facts_of(EventPlan, self)

    @property
    def online_link(self) -> str:
        """The link to the online room; empty without one, and where people meet in person alone."""
        link = getattr(self, "join_link", None) if self.is_online else None
        return link.address if link is not None else ""

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()
