"""Issues an organisation tracks, their events by day, and when each was first known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils import timezone

from massline.core.expiry import Stays
from massline.core.typed_lists import split_list
from massline.desk.people.models import Organisation
from massline.desk.people.scope import ScopedManager

PUBLIC = Stays("what happened in public, and where that can be read")
RECENT_SIGHTINGS = timedelta(days=90)
ALARM_STANDS = timedelta(days=21)
"""How long after an alarm one can act on it: most waves have halved by then."""


@dataclass(frozen=True)
class DailyCount:
    """Number of events of one day that were first seen on another day, or that were announced for it."""

    day: date
    count: int
    first_seen_at: date | None = None
    announced: int = 0


class Watch(models.Model):
    """An issue that is tracked, and the words by which headlines about it are recognised."""

    lives = PUBLIC

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="watches")
    name = models.CharField(max_length=80)
    words = models.CharField(max_length=400, blank=True, help_text="with commas; empty takes everything")
    since = models.DateField(default=timezone.localdate, help_text="counted from this day on")
    ended_on = models.DateField(null=True, blank=True)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_watch_per_issue")]

    def __str__(self) -> str:
        return self.name

    def concerns(self, text: str) -> bool:
        """True if a headline holds one of the issue's words; always true if it has none."""
        wanted = [word.casefold() for word in split_list(self.words)]
        return not wanted or any(word in text.casefold() for word in wanted)

    def daily_counts(self) -> Iterable[DailyCount]:
        """Yield counts by day of the event and day it was first seen, then announced events by day."""
        seen = (
            WatchedEvent.objects.filter(watch=self, is_ours=True, day__gte=self.since)
            .values("day", "first_seen_at__date")
            .annotate(n=models.Sum("count"))
            .order_by("day", "first_seen_at__date")
        )
        for row in seen:
            yield DailyCount(row["day"], row["n"], row["first_seen_at__date"])
        announced = self.announcements.values("day").annotate(n=models.Sum("events")).order_by("day")
        for day in announced:
            yield DailyCount(day["day"], 0, None, announced=day["n"])

    def sighting_hours(self) -> Iterable[float]:
        """Yield the hour of the day, in the organisation's time zone, of each first sighting on the event's own day.

        Today is left out: its sightings are those whose part of the day is in question.
        """
        zone = self.organisation.zone
        today = timezone.localdate(timezone=zone)
        recent = self.events.filter(
            is_ours=True, day__lt=today, day__gte=today - RECENT_SIGHTINGS, first_seen_at__isnull=False
        )
        for day, seen in recent.values_list("day", "first_seen_at"):
            local = seen.astimezone(zone) if seen else None
            if local and local.date() == day:
                yield local.hour + local.minute / 60


class Feed(models.Model):
    """An RSS or Atom feed, fetched regularly."""

    lives = PUBLIC

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="feeds")
    url = models.URLField(max_length=500)
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField(null=True)
    ask_again_at = models.DateTimeField(default=timezone.now)
    failures = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=160, blank=True)
    in_trouble_since = models.DateField(null=True)
    is_gone = models.BooleanField(default=False)
    named = models.URLField(
        max_length=500, blank=True, help_text="the feed that a page names; the page is no feed itself"
    )

    objects = ScopedManager("watch__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["watch", "url"], name="one_feed_per_address")]

    def __str__(self) -> str:
        return self.url


class WatchedEvent(models.Model):
    """An event, counted once however many articles are about it."""

    lives = PUBLIC

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="events")
    day = models.DateField()
    title = models.CharField(max_length=300)
    place = models.CharField(max_length=120, blank=True)
    count = models.PositiveIntegerField(default=1, help_text="more where a table counts several a day")
    first_seen_at = models.DateTimeField(
        default=timezone.now, null=True, help_text="null where a table does not say when it was first known"
    )
    is_ours = models.BooleanField(default=True, help_text="false where somebody said it is another matter")

    objects = ScopedManager("watch__organisation")

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["watch", "day"], name="watch_by_day")]

    def __str__(self) -> str:
        return self.title


class Article(models.Model):
    """An article about an event, so that each count can be traced to its sources."""

    lives = PUBLIC

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="articles")
    event = models.ForeignKey(WatchedEvent, on_delete=models.CASCADE, related_name="articles")
    feed = models.ForeignKey(Feed, null=True, on_delete=models.SET_NULL, related_name="articles")
    key = models.CharField(max_length=64, help_text="the same article again is known by it")
    url = models.URLField(max_length=500, blank=True)
    title = models.CharField(max_length=300)
    first_seen_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager("watch__organisation")

    class Meta:
        ordering = ["first_seen_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["watch", "key"], name="one_article_per_key")]

    def __str__(self) -> str:
        return self.title


class Announcement(models.Model):
    """What is announced for a day: a demonstration, strikes in five towns, a court date, a vote."""

    lives = PUBLIC

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="announcements")
    day = models.DateField()
    title = models.CharField(max_length=200)
    events = models.PositiveIntegerField(default=1, help_text="as the watch counts them: five towns are five")
    is_set_by_hand = models.BooleanField(
        default=False, help_text="true where a person said how many; feeds and tables leave the number alone"
    )
    url = models.URLField(max_length=500, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager("watch__organisation")

    class Meta:
        ordering = ["day", "pk"]
        constraints = [models.UniqueConstraint(fields=["watch", "day", "title"], name="announced_once")]

    def __str__(self) -> str:
        return f"{self.day}: {self.title}"
