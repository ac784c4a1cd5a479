"""Rungs of the ladder of deeds, study paths, and steps learnt. No model holds a score."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.desk.people.scope import ScopedManager


class Deed(models.TextChoices):
    """Deeds that a rung can ask for."""

    CAME = "came", _("came")
    SHIFT = "shift", _("worked a shift")
    ROLE = "role", _("had a role")


class Rung(models.Model):
    """A rung of the organisation's own ladder, and the deed that leads to it."""

    lives = NoOwnExpiry("words of the organisation, nobody in them")

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="rungs")
    name = models.CharField(max_length=60)
    deed = models.CharField(max_length=8, choices=Deed.choices)
    times = models.PositiveSmallIntegerField(default=1)
    order = models.PositiveSmallIntegerField()

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_rung_per_name")]

    def __str__(self) -> str:
        return self.name


class StudyPath(models.Model):
    """A short course: steps in order."""

    lives = NoOwnExpiry("words of the organisation, nobody in them")

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="study_paths"
    )
    name = models.CharField(max_length=80)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_path_per_name")]

    def __str__(self) -> str:
        return self.name


class StudyStep(models.Model):
    """A step of a study path, and the organiser who teaches it."""

    lives = NoOwnExpiry("words of the organisation")

    path = models.ForeignKey(StudyPath, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(max_length=120)
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    order = models.PositiveSmallIntegerField()

    objects = ScopedManager("path__organisation")

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.what


class Learnt(models.Model):
    """A step learnt by a contact. It stays when the teacher leaves."""

    lives = NoOwnExpiry("goes with its contact")

    step = models.ForeignKey(StudyStep, on_delete=models.CASCADE, related_name="learnt")
    contact = models.ForeignKey("people.Contact", on_delete=models.CASCADE, related_name="learnt")
    taught_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="taught"
    )
    day = models.DateField(default=timezone.localdate)

    objects = ScopedManager("contact__organisation")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["step", "contact"], name="a_step_is_learnt_once")]

    def __str__(self) -> str:
        return f"learnt: {self.step}"
