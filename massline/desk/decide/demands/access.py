"""Demands, read from an id in an address, for accounts that may see them."""

from django.shortcuts import get_object_or_404

from massline.desk.decide.demands.models import Demand
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role


def access_demand(request: DeskRequest, org: str, pk: int, *, need: Role) -> Demand:
    organisation = access_organisation(request, org, need=need)
    demands = Demand.objects.select_related("organisation", "made_by").prefetch_related(
        "claims__sum_up", "claims__citations"
    )
    return get_object_or_404(demands, organisation=organisation, pk=pk)
