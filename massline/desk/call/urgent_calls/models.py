"""Calls that cannot wait: who asked, who was the second, and what is owed since."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.desk.people.models import Account
from massline.desk.people.scope import ScopedManager
from massline.square.calls.urgent_call_debts import DebtKind

DUE_AFTER = {
    DebtKind.DISSENT: timedelta(hours=24),
    DebtKind.REPORT_BACK: timedelta(hours=48),
    DebtKind.ANSWERS: timedelta(hours=72),
}


class UrgentRequest(models.Model):
    """One person's word that a call cannot wait; it goes out with a second person's.

    `version` names the text that was asked for: after a change the request is asked anew.
    """

    lives = NoOwnExpiry("who decided on a call of the organisation, and when")

    call = models.OneToOneField("call.Call", on_delete=models.CASCADE, related_name="urgent")
    why = models.CharField(max_length=240, help_text="why it cannot wait")
    tonight = models.BooleanField(default=False, help_text="messages may go out in quiet hours")
    version = models.CharField(max_length=32)
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    seconded_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    seconded_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager("call__organisation")

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.why

    @property
    def is_waiting(self) -> bool:
        """True while the draft that was asked for is unchanged and nobody was the second yet."""
        return self.seconded_at is None and self.call.is_draft and self.version == self.call.version


class Debt(models.Model):
    """A step that an urgent call put off, and the hour by which it is made up for."""

    lives = NoOwnExpiry("what the organisation owed, and how it made up for it")

    call = models.ForeignKey("call.Call", on_delete=models.CASCADE, related_name="debts")
    kind = models.CharField(max_length=12, choices=DebtKind.choices)
    due_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    paid_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField(max_length=1000, blank=True, help_text="what came of it")

    objects = ScopedManager("call__organisation")

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "kind"], name="one_debt_per_kind")]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_late(self) -> bool:
        return self.paid_at is None and self.due_at < timezone.now()
