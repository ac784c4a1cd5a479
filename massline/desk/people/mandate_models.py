"""Mandates, their parts, and vouches for contacts."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import ExpiresAfter, NoOwnExpiry
from massline.desk.people.scope import ScopedManager

SOON = timedelta(days=14)


class Part(models.TextChoices):
    """Parts of a mandate: who does it, who can step in, and who is learning it."""

    MAIN = "main", _("in charge")
    DEPUTY = "deputy", _("deputy")
    LEARNER = "learner", _("learning it")


class Mandate(models.Model):
    """A task with a term, shared by three parts."""

    lives = ExpiresAfter(since="closed_on", days=365)

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="mandates")
    what = models.CharField(max_length=80)
    given_by = models.CharField(max_length=120, help_text="the meeting that gave it")
    begun_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField()
    stalled_on = models.DateField(null=True, help_text="when somebody said that nothing moves any more")
    closed_on = models.DateField(null=True)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["ends_on", "pk"]

    def __str__(self) -> str:
        return self.what

    @property
    def is_over(self) -> bool:
        return self.ends_on < timezone.localdate()

    @property
    def ends_soon(self) -> bool:
        return not self.is_over and self.ends_on <= timezone.localdate() + SOON


class Holding(models.Model):
    """A part in a mandate, held by an account or by a contact."""

    lives = ExpiresAfter(since="until", days=365)

    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="holdings")
    part = models.CharField(max_length=8, choices=Part.choices)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="holdings"
    )
    contact = models.ForeignKey(
        "people.Contact", null=True, on_delete=models.CASCADE, related_name="holdings"
    )
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True)

    objects = ScopedManager("mandate__organisation")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(account=None, contact__isnull=False)
                | models.Q(account__isnull=False, contact=None),
                name="a_part_is_one_persons",
            ),
            models.UniqueConstraint(
                fields=["mandate", "part"], condition=models.Q(until=None), name="one_person_in_each_part"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} of {self.mandate}"


class Vouch(models.Model):
    """An organiser's word that they know a contact. It stays when the organiser leaves."""

    lives = NoOwnExpiry("goes with its contact")

    contact = models.ForeignKey("people.Contact", on_delete=models.CASCADE, related_name="vouches")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    day = models.DateField(default=timezone.localdate)

    objects = ScopedManager("contact__organisation")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["contact", "by"], name="one_vouch_each")]

    def __str__(self) -> str:
        return f"known to an organiser since {self.day}"
