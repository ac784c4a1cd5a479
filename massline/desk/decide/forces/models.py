"""Forces in the field: organisations and offices, their stance, and their moves; never private persons."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.desk.people.models import Organisation
from massline.desk.people.scope import ScopedManager


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

    lives = NoOwnExpiry("organisations and offices, never private persons")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="forces")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=ForceKind.choices, default=ForceKind.ORGANISATION)
    stance = models.PositiveSmallIntegerField(choices=Stance.choices, default=Stance.NEUTRAL)
    influence = models.PositiveSmallIntegerField(choices=Influence.choices, default=Influence.SOME)
    strengths = models.TextField(blank=True, max_length=600)
    limits = models.TextField(blank=True, max_length=600)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-stance", "name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_force_per_name")]

    def __str__(self) -> str:
        return self.name


class MoveKind(models.TextChoices):
    DEED = "deed", _("did something")
    OFFER = "offer", _("made an offer")
    JOIN = "join", _("works together with")
    RIFT = "rift", _("fell out with")
    JUDGED = "judged", _("judged anew by us")


BETWEEN = (MoveKind.JOIN, MoveKind.RIFT)
THEIRS = tuple(kind for kind in MoveKind if kind != MoveKind.JUDGED)
"""What a force did itself; a stance that we judge anew is noted as a move with a day and without a source."""


class MoveQuerySet(models.QuerySet["Move"]):
    def about(self, force: Force) -> "MoveQuerySet":
        """Moves of a force, and the ties and rifts that others have with it."""
        rows = self.filter(models.Q(force=force) | models.Q(toward=force))
        return rows.select_related("force", "toward")

    def until_today(self) -> "MoveQuerySet":
        """Moves with a stance whose day has come, the one that tells where the force stands today first."""
        dated = self.filter(stance__isnull=False, day__lte=timezone.localdate())
        return dated.order_by("-day", "-pk")


class Move(models.Model):
    """An action of a force, with its day and its source; an offer with our answer, a tie or a rift with whom."""

    lives = NoOwnExpiry("deeds of organisations and offices, with their source")

    force = models.ForeignKey(Force, on_delete=models.CASCADE, related_name="moves")
    day = models.DateField(default=timezone.localdate)
    kind = models.CharField(max_length=8, choices=MoveKind.choices, default=MoveKind.DEED)
    toward = models.ForeignKey(
        Force,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="moves_toward",
        help_text="with whom they work together, or fell out",
    )
    what = models.CharField(max_length=240)
    answer = models.CharField(max_length=240, blank=True, help_text="what we say to their offer")
    source = models.CharField(max_length=240)
    stance = models.PositiveSmallIntegerField(
        choices=Stance.choices, null=True, blank=True, help_text="where it stands since then"
    )

    objects = ScopedManager.from_queryset(MoveQuerySet)("force__organisation")

    class Meta:
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return self.what or f"{self.get_kind_display()}: {self.get_stance_display()}"

    @property
    def awaits_answer(self) -> bool:
        return self.kind == MoveKind.OFFER and not self.answer
