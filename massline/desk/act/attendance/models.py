"""Attendance of events."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.core.sealed_columns import Sealed
from massline.desk.act.attendance.querysets import AttendanceQuerySet
from massline.desk.act.events.models import Event
from massline.desk.people.models import Contact
from massline.desk.people.scope import ScopedManager
from massline.square.envelopes.forms import Help


class Presence(models.TextChoices):
    COMING = "coming", _("coming")
    CAME = "came", _("came")
    MISSED = "missed", _("did not come")
    CANCELLED = "cancelled", _("cancelled")


class Attendance(models.Model):
    """A contact's sign-up for an event and presence at it, dated by day."""

    lives = NoOwnExpiry("goes with its contact")
    sealed_columns = (Sealed("sealed_needs", as_="needs", row="contact__uuid", since="event__ends_at"),)

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="attendances")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="attendances")
    presence = models.CharField(max_length=10, choices=Presence.choices, default=Presence.COMING)
    day = models.DateField(default=timezone.localdate)
    envelope = models.UUIDField(
        null=True,
        blank=True,
        unique=True,
        help_text="the sign-up it came from; null for who came unannounced",
    )
    offers = models.CharField(max_length=120, blank=True, help_text="what they offered to do, for this event")
    role = models.CharField(max_length=80, blank=True, help_text="the hour or role they took")
    people = models.PositiveSmallIntegerField(default=1, help_text="how many come with this sign-up")
    sealed_needs = models.BinaryField(
        null=True, help_text="what they need to take part; gone the day after the event"
    )

    objects = ScopedManager.from_queryset(AttendanceQuerySet)("event__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "contact"], name="one_attendance_per_event")]

    def __str__(self) -> str:
        return f"{self.presence} {self.event}"

    @property
    def offered(self) -> list[str]:
        """Labels of what they offered to do."""
        labels = dict(Help.choices)
        return [str(labels[offer]) for offer in self.offers.split(",") if offer in labels]
