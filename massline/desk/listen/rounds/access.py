"""From an id in a URL to a listening round or its conversation, if this account may see it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.choices import Role
from massline.square.conversations.models import Conversation


def access_round(request: DeskRequest, org: str, pk: int, *, need: Role) -> ListeningRound:
    organisation = access_organisation(request, org, need=need)
    return get_object_or_404(
        ListeningRound.objects.select_related("organisation"), organisation=organisation, pk=pk
    )


def access_conversation(
    request: DeskRequest, org: str, pk: int, *, need: Role
) -> tuple[ListeningRound, Conversation]:
    """A round with its conversation; raises Http404 also if it has none."""
    round_ = access_round(request, org, pk, need=need)
    conversation = conversation_of(round_)
    if conversation is None:
        raise Http404
    return round_, conversation
