"""Named sets of claims."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

if TYPE_CHECKING:
    from massline.square.reports.models import Claim  # noqa: F401


class ClaimQuerySet(models.QuerySet["Claim"]):
    def with_answers(self, key: str) -> "ClaimQuerySet":
        """Each claim with how many said what to it, as far as it may be told, and what this reader said."""
        from massline.square.reports.models import HeardAnswer, Resonance

        mine = Resonance.objects.filter(claim=models.OuterRef("pk"), key=key).values("value")[:1]
        found: ClaimQuerySet = self.annotate(
            said_yes=Count("answers", filter=Q(answers__shown_value=HeardAnswer.YES)),
            said_partly=Count("answers", filter=Q(answers__shown_value=HeardAnswer.PARTLY)),
            said_no=Count("answers", filter=Q(answers__shown_value=HeardAnswer.NO)),
            said_any=Count("answers", filter=Q(answers__shown_value__isnull=False)),
            mine=models.Subquery(mine),
        )
        return found
