"""PLACEHOLDER from massline.desk.decide.access: From an id in an address to a row of the room of decisions, if this account may see it."""

from django.shortcuts import get_object_or_404

from massline.desk.decide.decisions.models import Decision
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role


def access_decision(request: DeskRequest, org: str, pk: int, *, need: Role) -> Decision:
    organisation = access_organisation(request, org, need=need)
    rows = Decision.objects.select_related("organisation", "owner").prefetch_related(
        "demands__claims__sum_up", "demands__claims__citations", "calls"
    )
    return get_object_or_404(rows, organisation=organisation, pk=pk)
