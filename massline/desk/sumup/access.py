"""From an id in an address to a sum-up or a claim, if this account may see it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role
from massline.desk.sumup.models.sum_up import Claim, SumUp, TakenOut
from massline.desk.sumup.questions import Asked, open_questions


def access_sum_up(request: DeskRequest, org: str, pk: int, *, need: Role) -> SumUp:
    organisation = access_organisation(request, org, need=need)
    rows = SumUp.objects.of(organisation).select_related("round__organisation", "written_by", "signed_by")
    return get_object_or_404(rows, pk=pk)


def access_claim(request: DeskRequest, org: str, pk: int, claim: int, *, need: Role) -> Claim:
    sum_up = access_sum_up(request, org, pk, need=need)
    found = get_object_or_404(sum_up.claims.with_words(), pk=claim)
    found.sum_up = sum_up
    return found


def access_taken_out(request: DeskRequest, org: str, pk: int, taken: int, *, need: Role) -> TakenOut:
    sum_up = access_sum_up(request, org, pk, need=need)
    found: TakenOut = get_object_or_404(sum_up.taken_out, pk=taken)
    found.sum_up = sum_up
    return found


def access_question(request: DeskRequest, org: str, key: str, *, need: Role) -> tuple[Asked, list[Asked]]:
    """One open question and all of them."""
    organisation = access_organisation(request, org, need=need)
    waiting = open_questions(organisation)
    asked = next((one for one in waiting if key in one.names), None)
    if asked is None:
        raise Http404
    return asked, waiting
