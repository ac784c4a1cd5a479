"""Lessons of a review, which travel to every sister chapter."""

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.desk.learn.lessons.querysets import LessonQuerySet
from massline.desk.learn.reviews.models import AfterActionReview
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Organisation
from massline.desk.people.scope import ScopedManager


class Confidence(models.TextChoices):
    ONCE = "once", _("seen once")
    OFTEN = "often", _("seen several times")
    TESTED = "tested", _("tried on purpose")


class Lesson(models.Model):
    """A claim with its context and evidence, without names; passed on to every sister chapter the same day."""

    lives = NoOwnExpiry("a lesson carries no names")

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

    objects = ScopedManager.from_queryset(LessonQuerySet)("review__event__organisation")

    class Meta:
        ordering = ["-shared_on", "-pk"]

    def __str__(self) -> str:
        return self.claim
