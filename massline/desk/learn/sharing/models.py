"""Lessons from other installations, trials of lessons, and public texts shared by choice."""

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager


class KnownKey(models.Model):
    """The public key of another organisation, once somebody has compared it with them."""

    lives = NoOwnExpiry("a public key and an organisation's name")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="known_keys")
    name = models.CharField(max_length=120)
    public_key = models.CharField(max_length=64, help_text="Ed25519, hexadecimal")
    compared_on = models.DateField(default=timezone.localdate)
    compared_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "public_key"], name="one_line_per_key")
        ]

    def __str__(self) -> str:
        return self.name


class ForeignLesson(models.Model):
    """A lesson that came in a signed file, from an organisation of another installation."""

    lives = NoOwnExpiry("a lesson carries no names")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="foreign_lessons")
    uuid = models.UUIDField()
    claim = models.CharField(max_length=240)
    context = models.CharField(max_length=240)
    evidence = models.CharField(max_length=240)
    confidence = models.CharField(max_length=8)
    kind = models.CharField(max_length=14, blank=True, help_text="of the event it was learnt at")
    size = models.PositiveIntegerField(null=True, help_text="how many were there")
    held = models.PositiveIntegerField(default=0, help_text="chapters of the sender where it held")
    did_not = models.PositiveIntegerField(default=0)
    learnt_on = models.DateField()
    sender = models.CharField(max_length=120)
    public_key = models.CharField(max_length=64, help_text="Ed25519, hexadecimal")
    received_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "uuid", "public_key"], name="one_copy_per_lesson")
        ]

    def __str__(self) -> str:
        return self.claim


class Trial(models.Model):
    """The result of trying a lesson in one organisation: it held, or it did not."""

    lives = NoOwnExpiry("what an organisation found out, nobody in it")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="trials")
    lesson = models.UUIDField(help_text="the lesson's uuid, wherever it was learnt")
    held = models.BooleanField()
    words = models.CharField(max_length=240, blank=True, help_text="how it went, no names")
    day = models.DateField(default=timezone.localdate)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "lesson"], name="one_trial_per_organisation")
        ]

    def __str__(self) -> str:
        return f"{'held' if self.held else 'did not hold'} at {self.organisation}"


class GiftKind(models.TextChoices):
    """Public texts that can be shared; contacts never are."""

    CALL = "call", _("a call")
    STATEMENT = "statement", _("a statement")
    REPORT = "report", _("a report-back")


class Gift(models.Model):
    """A copy of something public, shared with organisations that were chosen by name."""

    lives = NoOwnExpiry("public words, given on")

    uuid = models.UUIDField(unique=True, default=uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="gifts")
    what = models.CharField(max_length=10, choices=GiftKind.choices)
    text = models.CharField(max_length=400)
    address = models.CharField(max_length=300, help_text="its public page")
    given_to = models.ManyToManyField(Organisation, related_name="gifts_received", blank=True)
    given_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-given_on", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]
