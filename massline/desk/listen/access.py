"""From an id in an address to a round, if this account may see it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.listen.actions import conversation_of
from massline.desk.listen.models.bringing import Parcel
from massline.desk.listen.models.hearing import ListeningRound, Voice
from massline.desk.listen.models.paper import PaperSheet, number_of
from massline.desk.listen.models.watching import Watch, WatchedEvent
from massline.desk.people.states import Role
from massline.square.conversations.models import Conversation, Statement


def access_round(request: DeskRequest, org: str, pk: int, *, need: Role) -> ListeningRound:
    organisation = access_organisation(request, org, need=need)
    return get_object_or_404(
        ListeningRound.objects.select_related("organisation"), organisation=organisation, pk=pk
    )


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


def access_sheet(request: DeskRequest, org: str, code: str, *, need: Role) -> PaperSheet:
    organisation = access_organisation(request, org, need=need)
    number = number_of(code)
    if number is None:
        raise Http404
    sheets = PaperSheet.objects.select_related("round__organisation", "section")
    return get_object_or_404(sheets, round__organisation=organisation, pk=number)


def access_parcel(request: DeskRequest, org: str, pk: int, parcel: int, *, need: Role) -> Parcel:
    round_ = access_round(request, org, pk, need=need)
    return get_object_or_404(Parcel.objects.select_related("round__organisation"), round=round_, pk=parcel)


def access_voice(request: DeskRequest, org: str, pk: int, voice: int, *, need: Role) -> Voice:
    round_ = access_round(request, org, pk, need=need)
    return get_object_or_404(Voice.objects.of_round(round_).prefetch_related("translations"), pk=voice)


def access_watch(request: DeskRequest, org: str, pk: int, *, need: Role) -> Watch:
    organisation = access_organisation(request, org, need=need)
    return get_object_or_404(Watch.objects.select_related("organisation"), organisation=organisation, pk=pk)


def access_event(request: DeskRequest, org: str, pk: int, event: int, *, need: Role) -> WatchedEvent:
    watch = access_watch(request, org, pk, need=need)
    return get_object_or_404(
        WatchedEvent.objects.select_related("watch__organisation"), watch=watch, pk=event
    )
