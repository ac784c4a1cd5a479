"""Decisions, read from an id in an address, for accounts that may see them."""

from django.shortcuts import get_object_or_404

from massline.desk.decide.decisions.models import Decision
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role


def access_decision(request: DeskRequest, org: str, pk: int, *, need: Role) -> Decision:
    organisation = access_organisation(request, org, need=need)
    decisions = Decision.objects.select_related("organisation", "owner").prefetch_related(
        "demands__claims__sum_up", "demands__claims__citations", "calls"
    )
    return get_object_or_404(decisions, organisation=organisation, pk=pk)
