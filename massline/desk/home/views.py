"""The choice of an organisation, the page Today, and one turn of the loop on one page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from massline.desk.act.events.upcoming import next_mass_meeting
from massline.desk.guard.access import DeskRequest, access_organisation, organisations_of
from massline.desk.home.loop_trace import LoopTrace, trace_newest_round
from massline.desk.home.todo_list import list_todos
from massline.desk.listen.rounds.access import access_round
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.people.states import Role
from massline.desk.sumup.masking.personal_data import prefetch_maskings, public_text


def choose_organisation(request: DeskRequest) -> HttpResponse:
    """Redirect to the only organisation of the account; offer a choice of several; begin one where there is none."""
    organisations = organisations_of(request.user)
    if not organisations:
        return redirect("guard:found")
    if len(organisations) == 1:
        return redirect("home:today", organisations[0].slug)
    return render(request, "desk_home/doors.html", {"organisations": organisations})


def show_today(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    voices = Voice.objects.filter(report__round__organisation=organisation).select_related("report__section")
    return render(
        request,
        "desk_home/today.html",
        {
            "turn": trace_newest_round(organisation),
            "todos": list_todos(organisation, request.user),
            "meeting": next_mass_meeting(organisation),
            "voices": [
                (voice, public_text(voice)) for voice in voices.prefetch_related(prefetch_maskings())[:3]
            ],
        },
    )


def show_loop(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show one whole turn of the loop, linked in both directions."""
    round_ = access_round(request, org, pk, need=Role.MEMBER)
    others = ListeningRound.objects.of(round_.organisation).exclude(pk=pk)
    return render(request, "desk_home/turn.html", {"turn": LoopTrace(round_), "others": others[:12]})
