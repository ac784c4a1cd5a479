"""From an id in an address to a round, if this account may see it."""

from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.listen.actions import conversation_of
from massline.desk.listen.models import ListeningRound
from massline.desk.people.states import Role
from massline.square.conversations.models import Statement


def access_round(request: DeskRequest, org: str, pk: int, *, need: Role) -> ListeningRound:
    organisation = access_organisation(request, org, need=need)
    return get_object_or_404(
        ListeningRound.objects.select_related("organisation"), organisation=organisation, pk=pk
    )


def access_statement(
    request: DeskRequest, org: str, pk: int, number: int, *, need: Role
) -> tuple[ListeningRound, Statement]:
    round_ = access_round(request, org, pk, need=need)
    conversation = conversation_of(round_)
    return round_, get_object_or_404(Statement, conversation=conversation, number=number)
