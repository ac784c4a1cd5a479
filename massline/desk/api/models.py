"""API keys, webhooks and their deliveries. None of them gives access to a contact."""

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import ExpiresAfter
from massline.core.json_shapes import ShapedField, list_of, one_of
from massline.desk.listen.watches.feed_troubles import explain_trouble
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager


class ApiScope(models.TextChoices):
    """Rights of a key. No scope gives access to contacts, sign-ups or accounts."""

    CALLS = "calls", _("read calls and events")
    REPORTS = "reports", _("read report-backs")
    DECISIONS = "decisions", _("read decisions")
    LESSONS = "lessons", _("read lessons")
    HEARD = "heard", _("read conversation results and the “did we hear you right?” answers")
    RESULTS = "results", _("read results, with small numbers hidden")
    WRITE_VOICES = "write-voices", _("write field reports")


class ApiKey(models.Model):
    """A key of one organisation, stored as a digest; its secret was shown once, to the key-holder who made it."""

    lives = ExpiresAfter(since="expires_on", days=30)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=60, help_text="which program it is for")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of 256 random bits")
    scopes = ShapedField(list_of(one_of(ApiScope)), default=list)
    expires_on = models.DateField()
    revoked_on = models.DateField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        return self.revoked_on is None and timezone.localdate() <= self.expires_on

    @property
    def scope_labels(self) -> list[str]:
        """Labels of its scopes."""
        return [str(ApiScope(scope).label) for scope in self.scopes]


class WebhookEvent(models.TextChoices):
    CALL_PUBLISHED = "call.published", _("a call was published")
    CALL_CHANGED = "call.changed", _("a call changed")
    CALL_CANCELLED = "call.cancelled", _("a call was cancelled")
    REPORT_PUBLISHED = "report-back.published", _("a report-back was published")
    DECISION_MADE = "decision.made", _("a decision was made")
    ALARM = "alarm.rang", _("something you watch moved")


class Webhook(models.Model):
    """An address that receives events, signed with a secret derived from its uuid and the server's secret."""

    lives = ExpiresAfter(since="stopped_on", days=30)

    uuid = models.UUIDField(unique=True, default=uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=400)
    kinds = ShapedField(list_of(one_of(WebhookEvent)), default=list)
    stopped_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.url

    @property
    def is_live(self) -> bool:
        return self.stopped_on is None

    @property
    def event_labels(self) -> list[str]:
        return [str(WebhookEvent(kind).label) for kind in self.kinds]


class WebhookDelivery(models.Model):
    """The delivery of one event to one webhook: the exact body, and its result."""

    lives = ExpiresAfter(since="made_at", days=14)

    uuid = models.UUIDField(unique=True, default=uuid4)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="tellings")
    kind = models.CharField(max_length=24, choices=WebhookEvent.choices)
    body = models.TextField(help_text="the JSON that is sent")
    made_at = models.DateTimeField(default=timezone.now)
    arrived_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=120, blank=True)

    objects = ScopedManager("webhook__organisation")

    class Meta:
        db_table = "api_telling"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def problem_explained(self) -> str:
        return explain_trouble(self.problem)
