"""Programmes, their sessions and notices. No table names who is in need."""

from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import ExpiresAfter, NoOwnExpiry
from massline.desk.act.events.models import Event
from massline.desk.decide.plans.models import Plan
from massline.desk.listen.rounds.models import Voice
from massline.desk.people.models import Account, Organisation, Section
from massline.desk.people.scope import ScopedManager

GOOD_FOR = timedelta(days=14)


class Programme(models.Model):
    """A need that many share, met together."""

    lives = NoOwnExpiry("the organisation's own words")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="programmes")
    name = models.CharField(max_length=120)
    need = models.TextField(max_length=600, help_text="what is missing, in people's words")
    plan = models.ForeignKey(
        Plan,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="programmes",
        help_text="it leads here",
    )
    voices = models.ManyToManyField(Voice, related_name="programmes", blank=True)
    begun_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-begun_on", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_on(self) -> bool:
        return self.ended_on is None


class Session(models.Model):
    """A date of a programme, with an event that people find on the square and sign up to."""

    lives = NoOwnExpiry("how many, never who")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="sessions")
    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="session")
    run_by = models.CharField(max_length=120, help_text="who runs it: a block, a group")
    served = models.PositiveIntegerField(null=True, blank=True)
    ran = models.PositiveIntegerField(null=True, blank=True, help_text="how many ran it")
    ran_once_served = models.PositiveIntegerField(
        null=True, blank=True, help_text="of those who ran it, how many first came because they needed it"
    )

    objects = ScopedManager("programme__organisation")

    class Meta:
        ordering = ["event__starts_at"]

    def __str__(self) -> str:
        return str(self.event)


class AidPostKind(models.TextChoices):
    ASK = "ask", _("asked for")
    OFFER = "offer", _("offered")


class AidPostState(models.TextChoices):
    OPEN = "open", _("open")
    MATCHED = "matched", _("matched")
    DONE = "done", _("done")


def default_last_day() -> date:
    return timezone.localdate() + GOOD_FOR


class AidPost(models.Model):
    """An ask or an offer, without name or reason. One account carries word between the two sides."""

    lives = ExpiresAfter(since="good_until", days=7)

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=6, choices=AidPostKind.choices)
    words = models.CharField(max_length=240)
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    voice = models.ForeignKey(Voice, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    carried_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=AidPostState.choices, default=AidPostState.OPEN)
    met_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="meets"
    )
    good_until = models.DateField(default=default_last_day)

    objects = ScopedManager("programme__organisation")

    class Meta:
        db_table = "programmes_notice"
        ordering = ["good_until", "pk"]

    def __str__(self) -> str:
        return self.words

    @property
    def is_expired(self) -> bool:
        return self.good_until < timezone.localdate()

    @property
    def runs_out_soon(self) -> bool:
        return self.good_until <= timezone.localdate() + timedelta(days=2)
