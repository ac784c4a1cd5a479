"""What stands beside a call: further languages, who calls with us, and how an organisation wants its calls."""

from uuid import UUID

from django.db import models
from django.utils import timezone

from massline.core.expiry import Stays
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import Scoped


class CallVersion(models.Model):
    """A call in a further language, written by a person who speaks it. An empty place means the original's."""

    lives = Stays("the organisation's own words")

    call = models.ForeignKey("call.Call", on_delete=models.CASCADE, related_name="versions")
    language = models.CharField(max_length=12)
    slogan = models.CharField(max_length=240)
    what = models.CharField(max_length=120)
    ask = models.CharField(max_length=160)
    why = models.TextField(blank=True)
    bring = models.CharField(max_length=160, blank=True)
    place = models.CharField(max_length=160, blank=True)
    access = models.CharField(max_length=240, blank=True)
    behind = models.BooleanField(default=False, help_text="the original was changed after this was written")
    written_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = Scoped("call__organisation")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "language"], name="one_call_version_per_language")
        ]

    def __str__(self) -> str:
        return self.slogan


class CoSponsor(models.Model):
    """Who calls with us. One of this installation agrees itself, by a code; of others we are told so."""

    lives = Stays("organisations, never persons")

    call = models.ForeignKey("call.Call", on_delete=models.CASCADE, related_name="sponsors")
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    token_hash = models.CharField(max_length=64, blank=True, help_text="of a code that was not used yet")
    agreed_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(default=timezone.localdate)

    objects = Scoped("call__organisation")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def organisation_uuid(self) -> UUID | None:
        """Of the organisation, where it shows itself on the square; an inner one is never pointed at."""
        found = self.organisation
        return found.uuid if found is not None and found.is_public else None

    @property
    def is_waiting(self) -> bool:
        return self.agreed_on is None


class CallSetting(models.Model):
    """How an organisation wants its calls: whether a second person looks first, and what stands on its wallet cards."""

    lives = Stays("how an organisation calls; the number on its cards is public")

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="call_setting")
    second_eyes = models.BooleanField(default=False)
    legal_number = models.CharField(max_length=40, blank=True)
    rights = models.TextField(blank=True, max_length=700, help_text="one line each; checked by a lawyer")

    objects = Scoped("organisation")

    def __str__(self) -> str:
        return f"how {self.organisation} calls"

    @classmethod
    def of(cls, organisation: Organisation) -> "CallSetting":
        """Give what was set, or what holds where nothing was."""
        return cls.objects.filter(organisation=organisation).first() or cls(organisation=organisation)
