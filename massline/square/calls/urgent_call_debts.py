"""What an urgent call skipped and still owes the public, each with the hour it is due."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry

if TYPE_CHECKING:
    from massline.square.calls.models import PublishedCall


class DebtKind(models.TextChoices):
    """Steps that an urgent call may put off, never leave out."""

    DISSENT = "dissent", _("Asking who sees it differently, and writing that down")
    REPORT_BACK = "report_back", _("A report-back on what people said")
    ANSWERS = "answers", _("Asking those who spoke whether we heard them right")


class DebtQuerySet(models.QuerySet["CallDebt"]):
    def overdue(self) -> "DebtQuerySet":
        return self.filter(paid_at=None, due_at__lt=timezone.now())


class CallDebt(models.Model):
    """A step that was put off; the call's page names it once it is late."""

    lives = NoOwnExpiry("which step of a call is late", public=True)

    call = models.ForeignKey("calls.PublishedCall", on_delete=models.CASCADE, related_name="debts")
    kind = models.CharField(max_length=12, choices=DebtKind.choices)
    due_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)

    objects = DebtQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "kind"], name="one_debt_of_a_kind")]

    def __str__(self) -> str:
        return self.kind


def publish_debts(call: "PublishedCall", debts: Iterable[tuple[str, datetime]]) -> None:
    """Write what a call owes; repeating it changes nothing."""
    with transaction.atomic(using="square"):
        for kind, due_at in debts:
            CallDebt.objects.get_or_create(call=call, kind=kind, defaults={"due_at": due_at})


def settle_debt(*, uuid: UUID, kind: str) -> None:
    CallDebt.objects.filter(call__uuid=uuid, kind=kind, paid_at=None).update(paid_at=timezone.now())
