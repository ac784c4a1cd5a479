"""Points of unity: one text between organisations, which share its sentences and their positions, nothing else."""

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.desk.people.models import Organisation
from massline.desk.people.scope import ScopedManager


class UnityText(models.Model):
    """A text that several organisations weigh; a copy was imported from another installation's file."""

    lives = NoOwnExpiry("the organisations' own words")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="unity_texts")
    uuid = models.UUIDField(default=uuid4)
    title = models.CharField(max_length=120)
    host = models.CharField(max_length=120, help_text="the name under which the text is offered")
    is_copy = models.BooleanField(default=False)
    made_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-made_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "uuid"], name="one_text_per_uuid")]

    def __str__(self) -> str:
        return self.title


class UnitySentence(models.Model):
    """A sentence of a text; rewording makes a new version that everybody weighs again."""

    lives = NoOwnExpiry("goes with its text")

    text = models.ForeignKey(UnityText, on_delete=models.CASCADE, related_name="sentences")
    uuid = models.UUIDField(default=uuid4)
    order = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=400)
    before = models.TextField(blank=True, max_length=400, help_text="how it read before")
    version = models.PositiveSmallIntegerField(default=1)

    objects = ScopedManager("text__organisation")

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.words


class Party(models.Model):
    """An organisation that weighs the text under a name of its choice; it came by a code or a file."""

    lives = NoOwnExpiry("organisations, never persons")

    text = models.ForeignKey(UnityText, on_delete=models.CASCADE, related_name="parties")
    name = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    token_hash = models.CharField(max_length=64, blank=True, help_text="of a code that was not used yet")
    joined_on = models.DateField(null=True, blank=True)
    endorsed_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    left_because = models.CharField(max_length=240, blank=True)

    objects = ScopedManager("text__organisation")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_here(self) -> bool:
        return self.joined_on is not None and self.left_on is None


class Stand(models.TextChoices):
    AGREE = "agree", _("agree")
    LIVE_WITH = "live_with", _("can live with it")
    AMEND = "amend", _("only with changes")
    CANNOT = "cannot", _("cannot accept it")


class Position(models.Model):
    """A party's position on one version of a sentence on a day; added to, never changed."""

    lives = NoOwnExpiry("positions of organisations")

    sentence = models.ForeignKey(UnitySentence, on_delete=models.CASCADE, related_name="positions")
    version = models.PositiveSmallIntegerField()
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="positions")
    stand = models.CharField(max_length=10, choices=Stand.choices)
    instead = models.TextField(blank=True, max_length=400, help_text="the words it would take instead")
    day = models.DateField(default=timezone.localdate)

    objects = ScopedManager("sentence__text__organisation")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.party}: {self.stand}"

    def is_same(self, version: int, stand: str, instead: str) -> bool:
        return (self.version, self.stand, self.instead) == (version, stand, instead)
