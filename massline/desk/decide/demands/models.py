"""Demands made from claims, the members' judgements of them, and comparisons of two."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.desk.decide.principles.models import Principle
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager
from massline.desk.sumup.claims.models import Claim


class Demand(models.Model):
    """An aim put to somebody by name, resting on claims of a sum-up."""

    lives = NoOwnExpiry("the organisation's own words")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="demands")
    text = models.CharField(max_length=200)
    claims = models.ManyToManyField(Claim, related_name="demands")
    asked_as = models.UUIDField(
        null=True, blank=True, help_text="the cited statement whose votes speak for this demand"
    )
    made_on = models.DateField(default=timezone.localdate)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class Verdict(models.TextChoices):
    KEEPS = "keeps", _("keeps to it")
    TOUCHES = "touches", _("comes close to it")
    BREAKS = "breaks", _("breaks it")


class Mark(models.Model):
    """A member's judgement of a demand by a principle."""

    lives = NoOwnExpiry("an organiser's open judgement of a demand; goes with it")

    demand = models.ForeignKey(Demand, on_delete=models.CASCADE, related_name="marks")
    principle = models.ForeignKey(Principle, on_delete=models.CASCADE, related_name="marks")
    by = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)

    objects = ScopedManager("demand__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["demand", "principle", "by"], name="one_mark_each")]

    def __str__(self) -> str:
        return f"{self.demand} {self.verdict}"


class Comparison(models.Model):
    """Totals of the answers to which of two demands goes further, without who answered."""

    lives = NoOwnExpiry("totals of many answers")

    one = models.ForeignKey(Demand, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Demand, on_delete=models.CASCADE, related_name="+")
    one_further = models.PositiveIntegerField(default=0)
    other_further = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)

    objects = ScopedManager("one__organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_comparison_per_pair"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="pair_is_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} or {self.other_id}"

    @staticmethod
    def roll_name(one: int, other: int) -> str:
        return f"comparison {min(one, other)} {max(one, other)}"
