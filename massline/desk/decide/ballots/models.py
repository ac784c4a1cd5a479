"""The roll of who has voted, and the totals that every vote keeps."""

import secrets

from django.db import models
from django.utils import timezone

from massline.core.expiry import ExpiresAfter, NoOwnExpiry
from massline.core.random_primary_keys import random_primary_key
from massline.core.sealed_columns import OpenColumn
from massline.desk.decide.ballots.majority_count import VoteCount
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager


def fresh_claim() -> bytes:
    return secrets.token_bytes(32)


class Totals(models.Model):
    """The totals of a vote, without a word about who voted how."""

    in_favour = models.PositiveIntegerField(default=0)
    against = models.PositiveIntegerField(default=0)
    abstained = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def count(self) -> VoteCount:
        return VoteCount(self.in_favour, self.against, self.abstained)


class Roll(models.Model):
    """A record that an account has voted, so that nobody votes twice; no row holds the answer.

    It is written by itself, before the answer, and under a random number. `claim` is a hash of a number that only the
    member's page knows: by it the same form, sent again after a crash, is let through to the box.
    """

    lives = ExpiresAfter(since="day", days=180)
    open_columns = (OpenColumn("claim", "a hash of a number that is kept nowhere"),)

    id = models.BigIntegerField(primary_key=True, default=random_primary_key, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=40)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(default=timezone.localdate)
    claim = models.BinaryField(default=fresh_claim)

    objects = ScopedManager("organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "account"], name="one_answer_each")]

    def __str__(self) -> str:
        return self.subject


class BallotBox(models.Model):
    """The ballots counted in a vote's totals already, as sorted hashes that lead to no roll."""

    lives = NoOwnExpiry("hashes of numbers that are kept nowhere; destroyed with the roll")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=40, unique=True)
    receipts = models.JSONField(default=list)

    objects = ScopedManager("organisation")

    def __str__(self) -> str:
        return self.subject
