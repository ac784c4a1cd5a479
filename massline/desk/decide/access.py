"""From an id in an address to a row of the room of decisions, if this account may see it."""

from django.shortcuts import get_object_or_404

from massline.desk.decide.models import Decision, Demand, Line, Principle
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role


def access_demand(request: DeskRequest, org: str, pk: int, *, need: Role) -> Demand:
    organisation = access_organisation(request, org, need=need)
    rows = Demand.objects.select_related("organisation", "made_by").prefetch_related(
        "claims__sum_up", "claims__citations"
    )
    return get_object_or_404(rows, organisation=organisation, pk=pk)


def access_decision(request: DeskRequest, org: str, pk: int, *, need: Role) -> Decision:
    organisation = access_organisation(request, org, need=need)
    rows = Decision.objects.select_related("organisation", "owner").prefetch_related(
        "demands__claims__sum_up", "demands__claims__citations", "calls"
    )
    return get_object_or_404(rows, organisation=organisation, pk=pk)


def access_principle(request: DeskRequest, org: str, pk: int, *, need: Role) -> Principle:
    organisation = access_organisation(request, org, need=need)
    return get_object_or_404(Principle, organisation=organisation, pk=pk)


def access_line(request: DeskRequest, org: str, pk: int, *, need: Role) -> Line:
    organisation = access_organisation(request, org, need=need)
    return get_object_or_404(Line, organisation=organisation, pk=pk)
