"""The roll of who has voted, and the totals that every vote keeps."""

from django.db import models
from django.utils import timezone

from massline.core.expiry import Keep
from massline.desk.decide.ballots.count import Count
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import Scoped


class Totals(models.Model):
    """The totals of a vote, without a word about who voted how."""

    in_favour = models.PositiveIntegerField(default=0)
    against = models.PositiveIntegerField(default=0)
    abstained = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def count(self) -> Count:
        return Count(self.in_favour, self.against, self.abstained)


class Roll(models.Model):
    """A record that an account has voted, so that nobody votes twice; no row holds the answer."""

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
