"""PLACEHOLDER from massline.desk.decide.models.principles: Principles: red lines, the members' vote on them, and the roll of who has voted."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import Keep
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import Scoped

if TYPE_CHECKING:
    pass


class Rule(models.TextChoices):
    """When a vote carries; the rule is stated before anybody votes."""

    MAJORITY = "majority", _("more in favour than against")
    TWO_THIRDS = "two_thirds", _("two thirds of those for or against")
    NOBODY_AGAINST = "nobody_against", _("nobody against")


class Roll(models.Model):
    """That somebody has answered something, so that nobody answers twice. What they answered is in no row."""

    lives = Keep(since="day", days=180)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=40)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(default=timezone.localdate)

    objects = Scoped("organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "account"], name="one_answer_each")]

    def __str__(self) -> str:
        return self.subject
