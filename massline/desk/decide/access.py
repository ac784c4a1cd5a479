"""From an id in an address to a row of the room of decisions, if this account may see it."""

from typing import TypeVar

from django.db import models
from django.shortcuts import get_object_or_404

from massline.desk.decide.models.decisions import Decision
from massline.desk.decide.models.demands import Demand
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role

M = TypeVar("M", bound=models.Model)


def access_row(
    request: DeskRequest, org: str, model: type[M], pk: int, *, need: Role, path: str = "organisation"
) -> M:
    """Give a row of the room; `path` leads from it to its organisation."""
    organisation = access_organisation(request, org, need=need)
    first = path.partition("__")[0]
    rows = model._default_manager.select_related(first)
    return get_object_or_404(rows, pk=pk, **{path: organisation})


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
