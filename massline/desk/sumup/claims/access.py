"""From an id in a URL to a summary or a finding, if this account may see it."""

from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role
from massline.desk.sumup.claims.models import Claim, SumUp, TakenOut


def access_sum_up(request: DeskRequest, org: str, pk: int, *, need: Role) -> SumUp:
    organisation = access_organisation(request, org, need=need)
    rows = SumUp.objects.of(organisation).select_related("round__organisation", "written_by", "signed_by")
    return get_object_or_404(rows, pk=pk)


def access_claim(request: DeskRequest, org: str, pk: int, claim: int, *, need: Role) -> Claim:
    sum_up = access_sum_up(request, org, pk, need=need)
    row = get_object_or_404(sum_up.claims.with_words(), pk=claim)
    row.sum_up = sum_up
    return row


def access_removed_claim(request: DeskRequest, org: str, pk: int, taken: int, *, need: Role) -> TakenOut:
    sum_up = access_sum_up(request, org, pk, need=need)
    row: TakenOut = get_object_or_404(sum_up.taken_out, pk=taken)
    row.sum_up = sum_up
    return row
