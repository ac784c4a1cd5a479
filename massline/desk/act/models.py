"""Events, and who came."""

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import Stays
from massline.desk.act.check_ins import CheckIn  # noqa: F401
from massline.desk.act.mailings import DayReached, Delivery, Mailing  # noqa: F401
from massline.desk.act.querysets import AttendanceQuerySet, EventQuerySet
from massline.desk.act.series import Series
from massline.desk.call.models import Call
from massline.desk.people.models import Account, Contact, Organisation
from massline.desk.people.scope import Scoped
from massline.square.calls.models import EventKind
from massline.square.envelopes.forms import Help


class Event(models.Model):
    """Something people come to. Its uuid is also its name on the square and in calendars."""

    lives = Stays("what, where and when, and how many came")

    uuid = models.UUIDField(unique=True, default=uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="events")
    call = models.OneToOneField(Call, null=True, blank=True, on_delete=models.PROTECT, related_name="event")
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="events"
    )
    kind = models.CharField(max_length=14, choices=EventKind.choices, default=EventKind.MASS_MEETING)
    title = models.CharField(max_length=120)
    about = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=160)
    access = models.CharField(max_length=240, blank=True)
    forecast = models.PositiveIntegerField(null=True, blank=True, help_text="how many we expect to come")
    headcount = models.PositiveIntegerField(null=True, blank=True, help_text="how many were there, counted")
    cancelled = models.BooleanField(default=False)
    next_event = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="previous_events"
    )
    closed_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = Scoped.from_queryset(EventQuerySet)("organisation")

    class Meta:
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()


class Presence(models.TextChoices):
    COMING = "coming", _("coming")
    CAME = "came", _("came")
    MISSED = "missed", _("did not come")
    CANCELLED = "cancelled", _("cancelled")


class Attendance(models.Model):
    """A deed somebody chose: said they would come, came. Kept by day."""

    lives = Stays("goes with its contact")

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
    sealed_needs = models.BinaryField(
        null=True, help_text="what they need to take part; gone the day after the event"
    )

    objects = Scoped.from_queryset(AttendanceQuerySet)("event__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "contact"], name="one_attendance_per_event")]

    def __str__(self) -> str:
        return f"{self.presence} {self.event}"

    @property
    def offered(self) -> list[str]:
        """What they offered to do, in words."""
        labels = dict(Help.choices)
        return [str(labels[one]) for one in self.offers.split(",") if one in labels]
