"""Check-ins by code or by a row of the sign-in sheet; no readable name is stored."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from massline.core.expiry import ExpiresAfter
from massline.core.sealed_columns import Sealed
from massline.desk.people.scope import ScopedManager


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def unmatched(self) -> "CheckInQuerySet":
        """Check-ins without an attendance: people counted, but not known by name."""
        return self.filter(attendance=None)

    def sealed_rows(self) -> "CheckInQuerySet":
        """Sheet rows that were entered and are still sealed."""
        return self.exclude(sealed=None)


class CheckIn(models.Model):
    """An arrival. Name and contact from the sheet are sealed on entry; only a key-holder can open them."""

    lives = ExpiresAfter(since="event__ends_at", days=14)
    sealed_columns = (Sealed("sealed", by="envelope"),)

    uuid = models.UUIDField(unique=True, default=uuid4)
    event = models.ForeignKey("act.Event", on_delete=models.CASCADE, related_name="check_ins")
    code = models.CharField(max_length=8, help_text="of a sign-up, or of a row of the sign-in sheet")
    envelope = models.UUIDField(null=True, help_text="the sign-up the code belongs to")
    sealed = models.BinaryField(null=True, help_text="libsodium sealed box: what stands in the row")
    attendance = models.ForeignKey(
        "act.Attendance", null=True, on_delete=models.SET_NULL, related_name="check_ins"
    )
    day = models.DateField(default=timezone.localdate)

    objects = ScopedManager.from_queryset(CheckInQuerySet)("event__organisation")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["event", "code"], name="one_check_in_per_code")]

    def __str__(self) -> str:
        return f"check-in {self.uuid}"
