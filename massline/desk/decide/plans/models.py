"""Plans: phases, mobilisations between breadth and edge, structures that remain, and safeguards."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.desk.decide.decisions.models import Decision
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager


class Plan(models.Model):
    """A plan to carry out a decision."""

    lives = NoOwnExpiry("the organisation's own words")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="plans")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="plans")
    title = models.CharField(max_length=120)
    made_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class Phase(models.Model):
    """A period with one aim, and the structure that remains when it is over."""

    lives = NoOwnExpiry("goes with its plan")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="phases")
    title = models.CharField(max_length=80)
    aim = models.CharField(max_length=200, help_text="what is different afterwards")
    starts_on = models.DateField()
    ends_on = models.DateField()
    stays = models.CharField(
        max_length=200, blank=True, help_text="who stays, in what: committees, stairwells"
    )
    stay_count = models.PositiveIntegerField(null=True, blank=True)

    objects = ScopedManager("plan__organisation")

    class Meta:
        ordering = ["starts_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Reach(models.TextChoices):
    BREADTH = "breadth", _("open: anyone can join")
    EDGE = "edge", _("pressing: puts on more pressure")


class Mobilisation(models.Model):
    """A joint action in a phase, with one ask and one owner."""

    lives = NoOwnExpiry("goes with its phase")

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="mobilisations")
    what = models.CharField(max_length=120)
    ask = models.CharField(max_length=160, blank=True)
    day = models.DateField()
    reach = models.CharField(max_length=8, choices=Reach.choices, default=Reach.BREADTH)
    expected = models.PositiveIntegerField(null=True, blank=True)
    owner = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager("phase__plan__organisation")

    class Meta:
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return self.what


class Safeguard(models.TextChoices):
    """Precautions against repression."""

    LAWYER = "lawyer", _("A lawyer knows the date and has given a number that will be answered")
    WITNESSES = "witnesses", _("Legal observers and people who film are chosen")
    RIGHTS = "rights", _("Everyone who comes has a rights card in their language")
    MONEY = "money", _("There is money for fines and lost wages, and it is clear who decides about it")
    CALM = "calm", _("Marshals have practised keeping calm and ending it safely")
    DEVICES = "devices", _("Phones and lists: leave at home what you don’t need")
    AFTER = "after", _("We know who waits at the police station and who cares for anyone hurt")
    DEPUTY = "deputy", _("Everyone in charge has a deputy in case they can’t be there")


class Readiness(models.Model):
    """The state of one safeguard in one plan, with its owner."""

    lives = NoOwnExpiry("goes with its plan")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="readiness")
    safeguard = models.CharField(max_length=10, choices=Safeguard.choices)
    stands = models.BooleanField(default=False)
    owner = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager("plan__organisation")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "safeguard"], name="one_line_per_safeguard")]

    def __str__(self) -> str:
        return self.get_safeguard_display()
