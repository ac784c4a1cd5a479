"""Named sets of rounds and voices."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from massline.desk.listen.rounds.models import ListeningRound, Voice  # noqa: F401 - the queryset's own row
    from massline.desk.people.models import Organisation


class RoundQuerySet(models.QuerySet["ListeningRound"]):
    def of(self, organisation: "Organisation") -> "RoundQuerySet":
        return self.filter(organisation=organisation)

    def with_counts(self) -> "RoundQuerySet":
        """Annotate each round with the number of people spoken to, of voices, and of entries imported from files."""
        from massline.desk.listen.rounds.models import Channel, FieldReport

        reports = FieldReport.objects.filter(round=models.OuterRef("pk")).order_by().values("round")
        spoken, imported = reports.exclude(channel=Channel.FILE), reports.filter(channel=Channel.FILE)
        return self.annotate(
            people_heard=models.Subquery(spoken.annotate(n=models.Sum("people")).values("n")),
            voices_count=models.Subquery(reports.annotate(n=models.Count("voices")).values("n")),
            imported_count=models.Subquery(imported.annotate(n=models.Sum("people")).values("n")),
        )

    def open(self) -> "RoundQuerySet":
        today = timezone.localdate()
        return self.filter(opens_on__lte=today, closes_on__gte=today)

    def closed(self) -> "RoundQuerySet":
        return self.filter(closes_on__lt=timezone.localdate())


class VoiceQuerySet(models.QuerySet["Voice"]):
    def of_round(self, round_: "ListeningRound") -> "VoiceQuerySet":
        return self.filter(report__round=round_).select_related("report__section")

    def of_kind(self, *kinds: str) -> "VoiceQuerySet":
        return self.filter(kind__in=kinds)

    def questions(self) -> "VoiceQuerySet":
        return self.filter(kind="question")
