"""Principles, demands made from claims, and the decisions about them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.models import Claim
from massline.jobs.expiry import Stays


class Principle(models.Model):
    """A red line, in the organisation's own words."""

    lives = Stays("the organisation's own words")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="principles")
    text = models.CharField(max_length=200)
    made_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class Demand(models.Model):
    """What we ask of whom, resting on claims of a sum-up."""

    lives = Stays("the organisation's own words")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="demands")
    text = models.CharField(max_length=200)
    claims = models.ManyToManyField(Claim, related_name="demands")
    made_on = models.DateField(default=timezone.localdate)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class Verdict(models.TextChoices):
    KEEPS = "keeps", _("keeps it")
    TOUCHES = "touches", _("touches it")
    BREAKS = "breaks", _("breaks it")


class Mark(models.Model):
    """One member's judgement of one demand against one principle."""

    lives = Stays("an organiser's open judgement of a demand; goes with it")

    demand = models.ForeignKey(Demand, on_delete=models.CASCADE, related_name="marks")
    principle = models.ForeignKey(Principle, on_delete=models.CASCADE, related_name="marks")
    by = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["demand", "principle", "by"], name="one_mark_each")]

    def __str__(self) -> str:
        return f"{self.demand} {self.verdict}"


class Decision(models.Model):
    """What was decided, by whom, against what dissent, what we expect, and when we look at it again."""

    lives = Stays("the organisation's own words")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="decisions")
    title = models.CharField(max_length=160)
    demands = models.ManyToManyField(Demand, related_name="decisions")
    why = models.TextField()
    dissent = models.TextField(blank=True, help_text="who was against and why, in their words")
    forecast = models.TextField(blank=True, help_text="what we expect to come of it")
    in_favour = models.PositiveIntegerField(null=True, blank=True)
    against = models.PositiveIntegerField(null=True, blank=True)
    abstained = models.PositiveIntegerField(null=True, blank=True)
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(default=timezone.localdate)
    review_on = models.DateField()

    class Meta:
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return self.title
