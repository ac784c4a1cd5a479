"""Decisions, with their reasons, vote, dissent, owner and review date."""

from django.db import models
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.desk.decide.assessments.models import Assessment
from massline.desk.decide.decisions.querysets import DecisionQuerySet
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.line.models import Line
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager


class WaitSign(models.Model):
    """A number that ends a decision to wait once it is high enough; the house looks at it every day."""

    lives = NoOwnExpiry("goes with its decision")

    decision = models.OneToOneField("decide.Decision", on_delete=models.CASCADE, related_name="sign")
    key = models.CharField(max_length=120, help_text="the fact of “is it time?” that is watched")
    label = models.CharField(max_length=200)
    at_least = models.FloatField()

    objects = ScopedManager("decision__organisation")

    def __str__(self) -> str:
        return self.label


class Decision(models.Model):
    """A decision on demands or on a carried motion, or a decision to wait; with the dissent, what is expected, and a day to review it."""

    lives = NoOwnExpiry("the organisation's own words")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="decisions")
    title = models.CharField(max_length=160)
    demands = models.ManyToManyField(Demand, related_name="decisions")
    why = models.TextField()
    waits = models.BooleanField(default=False, help_text="we decided to wait")
    would_change = models.TextField(blank=True, max_length=600, help_text="what would change it")
    taken_up_on = models.DateField(null=True, blank=True, help_text="when a decision to wait ended")
    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    dissent = models.TextField(blank=True, help_text="who was against and why, in their words")
    forecast = models.TextField(blank=True, help_text="what we expect to come of it")
    in_favour = models.PositiveIntegerField(null=True, blank=True)
    against = models.PositiveIntegerField(null=True, blank=True)
    abstained = models.PositiveIntegerField(null=True, blank=True)
    line = models.ForeignKey(Line, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions")
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(default=timezone.localdate)
    review_on = models.DateField()

    objects = ScopedManager.from_queryset(DecisionQuerySet)("organisation")

    class Meta:
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_waiting(self) -> bool:
        return self.waits and self.taken_up_on is None

    @property
    def has_count(self) -> bool:
        """True if any part of the vote was recorded; none against is a count as well."""
        return any(part is not None for part in (self.in_favour, self.against, self.abstained))
