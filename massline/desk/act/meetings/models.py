"""Meetings, their agenda items with clock and minutes, and the queue of speakers."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from massline.core.expiry import ExpiresAfter, NoOwnExpiry
from massline.desk.act.events.models import Event
from massline.desk.decide.motions.models import Motion
from massline.desk.people.scope import ScopedManager


class Meeting(models.Model):
    """The meeting of an event, from its agenda until it is closed."""

    lives = NoOwnExpiry("the agenda and the minute of an organisation")

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="meeting")
    present = models.PositiveIntegerField(null=True, blank=True)
    no_next_because = models.CharField(
        max_length=240, blank=True, help_text="why no next meeting could be announced"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager("event__organisation")

    def __str__(self) -> str:
        return str(self.event)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def running(self) -> "Item | None":
        """The item being discussed now, if any."""
        return next((item for item in self.items.all() if item.is_running), None)

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items.all())


class Item(models.Model):
    """An agenda item: who opens it, how long it may take, and its minutes."""

    lives = NoOwnExpiry("the agenda and the minute of an organisation")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    title = models.CharField(max_length=160)
    who = models.CharField(max_length=60, blank=True, help_text="who opens it: a name to call, or a group")
    minutes = models.PositiveIntegerField(default=10)
    place = models.PositiveIntegerField(default=0)
    motion = models.ForeignKey(Motion, null=True, blank=True, on_delete=models.SET_NULL, related_name="items")
    minute = models.TextField(blank=True, max_length=2000, help_text="what was said and settled, no names")
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager("meeting__event__organisation")

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        return self.begun_at is not None and self.ended_at is None

    @property
    def taken(self) -> timedelta:
        """Time spent on it so far."""
        if self.begun_at is None:
            return timedelta()
        return (self.ended_at or timezone.now()) - self.begun_at

    @property
    def minutes_taken(self) -> int:
        return round(self.taken.total_seconds() / 60)

    @property
    def minutes_left(self) -> int:
        """Whole minutes left, rounded up; zero or less once the time is over."""
        return -int((self.taken.total_seconds() - self.minutes * 60) // 60)

    @property
    def minutes_over(self) -> int:
        return max(0, int(self.taken.total_seconds() // 60) - self.minutes)

    @property
    def is_over_time(self) -> bool:
        return self.taken > timedelta(minutes=self.minutes)


class Waiting(models.Model):
    """A speaker waiting under an item, by the name they gave; deleted the day after at the latest.

    An item with a motion uses the motion's own list of speakers instead.
    """

    lives = ExpiresAfter(since="day", days=1)

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="waiting")
    name = models.CharField(max_length=40)
    place = models.PositiveIntegerField(default=0)
    is_first_time = models.BooleanField(default=False)
    day = models.DateField(default=timezone.localdate)

    objects = ScopedManager("item__meeting__event__organisation")

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.name
