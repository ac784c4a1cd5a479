"""Principles: red lines, and the totals of the members' vote on them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.desk.decide.ballots.majority_count import MajorityRule
from massline.desk.decide.ballots.models import Totals
from massline.desk.people.models import Organisation
from massline.desk.people.scope import ScopedManager


class PrincipleState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    ADOPTED = "adopted", _("adopted")
    TURNED_DOWN = "turned_down", _("rejected")
    RETIRED = "retired", _("dropped")


class PrincipleQuerySet(models.QuerySet["Principle"]):
    def holding(self) -> "PrincipleQuerySet":
        """Principles that demands are judged against; a proposed one holds until the members have voted."""
        return self.filter(state__in=[PrincipleState.PROPOSED, PrincipleState.ADOPTED])


class Principle(Totals):
    """A red line in the organisation's own words. The totals are shown only once the vote is counted."""

    lives = NoOwnExpiry("the organisation's own words, and totals of a vote")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="principles")
    text = models.CharField(max_length=200)
    made_on = models.DateField(default=timezone.localdate)
    state = models.CharField(max_length=12, choices=PrincipleState.choices, default=PrincipleState.PROPOSED)
    rule = models.CharField(max_length=14, choices=MajorityRule.choices, default=MajorityRule.TWO_THIRDS)
    quorum = models.PositiveSmallIntegerField(default=50, help_text="percent of members who must take part")
    members = models.PositiveIntegerField(default=0, help_text="members on the day of the count")
    counted_on = models.DateField(null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)
    retired_because = models.CharField(max_length=300, blank=True)

    objects = ScopedManager.from_queryset(PrincipleQuerySet)("organisation")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_proposed(self) -> bool:
        return self.state == PrincipleState.PROPOSED

    @property
    def is_holding(self) -> bool:
        return self.state in {PrincipleState.PROPOSED, PrincipleState.ADOPTED}

    @property
    def is_retired(self) -> bool:
        return self.state == PrincipleState.RETIRED

    @property
    def voted(self) -> int:
        return self.count.total

    @property
    def roll_name(self) -> str:
        return f"principle {self.pk}"
