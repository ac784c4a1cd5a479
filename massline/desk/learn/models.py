"""After-action reviews, and the lessons that travel to every chapter."""

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import Stays
from massline.desk.act.models import Event
from massline.desk.learn.longer import Agreement, Correction, Evidence, Hypothesis
from massline.desk.learn.passing import ForeignLesson, Gift, KnownKey, Trial
from massline.desk.learn.querysets import LessonQuerySet
from massline.desk.listen.models.hearing import ListeningRound
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import Scoped

__all__ = [
    "AfterActionReview",
    "Agreement",
    "Confidence",
    "Correction",
    "Evidence",
    "ForeignLesson",
    "Gift",
    "Hypothesis",
    "KnownKey",
    "Lesson",
    "Trial",
]


class AfterActionReview(models.Model):
    """Within 48 hours, by those who did it: expected, happened, why, keep, change."""

    lives = Stays("the organisation's own words, and counts")

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="review")
    numbers = models.JSONField(
        default=dict, help_text="forecast, signed up, came, new people; filled in by us"
    )
    expected = models.TextField()
    happened = models.TextField()
    because = models.TextField(help_text="why it was so")
    keep = models.TextField(blank=True)
    change = models.TextField(blank=True)
    held_on = models.DateField(default=timezone.localdate)
    held_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = Scoped("event__organisation")

    class Meta:
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"Review of {self.event}"


class Confidence(models.TextChoices):
    ONCE = "once", _("seen once")
    OFTEN = "often", _("seen several times")
    TESTED = "tested", _("tried on purpose")


class Lesson(models.Model):
    """A claim with its context and evidence, stripped of names; sent to every chapter the same day."""

    lives = Stays("a lesson carries no names")

    uuid = models.UUIDField(unique=True, default=uuid4)
    review = models.ForeignKey(AfterActionReview, on_delete=models.CASCADE, related_name="lessons")
    claim = models.CharField(max_length=240)
    context = models.CharField(max_length=240)
    evidence = models.CharField(max_length=240)
    confidence = models.CharField(max_length=8, choices=Confidence.choices, default=Confidence.ONCE)
    shared_on = models.DateField(default=timezone.localdate)
    next_round = models.ForeignKey(
        ListeningRound, null=True, blank=True, on_delete=models.SET_NULL, related_name="lessons"
    )
    shared_with = models.ManyToManyField(Organisation, related_name="lessons", blank=True)

    objects = Scoped.from_queryset(LessonQuerySet)("review__event__organisation")

    class Meta:
        ordering = ["-shared_on", "-pk"]

    def __str__(self) -> str:
        return self.claim
