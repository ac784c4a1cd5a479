"""Errors we admitted, who corrects them by when, and what is right."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager


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
