"""Forces in the field: organisations and offices, their stance, and their moves; never private persons."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import Stays
from massline.desk.people.models import Organisation
from massline.desk.people.scope import Scoped


class ForceKind(models.TextChoices):
    ORGANISATION = "organisation", _("an organisation")
    OFFICE = "office", _("an office, whoever is in it")
    COMPANY = "company", _("a company")
    AUTHORITY = "authority", _("an authority")
    PRESS = "press", _("a newspaper or broadcaster")


class Stance(models.IntegerChoices):
    """The spectrum of allies."""

    ACTIVE_OPPOSITION = 1, _("active opposition")
    PASSIVE_OPPOSITION = 2, _("passive opposition")
    NEUTRAL = 3, _("neutral")
    PASSIVE_ALLY = 4, _("passive ally")
    ACTIVE_ALLY = 5, _("active ally")


class Influence(models.IntegerChoices):
    LITTLE = 1, _("can do little")
    SOME = 2, _("can help or hinder")
    MUCH = 3, _("can move the decision")
    DECIDES = 4, _("decides")


class Force(models.Model):
    """An organisation or office with a part in our struggle."""

    lives = Stays("organisations and offices, never private persons")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="forces")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=ForceKind.choices, default=ForceKind.ORGANISATION)
    stance = models.PositiveSmallIntegerField(choices=Stance.choices, default=Stance.NEUTRAL)
    influence = models.PositiveSmallIntegerField(choices=Influence.choices, default=Influence.SOME)
    strengths = models.TextField(blank=True, max_length=600)
    limits = models.TextField(blank=True, max_length=600)

    objects = Scoped("organisation")

    class Meta:
        ordering = ["-stance", "name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_force_per_name")]

    def __str__(self) -> str:
        return self.name


class Move(models.Model):
    """An action of a force, with its day and its source."""

    lives = Stays("deeds of organisations and offices, with their source")

    force = models.ForeignKey(Force, on_delete=models.CASCADE, related_name="moves")
    day = models.DateField(default=timezone.localdate)
    what = models.CharField(max_length=240)
    source = models.CharField(max_length=240)
    stance = models.PositiveSmallIntegerField(
        choices=Stance.choices, null=True, blank=True, help_text="where it stands since then"
    )

    objects = Scoped("force__organisation")

    class Meta:
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return self.what
