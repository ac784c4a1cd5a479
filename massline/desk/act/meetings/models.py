"""An agenda with its clock, who speaks next, and the minute."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from massline.core.expiry import Keep, Stays
from massline.desk.act.events.models import Event
from massline.desk.decide.motions.models import Motion
from massline.desk.people.scope import Scoped


class Meeting(models.Model):
    """The kit of one meeting: begun when its agenda is made, closed when the next one was announced."""

    lives = Stays("the agenda and the minute of an organisation")

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="meeting")
    present = models.PositiveIntegerField(null=True, blank=True)
    no_next_because = models.CharField(
        max_length=240, blank=True, help_text="why no next meeting could be announced"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = Scoped("event__organisation")

    def __str__(self) -> str:
        return str(self.event)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def running(self) -> "Item | None":
        """What is being talked about now."""
        return next((one for one in self.items.all() if one.is_running), None)

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.items.all())


class Item(models.Model):
    """One thing to talk about: who opens it, how long it may take, and what is written down."""

    lives = Stays("the agenda and the minute of an organisation")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    title = models.CharField(max_length=160)
    who = models.CharField(max_length=60, blank=True, help_text="who opens it: a name to call, or a group")
    minutes = models.PositiveIntegerField(default=10)
    place = models.PositiveIntegerField(default=0)
    motion = models.ForeignKey(Motion, null=True, blank=True, on_delete=models.SET_NULL, related_name="items")
    minute = models.TextField(blank=True, max_length=2000, help_text="what was said and settled, no names")
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = Scoped("meeting__event__organisation")

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        return self.begun_at is not None and self.ended_at is None

    @property
    def taken(self) -> timedelta:
        """How long it has been talked about so far."""
        if self.begun_at is None:
            return timedelta()
        return (self.ended_at or timezone.now()) - self.begun_at

    @property
    def minutes_taken(self) -> int:
        return round(self.taken.total_seconds() / 60)

    @property
    def minutes_left(self) -> int:
        """Whole minutes, the begun one counted; nought or less when the time is over."""
        return -int((self.taken.total_seconds() - self.minutes * 60) // 60)

    @property
    def minutes_over(self) -> int:
        return max(0, int(self.taken.total_seconds() // 60) - self.minutes)

    @property
    def is_over_time(self) -> bool:
        return self.taken > timedelta(minutes=self.minutes)


class Waiting(models.Model):
    """Whom to call next where no motion is put, by the name they call themselves. Gone the day after, at the latest.

    Where a motion is put, its own list of speakers is the one.
    """

    lives = Keep(since="day", days=1)

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="waiting")
    name = models.CharField(max_length=40)
    place = models.PositiveIntegerField(default=0)
    is_first_time = models.BooleanField(default=False)
    day = models.DateField(default=timezone.localdate)

    objects = Scoped("item__meeting__event__organisation")

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.name
