"""The listening room: rounds, who was heard, field reports, and what waits to be read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.listen import actions
from massline.desk.listen.access import access_round, access_statement
from massline.desk.listen.coverage import coverage, where_next
from massline.desk.listen.forms import ModerationForm, RoundForm
from massline.desk.listen.models import ListeningRound, Voice
from massline.desk.people.states import Role
from massline.square.conversations import actions as conversations
from massline.square.conversations.models import Conversation, Statement


def rounds(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    rounds = ListeningRound.objects.of(organisation).with_counts()
    return render(request, "listen/rounds.html", {"rounds": rounds})


def open_round(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = RoundForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"sections": list(form.cleaned_data["sections"])}
        round_ = actions.open_round(organisation=organisation, by=request.user, **given)
        messages.success(request, _("The round is open."))
        return redirect("listen:round", org, round_.pk)
    return render(request, "listen/open_round.html", {"form": form})


def round(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_ = access_round(request, org, pk, need=Role.MEMBER)
    conversation = actions.conversation_of(round_)
    voices = Voice.objects.of_round(round_).prefetch_related("citations__claim", "translations")
    heard = coverage(round_)
    return render(
        request,
        "listen/round.html",
        {
            "round": round_,
            "conversation": conversation,
            "held": held_in(conversation),
            "snapshot": conversation.latest_snapshot() if conversation else None,
            "coverage": heard,
            "next": where_next(heard),
            "voices": voices[:30],
            "voices_count": voices.count(),
        },
    )


def held_in(conversation: Conversation | None) -> list[Statement]:
    """Sentences that wait to be read, the oldest first; a page takes fifty."""
    return list(Statement.objects.filter(conversation=conversation).held()[:50]) if conversation else []


@require_POST
def moderate(request: DeskRequest, org: str, pk: int, number: int) -> HttpResponse:
    round_, statement = access_statement(request, org, pk, number, need=Role.ORGANISER)
    form = ModerationForm(request.POST)
    if form.is_valid():
        actions.moderate(statement, round_=round_, by=request.user, **form.cleaned_data)
        if request.htmx:
            held = held_in(statement.conversation)
            return render(request, "listen/held.html", {"round": round_, "held": held})
    else:
        messages.error(request, _("Nothing was changed: say in a few words why it is not shown."))
    whole = reverse("listen:round", args=[org, pk])
    return HttpResponseClientRedirect(whole) if request.htmx else redirect(whole)


@require_POST
def take_snapshot(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_ = access_round(request, org, pk, need=Role.ORGANISER)
    conversation = actions.conversation_of(round_)
    if conversation is not None:
        conversations.take_snapshot(conversation)
        messages.success(request, _("The map is up to date."))
    return redirect("listen:round", org, pk)
