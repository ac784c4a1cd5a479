"""From an id in a URL to a conversation or a statement, if this account may see it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest
from massline.desk.listen.rounds.access import access_round
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.states import Role
from massline.square.conversations.models import Conversation, Statement


def access_conversation(
    request: DeskRequest, org: str, pk: int, *, need: Role
) -> tuple[ListeningRound, Conversation]:
    round_ = access_round(request, org, pk, need=need)
    conversation = conversation_of(round_)
    if conversation is None:
        raise Http404
    return round_, conversation


def access_statement(
    request: DeskRequest, org: str, pk: int, number: int, *, need: Role
) -> tuple[ListeningRound, Statement]:
    round_ = access_round(request, org, pk, need=need)
    conversation = conversation_of(round_)
    statements = Statement.objects.select_related("conversation", "same_as")
    return round_, get_object_or_404(statements, conversation=conversation, number=number)
