"""Cards of rights, hotline slots, observers, custody records and street reports."""

from datetime import date, timedelta
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import ExpiresAfter, NoOwnExpiry
from massline.core.sealed_columns import Sealed
from massline.desk.act.events.models import Event
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager

KEPT_AFTER_RELEASE = timedelta(days=14)
LONGEST_KEPT = timedelta(days=90)


class RightsCard(models.Model):
    """A card of rights for one place, checked by a lawyer on one day. A change makes a new version."""

    lives = NoOwnExpiry("law, and the office of a lawyer who agreed to be named", public=True)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="rights_cards")
    title = models.CharField(max_length=80)
    place = models.CharField(max_length=80, help_text="where this is the law")
    lines = models.TextField(max_length=900, help_text="one line each")
    lawyer = models.CharField(max_length=120, help_text="who checked it")
    hotline = models.CharField(max_length=40)
    as_of = models.DateField()
    review_on = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    replaced_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces"
    )

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["title", "-version"]

    def __str__(self) -> str:
        return f"{self.title}, {self.version}"

    @property
    def is_old(self) -> bool:
        return self.replaced_by_id is not None or self.review_on < timezone.localdate()


class HotlineSlot(models.Model):
    """Hours at the hotline, and the account that took them, if any."""

    lives = ExpiresAfter(since="ends_at", days=30)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="hotline_slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    who = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return f"{self.starts_at:%F %H:%M}"


class Observer(models.Model):
    """An observer at an event, and the place they observe from."""

    lives = ExpiresAfter(since="event__ends_at", days=30)

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="observers")
    post = models.CharField(max_length=120, help_text="where they stand")
    who = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager("event__organisation")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.post


def latest_deletion_day() -> date:
    return timezone.localdate() + LONGEST_KEPT


class Custody(models.Model):
    """A sealed record of somebody in custody; deleted two weeks after release, or after ninety days."""

    lives = ExpiresAfter(since="gone_on")
    sealed_columns = (Sealed("sealed", by="envelope"),)

    uuid = models.UUIDField(unique=True, default=uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="custodies")
    sealed = models.BinaryField(help_text="the word they chose, when and where they were taken")
    lawyer_told = models.BooleanField(default=False)
    released_on = models.DateField(null=True, blank=True)
    gone_on = models.DateField(default=latest_deletion_day)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["released_on", "-pk"]

    def __str__(self) -> str:
        return f"custody {self.uuid}"


class Checked(models.TextChoices):
    TAKEN = "taken", _("reported")
    VERIFIED = "verified", _("checked and true")
    FALSE = "false", _("false")
    UNKNOWN = "unknown", _("cannot be known")


class StreetReport(models.Model):
    """A report of what somebody saw on the street; a rumour until a second account has checked it."""

    lives = ExpiresAfter(since="seen_at", days=30)

    uuid = models.UUIDField(unique=True, default=uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="street_reports")
    what = models.CharField(max_length=400)
    place = models.CharField(max_length=160)
    seen_at = models.DateTimeField()
    checked = models.CharField(max_length=8, choices=Checked.choices, default=Checked.TAKEN)
    how = models.CharField(max_length=160, blank=True, help_text="how it was checked")
    taken_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    checked_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    is_shown = models.BooleanField(default=False, help_text="on the square")

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.what
