"""Keys of other programs, and the addresses that are told when something happens. Neither reaches a contact."""

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import Keep
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import Scoped


class Scope(models.TextChoices):
    """What a key may do. There is no scope for contacts, sign-ups or accounts, and none can be given."""

    CALLS = "calls", _("read calls and events")
    REPORTS = "reports", _("read report-backs")
    DECISIONS = "decisions", _("read decisions")
    LESSONS = "lessons", _("read lessons")
    HEARD = "heard", _("read what conversations came to, and whether we heard right")
    RESULTS = "results", _("read results, small numbers hidden")
    WRITE_VOICES = "write-voices", _("write field reports")


class ApiKey(models.Model):
    """A key of one organisation, kept as a digest: it was shown once, to the holder who made it."""

    lives = Keep(since="expires_on", days=30)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=60, help_text="which program it is for")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of 256 random bits")
    scopes = models.JSONField(default=list)
    expires_on = models.DateField()
    revoked_on = models.DateField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateField(default=timezone.localdate)

    objects = Scoped("organisation")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        return self.revoked_on is None and timezone.localdate() <= self.expires_on

    @property
    def may(self) -> list[str]:
        """What it may do, in words."""
        return [str(Scope(one).label) for one in self.scopes]


class Happened(models.TextChoices):
    CALL_PUBLISHED = "call.published", _("a call went out")
    CALL_CHANGED = "call.changed", _("a call changed")
    CALL_CANCELLED = "call.cancelled", _("a call was called off")
    REPORT_PUBLISHED = "report-back.published", _("a report-back was published")
    DECISION_MADE = "decision.made", _("a decision was made")


class Webhook(models.Model):
    """An address that is told. What it is told with is signed by a secret that follows from the uuid and our own."""

    lives = Keep(since="stopped_on", days=30)

    uuid = models.UUIDField(unique=True, default=uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=400)
    kinds = models.JSONField(default=list)
    stopped_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateField(default=timezone.localdate)

    objects = Scoped("organisation")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.url

    @property
    def is_live(self) -> bool:
        return self.stopped_on is None

    @property
    def told(self) -> list[str]:
        return [str(Happened(one).label) for one in self.kinds]


class Telling(models.Model):
    """One thing to tell one address, to the byte, and what came of it."""

    lives = Keep(since="made_at", days=14)

    uuid = models.UUIDField(unique=True, default=uuid4)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="tellings")
    kind = models.CharField(max_length=24, choices=Happened.choices)
    body = models.TextField(help_text="the JSON that is sent")
    made_at = models.DateTimeField(default=timezone.now)
    arrived_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=120, blank=True)

    objects = Scoped("webhook__organisation")

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"
