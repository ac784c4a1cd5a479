"""Promises of the other side with all that happened to them, and the outcome of demands."""

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.forces.models import Force
from massline.desk.decide.promises.querysets import PromiseQuerySet
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager


class PromiseState(models.TextChoices):
    OPEN = "open", _("promised")
    MOVED = "moved", _("put off")
    KEPT = "kept", _("kept")
    BROKEN = "broken", _("broken")


class Promise(models.Model):
    """What an organisation or office promised us, by a day, and where that can be read."""

    lives = NoOwnExpiry("deeds of organisations and offices, with their source")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="promises")
    uuid = models.UUIDField(unique=True, default=uuid4, help_text="its name on the square")
    force = models.ForeignKey(Force, on_delete=models.CASCADE, related_name="promises")
    demand = models.ForeignKey(
        Demand, null=True, blank=True, on_delete=models.SET_NULL, related_name="promises"
    )
    what = models.CharField(max_length=240)
    due_on = models.DateField(help_text="the day by which it is to be kept; a later one once it was put off")
    proof = models.CharField(max_length=240, help_text="where people can read it")
    state = models.CharField(max_length=8, choices=PromiseState.choices, default=PromiseState.OPEN)
    is_public = models.BooleanField(default=True)
    made_on = models.DateField(default=timezone.localdate, help_text="the day they promised it")

    objects = ScopedManager.from_queryset(PromiseQuerySet)("organisation")

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.what

    @property
    def is_running(self) -> bool:
        return self.state in {PromiseState.OPEN, PromiseState.MOVED}

    @property
    def is_due(self) -> bool:
        return self.is_running and self.due_on <= timezone.localdate()

    @property
    def days_left(self) -> int:
        return (self.due_on - timezone.localdate()).days


class PromiseStep(models.Model):
    """What happened to a promise on a day, with proof; the newest says how it stands."""

    lives = NoOwnExpiry("goes with its promise")

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=8, choices=PromiseState.choices)
    day = models.DateField(default=timezone.localdate)
    due_on = models.DateField(null=True, blank=True, help_text="the new day, where it was put off")
    proof = models.CharField(max_length=240)
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager("promise__organisation")

    class Meta:
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return f"{self.promise} {self.state}"


class OutcomeState(models.TextChoices):
    WON = "won", _("won")
    PARTLY = "partly", _("won in part")
    LOST = "lost", _("not won")


class DemandOutcome(models.Model):
    """What came of a demand, in our words and with proof."""

    lives = NoOwnExpiry("goes with its demand")

    demand = models.OneToOneField(Demand, on_delete=models.CASCADE, related_name="outcome")
    uuid = models.UUIDField(unique=True, default=uuid4, help_text="its name on the square")
    state = models.CharField(max_length=8, choices=OutcomeState.choices)
    words = models.CharField(max_length=400, help_text="what we won, and what is still missing")
    proof = models.CharField(max_length=240, help_text="where people can check it")
    day = models.DateField(default=timezone.localdate)
    is_public = models.BooleanField(default=True)

    objects = ScopedManager("demand__organisation")

    class Meta:
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def is_win(self) -> bool:
        return self.state != OutcomeState.LOST
