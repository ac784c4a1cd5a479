"""Assessments of whether it is time, by criteria with evidence; dissent; and forecasts that are settled."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.desk.decide.forces.models import Force
from massline.desk.decide.line.models import Line
from massline.desk.people.models import Organisation
from massline.desk.people.scope import ScopedManager
from massline.desk.sumup.claims.models import Claim
from massline.desk.sumup.estimates.models import MoodSnapshot, PulseSnapshot


class Criterion(models.TextChoices):
    """Criteria of every assessment, in this order."""

    MOOD = "mood", _("Mood and willingness to act, by section")
    PULSE = "pulse", _("The moment: is it getting better or worse for us?")
    FORCES = "forces", _("Allies and opponents: who is moving, and which way?")
    STRENGTH = "strength", _("Our own strength")
    OBSTACLES = "obstacles", _("What is in the way")
    DUTY = "duty", _("Is it right to act, even if we may lose?")


class Leaning(models.TextChoices):
    FOR = "for", _("points to acting now")
    OPEN = "open", _("could go either way")
    AGAINST = "against", _("points to waiting")


class Assessment(models.Model):
    """An assessment of whether it is time for one thing."""

    lives = NoOwnExpiry("the organisation's own words")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="assessments")
    question = models.CharField(max_length=160)
    made_on = models.DateField(default=timezone.localdate)
    conclusion = models.TextField(blank=True, max_length=1000)
    dissent = models.TextField(
        blank=True, max_length=2000, help_text="who sees it differently, in their words"
    )

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return self.question


class Point(models.Model):
    """The leaning of one criterion in one assessment, with its reason."""

    lives = NoOwnExpiry("goes with its assessment")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="points")
    criterion = models.CharField(max_length=10, choices=Criterion.choices)
    leaning = models.CharField(max_length=8, choices=Leaning.choices, default=Leaning.OPEN)
    words = models.TextField(blank=True, max_length=1000)

    objects = ScopedManager("assessment__organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="one_point_per_criterion")
        ]

    def __str__(self) -> str:
        return self.get_criterion_display()


class ReadingState(models.TextChoices):
    OPEN = "open", _("not looked at")
    ACCEPTED = "accepted", _("accepted")
    OVERRULED = "overruled", _("overruled")


class Reading(models.Model):
    """A number the house filled in on the day of the assessment: accepted, or overruled in words."""

    lives = NoOwnExpiry("goes with its point")

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="readings")
    key = models.CharField(max_length=120, help_text="what it measures, from one day to the next")
    text = models.CharField(max_length=600)
    address = models.CharField(max_length=240, help_text="the page it comes from")
    leaning = models.CharField(max_length=8, choices=Leaning.choices, default=Leaning.OPEN)
    state = models.CharField(max_length=10, choices=ReadingState.choices, default=ReadingState.OPEN)
    words = models.CharField(max_length=300, blank=True, help_text="why it is overruled")

    objects = ScopedManager("point__assessment__organisation")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["point", "key"], name="one_reading_per_key")]

    def __str__(self) -> str:
        return self.text[:60]


class Evidence(models.Model):
    """A source cited for a point: a row of the organisation that its members can open."""

    lives = NoOwnExpiry("goes with its point")

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="evidence")
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    line = models.ForeignKey(Line, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    force = models.ForeignKey(Force, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    mood = models.ForeignKey(MoodSnapshot, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    pulse = models.ForeignKey(
        PulseSnapshot, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    objects = ScopedManager("point__assessment__organisation")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(claim__isnull=False)
                | models.Q(line__isnull=False)
                | models.Q(force__isnull=False)
                | models.Q(mood__isnull=False)
                | models.Q(pulse__isnull=False),
                name="evidence_names_a_source",
            )
        ]

    def __str__(self) -> str:
        return str(self.source)

    @property
    def source(self) -> models.Model | None:
        return self.claim or self.line or self.force or self.mood or self.pulse


class Forecast(models.Model):
    """A sentence that a day will prove right or wrong, and the probability the organisation gives it."""

    lives = NoOwnExpiry("a forecast of the organisation, never of a person")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="forecasts")
    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.SET_NULL, related_name="forecasts"
    )
    text = models.CharField(max_length=240)
    criterion = models.CharField(max_length=240, help_text="how we shall know")
    percent = models.PositiveSmallIntegerField(help_text="how likely, from 1 to 99")
    resolves_on = models.DateField()
    made_on = models.DateField(default=timezone.localdate)
    came_true = models.BooleanField(null=True, blank=True)
    resolved_on = models.DateField(null=True, blank=True)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["resolves_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__gte=1, percent__lte=99), name="forecast_is_never_certain"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_due(self) -> bool:
        return self.came_true is None and self.resolves_on <= timezone.localdate()

    @property
    def brier(self) -> float | None:
        """Squared error of the forecast: 0 is perfect, 0.25 what "fifty-fifty" always gets (Brier 1950)."""
        if self.came_true is None:
            return None
        return (self.percent / 100 - self.came_true) ** 2
