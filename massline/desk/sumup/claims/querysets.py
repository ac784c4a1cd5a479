"""Named sets of sum-ups and claims."""

from typing import TYPE_CHECKING

from django.db import models

from massline.desk.sumup.masking.personal_data import prefetch_maskings

if TYPE_CHECKING:
    from massline.desk.people.models import Organisation
    from massline.desk.sumup.claims.models import Claim, SumUp  # noqa: F401


class SumUpQuerySet(models.QuerySet["SumUp"]):
    def of(self, organisation: "Organisation") -> "SumUpQuerySet":
        return self.filter(round__organisation=organisation).select_related(
            "round", "written_by", "signed_by"
        )

    def with_counts(self) -> "SumUpQuerySet":
        """Annotate each sum-up with its number of claims."""
        return self.annotate(claims_count=models.Count("claims"))


class SumUpClaimQuerySet(models.QuerySet["Claim"]):
    def of(self, organisation: "Organisation") -> "SumUpClaimQuerySet":
        return self.filter(sum_up__round__organisation=organisation)

    def signed(self) -> "SumUpClaimQuerySet":
        """Claims of signed or published sum-ups, on which a demand may be based."""
        return self.filter(sum_up__state__in=["signed", "published"])

    def with_words(self) -> "SumUpClaimQuerySet":
        """Prefetch citations with their voices, sections and maskings."""
        return self.prefetch_related(
            "citations__voice__report__section",
            prefetch_maskings("citations__voice__maskings"),
            "citations__masking__voice",
        )
