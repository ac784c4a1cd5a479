"""Follow-up of a review: agreements, corrections, and hypotheses tested over years."""

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager


class Agreement(models.Model):
    """A task that a review agreed on, with an organiser and a day."""

    lives = NoOwnExpiry("what an organiser took on, with the review")

    review = models.ForeignKey("learn.AfterActionReview", on_delete=models.CASCADE, related_name="agreements")
    what = models.CharField(max_length=160)
    who = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="agreements")
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    objects = ScopedManager("review__event__organisation")

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.what

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.due_on < timezone.localdate()


class Correction(models.Model):
    """An error of the organisation, with what is right, an owner and a day; published where the error was."""

    lives = NoOwnExpiry("the organisation's own words")

    uuid = models.UUIDField(unique=True, default=uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="corrections")
    wrong = models.CharField(max_length=400)
    right = models.CharField(max_length=400, blank=True)
    where = models.CharField(max_length=200, help_text="where it was said")
    report = models.UUIDField(null=True, help_text="the report-back in which it was said")
    owner = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="corrections")
    due_on = models.DateField()
    corrected_on = models.DateField(null=True)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["corrected_on", "due_on", "pk"]

    def __str__(self) -> str:
        return self.wrong[:60]

    @property
    def is_late(self) -> bool:
        return self.corrected_on is None and self.due_on < timezone.localdate()


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
