"""From an id in a URL to a listening round, if this account may see it."""

from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.states import Role


def access_round(request: DeskRequest, org: str, pk: int, *, need: Role) -> ListeningRound:
    organisation = access_organisation(request, org, need=need)
    return get_object_or_404(
        ListeningRound.objects.select_related("organisation"), organisation=organisation, pk=pk
    )
