"""Pages of listening rounds: the list, one round, and opening a round."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.listen.conversations.moderation_views import last_moderated, rejection_reasons
from massline.desk.listen.conversations.personal_data import statements_to_moderate
from massline.desk.listen.rounds import actions
from massline.desk.listen.rounds.access import access_round
from massline.desk.listen.rounds.coverage import next_conversations, section_coverage
from massline.desk.listen.rounds.forms import RoundForm
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.people.states import Role
from massline.square.conversations.results import snapshot


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
        messages.success(request, _("The listening round is open."))
        return redirect("listen:round", org, round_.pk)
    return render(request, "listen/open_round.html", {"form": form})


def round(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_ = access_round(request, org, pk, need=Role.MEMBER)
    conversation = actions.conversation_of(round_)
    voices = Voice.objects.of_round(round_).prefetch_related("citations__claim", "translations")
    heard = section_coverage(round_)
    return render(
        request,
        "listen/round.html",
        {
            "round": round_,
            "conversation": conversation,
            "held": statements_to_moderate(conversation),
            "read": last_moderated(conversation, request.GET.get("read")),
            "reasons": rejection_reasons(),
            "snapshot": conversation.latest_snapshot() if conversation else None,
            "coverage": heard,
            "next": next_conversations(heard),
            "voices": voices[:30],
            "voices_count": voices.count(),
        },
    )


@require_POST
def take_snapshot(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_ = access_round(request, org, pk, need=Role.ORGANISER)
    conversation = actions.conversation_of(round_)
    if conversation is not None:
        snapshot.take_snapshot(conversation)
        messages.success(request, _("The map is up to date."), extra_tags="map-drawn")
    return redirect("listen:round", org, pk)
