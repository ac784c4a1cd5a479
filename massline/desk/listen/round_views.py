"""Pages of listening rounds: the list, one round, and opening a round."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.listen.access_codes import actions as access_code_actions
from massline.desk.listen.access_codes.forms import DayAsideForm
from massline.desk.listen.conversations.moderation_views import last_moderated, rejection_reasons
from massline.desk.listen.conversations.moderation_warnings import (
    count_unread_statements,
    statements_to_moderate,
)
from massline.desk.listen.rounds import actions
from massline.desk.listen.rounds.access import access_conversation, access_round
from massline.desk.listen.rounds.coverage import count_people_heard, next_conversations, section_coverage
from massline.desk.listen.rounds.forms import RoundForm
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.people.choices import Role
from massline.square.conversations.arrivals.arrival_counts import count_arrivals
from massline.square.conversations.results import snapshot
from massline.web.refusal_messages import form_errors

# Newest voices on the page of a round; all of them have a page of their own, with a search.
VOICES_SHOWN = 2


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
        is_online = actions.conversation_of(round_) is not None
        return redirect("listen:share" if is_online else "listen:round", org, round_.pk)
    return render(request, "listen/open_round.html", {"form": form})


def round(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    return _round_page(request, access_round(request, org, pk, need=Role.MEMBER))


@require_POST
def set_day_aside(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Leave out whoever came through the open door on one day, or count them again."""
    round_, conversation = access_conversation(request, org, pk, need=Role.ORGANISER)
    form = DayAsideForm.of(conversation, request.POST)
    if not form.is_valid():
        return _round_page(request, round_, form)
    try:
        access_code_actions.exclude_answers_of_day(
            conversation, round_=round_, by=request.user, **form.cleaned_data
        )
    except Refused as refused:
        form.add_error("reason", form_errors(refused))
        return _round_page(request, round_, form)
    messages.success(request, _("Saved. The next map counts it that way."), extra_tags="day-set")
    return redirect("listen:round", org, pk)


def _round_page(
    request: DeskRequest, round_: ListeningRound, aside: DayAsideForm | None = None
) -> HttpResponse:
    conversation = actions.conversation_of(round_)
    voices = Voice.objects.of_round(round_).prefetch_related("citations__claim", "translations")
    counts = count_people_heard(round_)
    heard = section_coverage(round_, counts=counts)
    return render(
        request,
        "listen/round.html",
        {
            "round": round_,
            "conversation": conversation,
            "held": statements_to_moderate(conversation),
            "held_count": count_unread_statements(conversation),
            "read": last_moderated(conversation, request.GET.get("read")),
            "reasons": rejection_reasons(),
            "snapshot": conversation.latest_snapshot() if conversation else None,
            "coverage": heard,
            "people_heard": counts.spoken.total(),
            "imported": counts.imported.total(),
            "next": next_conversations(heard),
            "voices": voices[:VOICES_SHOWN],
            "voices_count": voices.count(),
            "arrivals": count_arrivals(conversation)
            if conversation and request.role >= Role.ORGANISER
            else None,
            "aside": aside,
        },
        status=422 if aside is not None else 200,
    )


@require_POST
def take_snapshot(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_ = access_round(request, org, pk, need=Role.ORGANISER)
    conversation = actions.conversation_of(round_)
    if conversation is not None:
        snapshot.take_snapshot(conversation)
        messages.success(request, _("The map is up to date."), extra_tags="map-drawn")
    return redirect("listen:round", org, pk)
