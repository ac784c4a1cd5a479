"""Proposals that need two key-holders, and legal holds."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import ExpiresAfter
from massline.desk.people.choices import SecondFactorRule
from massline.desk.people.models import Account, Membership, Organisation
from massline.desk.people.scope import ScopedManager


class DualControlAct(models.TextChoices):
    """An act that one key-holder proposes and another confirms with their passphrase."""

    HOLD = "hold", _("Legal hold: keep everything")
    LIFT = "lift", _("End the legal hold")
    EXPORT = "export", _("Export contacts to a file")
    BURN = "burn", _("Delete this organisation for good")
    REMOVE = "remove", _("End the membership of a key-holder")
    LOCK = "lock", _("Change the lock")
    THRESHOLD = "cells", _("Show figures of fewer people")
    FACTOR = "factor", _("Ask a second step at login of fewer people")


# Where nobody is left who came in through somebody else, each act waits so long on everybody's Today.
SLOW_HOURS = 24
# A removal that nobody beside the two could confirm is done by one key-holder after so long.
ALONE_HOURS = 72
OPEN_FOR = timedelta(hours=24)


class ProposalQuerySet(models.QuerySet["DualControlProposal"]):
    def waiting(self) -> "ProposalQuerySet":
        """Proposals neither confirmed nor withdrawn, including expired ones (see `is_over`)."""
        return self.filter(seconded_at=None, withdrawn_at=None)


class DualControlProposal(models.Model):
    """A key-holder's proposal of an act that is done once another confirms it."""

    lives = ExpiresAfter(since="made_at", days=180)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="proposals")
    what = models.CharField(max_length=8, choices=DualControlAct.choices)
    reason = models.CharField(max_length=240)
    most = models.PositiveIntegerField(default=0, help_text="for an export: how many contacts at most")
    member = models.ForeignKey(
        Membership, null=True, on_delete=models.CASCADE, related_name="+", help_text="whose membership ends"
    )
    value = models.PositiveSmallIntegerField(default=0, help_text="what a setting is lowered to")
    waits_hours = models.PositiveSmallIntegerField(
        default=0, help_text="how long all organisers may say no before anybody can confirm"
    )
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    seconded_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    seconded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True, help_text="for an export: when the file was made")
    rows = models.PositiveIntegerField(default=0, help_text="for an export: how many contacts were in it")

    objects = ScopedManager.from_queryset(ProposalQuerySet)("organisation")

    class Meta:
        db_table = "guard_proposal"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.what} {self.pk}"

    @property
    def opens_at(self) -> datetime:
        """The earliest time for a confirmation; deletions have a cooling-off period."""
        hours = settings.BURN_COOLING_HOURS if self.what == DualControlAct.BURN else 0
        return self.made_at + timedelta(hours=max(hours, self.waits_hours))

    @property
    def is_for_one(self) -> bool:
        """True if the proposer alone can carry it out, because nobody beside the two could confirm it."""
        return self.what == DualControlAct.REMOVE and self.waits_hours >= ALONE_HOURS

    @property
    def summary(self) -> str:
        """The act, with the member or the number it is about."""
        about = ""
        if self.what == DualControlAct.REMOVE and self.member is not None:
            about = self.member.account.name
        elif self.what == DualControlAct.THRESHOLD:
            about = str(self.value)
        elif self.what == DualControlAct.FACTOR:
            about = str(SecondFactorRule(self.value).label)
        return f"{self.get_what_display()}: {about}" if about else self.get_what_display()

    @property
    def closes_at(self) -> datetime:
        return self.opens_at + OPEN_FOR

    @property
    def is_open(self) -> bool:
        waits = self.seconded_at is None and self.withdrawn_at is None
        return waits and self.opens_at <= timezone.now() < self.closes_at

    @property
    def is_over(self) -> bool:
        return self.seconded_at is None and self.withdrawn_at is None and timezone.now() >= self.closes_at


class LegalHold(models.Model):
    """A demand by a court or lawyer that nothing of this organisation is deleted until the hold ends."""

    lives = ExpiresAfter(since="ended_on", days=365)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=240)
    day = models.DateField(default=timezone.localdate)
    set_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    seconded_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_on = models.DateField(null=True)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(ended_on=None), name="one_legal_hold_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"a legal hold since {self.day}"
