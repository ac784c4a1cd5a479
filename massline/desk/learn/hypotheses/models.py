"""Hypotheses, the evidence for and against them, and the verdict of the day."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.desk.people.models import Organisation
from massline.desk.people.scope import ScopedManager


class Verdict(models.TextChoices):
    OPEN = "open", _("open")
    HELD = "held", _("it held up")
    FELL = "fell", _("it turned out wrong")


class Hypothesis(models.Model):
    """A belief to be tested: evidence for and against gathers over years, until a verdict."""

    lives = NoOwnExpiry("the organisation's own words")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="hypotheses")
    claim = models.CharField(max_length=240)
    would_fall = models.CharField(max_length=240, help_text="what we would have to see to give it up")
    begun_on = models.DateField(default=timezone.localdate)
    review_on = models.DateField()
    verdict = models.CharField(max_length=5, choices=Verdict.choices, default=Verdict.OPEN)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["review_on", "pk"]

    def __str__(self) -> str:
        return self.claim


class Evidence(models.Model):
    """An observation for or against a hypothesis, with its source."""

    lives = NoOwnExpiry("the organisation's own words")

    hypothesis = models.ForeignKey(Hypothesis, on_delete=models.CASCADE, related_name="evidence")
    speaks_for = models.BooleanField()
    words = models.CharField(max_length=400)
    review = models.ForeignKey(
        "learn.AfterActionReview", null=True, on_delete=models.SET_NULL, related_name="evidence"
    )
    source = models.CharField(
        max_length=300, blank=True, help_text="where it can be read, if no review of ours"
    )
    day = models.DateField(default=timezone.localdate)

    objects = ScopedManager("hypothesis__organisation")

    class Meta:
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return self.words[:60]
