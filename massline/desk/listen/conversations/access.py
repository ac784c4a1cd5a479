"""From an id in a URL to a statement, if this account may see it."""

from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest
from massline.desk.listen.rounds.access import access_round
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.choices import Role
from massline.square.conversations.models import Statement


def access_statement(
    request: DeskRequest, org: str, pk: int, number: int, *, need: Role
) -> tuple[ListeningRound, Statement]:
    round_ = access_round(request, org, pk, need=need)
    conversation = conversation_of(round_)
    statements = Statement.objects.select_related("conversation", "same_as")
    return round_, get_object_or_404(statements, conversation=conversation, number=number)
