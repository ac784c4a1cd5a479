"""From an id in an address to a decision or a call, if this account may see it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from massline.desk.call.further import CallVersion, CoSponsor
from massline.desk.call.models import Call
from massline.desk.decide.models.decisions import Decision
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role
from massline.square.calls.localized import LANGUAGES


def access_decision(request: DeskRequest, org: str, pk: int, *, need: Role) -> Decision:
    organisation = access_organisation(request, org, need=need)
    return get_object_or_404(
        Decision.objects.select_related("organisation"), organisation=organisation, pk=pk
    )


def access_call(request: DeskRequest, org: str, pk: int, *, need: Role) -> Call:
    organisation = access_organisation(request, org, need=need)
    calls = Call.objects.of(organisation).select_related("organisation", "decision")
    return get_object_or_404(calls, pk=pk)


def access_version(
    request: DeskRequest, org: str, pk: int, code: str, *, need: Role
) -> tuple[Call, CallVersion | None]:
    """Give a call and what it says in a language, which may not be written yet; its own language is no further one."""
    call = access_call(request, org, pk, need=need)
    if code not in LANGUAGES or code == call.language:
        raise Http404
    return call, call.versions.filter(language=code).first()


def access_sponsor(request: DeskRequest, org: str, pk: int, sponsor: int, *, need: Role) -> CoSponsor:
    call = access_call(request, org, pk, need=need)
    return get_object_or_404(CoSponsor.objects.select_related("call__organisation"), call=call, pk=sponsor)
