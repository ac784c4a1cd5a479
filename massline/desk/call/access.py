"""Decisions and calls found by the id in an address, if this account may see them."""

from django.shortcuts import get_object_or_404

from massline.desk.call.models import Call
from massline.desk.decide.decisions.models import Decision
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role


def access_decision(request: DeskRequest, org: str, pk: int, *, need: Role) -> Decision:
    organisation = access_organisation(request, org, need=need)
    return get_object_or_404(
        Decision.objects.select_related("organisation"), organisation=organisation, pk=pk
    )


def access_call(request: DeskRequest, org: str, pk: int, *, need: Role) -> Call:
    organisation = access_organisation(request, org, need=need)
    calls = Call.objects.of(organisation).select_related("organisation", "decision")
    return get_object_or_404(calls, pk=pk)
