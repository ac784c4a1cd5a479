"""Co-sponsors of a call, if this account may see the call."""

from django.shortcuts import get_object_or_404

from massline.desk.call.access import access_call
from massline.desk.call.sponsors.models import CoSponsor
from massline.desk.guard.access import DeskRequest
from massline.desk.people.choices import Role


def access_sponsor(request: DeskRequest, org: str, pk: int, sponsor: int, *, need: Role) -> CoSponsor:
    call = access_call(request, org, pk, need=need)
    return get_object_or_404(CoSponsor.objects.select_related("call__organisation"), call=call, pk=sponsor)
