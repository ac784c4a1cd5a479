"""Named sets of rounds and voices."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from massline.desk.listen.models import ListeningRound, Voice
    from massline.desk.people.models import Organisation


class RoundQuerySet(models.QuerySet["ListeningRound"]):
    def of(self, organisation: "Organisation") -> "RoundQuerySet":
        return self.filter(organisation=organisation)

    def open(self) -> "RoundQuerySet":
        today = timezone.localdate()
        return self.filter(opens_on__lte=today, closes_on__gte=today)

    def closed(self) -> "RoundQuerySet":
        return self.filter(closes_on__lt=timezone.localdate())


class VoiceQuerySet(models.QuerySet["Voice"]):
    def of_round(self, round_: "ListeningRound") -> "VoiceQuerySet":
        return self.filter(report__round=round_).select_related("report__section")

    def questions(self) -> "VoiceQuerySet":
        return self.filter(kind="question")
