"""Lines of the activity log and its published heads."""

from django.db import models
from django.utils import timezone

from massline.core.expiry import ExpiresAfter
from massline.core.sealed_columns import OpenColumn
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager


class AuditLine(models.Model):
    """An act, chained to the one before. It names the verb and the row, never content or an address."""

    lives = ExpiresAfter(since="day", days=180)
    open_columns = (
        OpenColumn("salt", "keeps published heads from being guessed; the line beside it can be read"),
    )

    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, related_name="audit")
    sequence = models.PositiveIntegerField()
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    day = models.DateField(default=timezone.localdate)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    salt = models.BinaryField(
        null=True, help_text="without it nobody can guess the line from a published head"
    )
    by_number = models.PositiveBigIntegerField(
        null=True, help_text="whose act; stays when the account is gone"
    )

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sequence"], name="one_line_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.subject}"


class AuditHead(models.Model):
    """Length of one audit chain on one day and the digest of its last line, from which published heads are made."""

    lives = ExpiresAfter(since="day", days=400)

    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.CASCADE, related_name="audit_heads"
    )
    day = models.DateField(default=timezone.localdate)
    length = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["day", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "day"], name="one_audit_head_per_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.length} {self.digest}"


class HeadLeaf(models.Model):
    """A chain's part of the head of all chains; it names nobody, and remains when the chain is deleted."""

    lives = ExpiresAfter(since="day", days=400, public=True)

    day = models.DateField(default=timezone.localdate, db_index=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.day} {self.digest}"
