"""Slogans: a demand to shout, written anew for each language, and its trials on the street."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.desk.decide.demands.models import Demand
from massline.desk.people.models import Organisation
from massline.desk.people.scope import ScopedManager

if TYPE_CHECKING:
    from massline.desk.decide.decisions.models import Decision


class SloganQuerySet(models.QuerySet["Slogan"]):
    def with_trials(self) -> "SloganQuerySet":
        """Add to each slogan how often it was understood, asked about again, and walked past."""
        totals = {
            f"total_{name}": Coalesce(models.Sum(f"trials__{name}"), 0)
            for name in ("understood", "asked_again", "walked_on")
        }
        return self.annotate(**totals)

    def best_for(self, decision: "Decision", language: str) -> "Slogan | None":
        """Return the slogan that most people understood on the street, the newest among equals."""
        candidates = self.filter(demand__decisions=decision, language=language)
        counted = candidates.annotate(best=Coalesce(models.Sum("trials__understood"), 0))
        return counted.order_by("-best", "-pk").first()


class Slogan(models.Model):
    """A demand in the words of one language; rewritten for it, never translated into it."""

    lives = NoOwnExpiry("the organisation's own words")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="slogans")
    demand = models.ForeignKey(Demand, on_delete=models.CASCADE, related_name="slogans")
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=90)
    made_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager.from_queryset(SloganQuerySet)("organisation")

    class Meta:
        ordering = ["demand", "language", "pk"]

    def __str__(self) -> str:
        return self.text


class SloganTrial(models.Model):
    """A trial on the street: counts of what people did when they heard the slogan."""

    lives = NoOwnExpiry("counts of many")

    slogan = models.ForeignKey(Slogan, on_delete=models.CASCADE, related_name="trials")
    place = models.CharField(max_length=80, help_text="a stall, a gate, a stairwell")
    day = models.DateField(default=timezone.localdate)
    understood = models.PositiveSmallIntegerField(default=0)
    asked_again = models.PositiveSmallIntegerField(default=0)
    walked_on = models.PositiveSmallIntegerField(default=0)

    objects = ScopedManager("slogan__organisation")

    class Meta:
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.place}, {self.day}"
