"""The choice of an organisation, the page Today with what is put off on it, and one turn of the loop on one page."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from massline.desk.act.events.next_mass_meeting import next_mass_meeting
from massline.desk.guard.access import DeskRequest, access_organisation, organisations_of
from massline.desk.home.forms import LaterForm, SectionLinesForm
from massline.desk.home.loop_trace import LoopTrace, trace_newest_round
from massline.desk.home.setup_steps import find_setup_progress
from massline.desk.home.today import (
    Today,
    bring_back_todos,
    give_todo,
    later_days,
    organisers_besides,
    put_off_todo,
)
from massline.desk.listen.rounds.access import access_round
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.people.choices import Role
from massline.desk.people.section_actions import add_section
from massline.desk.sumup.masking.personal_data import prefetch_maskings, public_text


def choose_organisation(request: DeskRequest) -> HttpResponse:
    """Redirect to the only organisation of the account; offer a choice of several; begin one where there is none."""
    organisations = organisations_of(request.user)
    if not organisations:
        return redirect("guard:found")
    if len(organisations) == 1:
        return redirect("home:today", organisations[0].slug)
    return render(request, "desk_home/doors.html", {"organisations": organisations})


@require_POST
def add_first_sections(request: DeskRequest, org: str) -> HttpResponse:
    """Add sections written one on each line, from the first evening."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = SectionLinesForm(request.POST)
    if not form.is_valid():
        return _today_page(request, form)
    for line in form.cleaned_data["lines"]:
        add_section(organisation=organisation, name=line.name, headcount=line.headcount, by=request.user)
    messages.success(
        request,
        ngettext("%(n)d section saved.", "%(n)d sections saved.", len(form.cleaned_data["lines"]))
        % {"n": len(form.cleaned_data["lines"])},
        extra_tags="sections-saved",
    )
    return redirect("home:today", org)


def show_today(request: DeskRequest, org: str) -> HttpResponse:
    access_organisation(request, org, need=Role.MEMBER)
    return _today_page(request, SectionLinesForm())


def _today_page(request: DeskRequest, sections: SectionLinesForm) -> HttpResponse:
    organisation = request.organisation
    first = find_setup_progress(organisation) if request.role >= Role.ORGANISER else None
    voices = Voice.objects.filter(report__round__organisation=organisation).select_related("report__section")
    return render(
        request,
        "desk_home/today.html",
        {
            "today": Today(
                organisation, request.user, request.role, said_elsewhere=first.urls if first else ()
            ),
            "first": first,
            "sections_form": sections,
            "turn": trace_newest_round(organisation),
            "others": organisers_besides(organisation, request.user),
            "later_days": [
                ((day - timezone.localdate()).days, day) for day in later_days(timezone.localdate())
            ],
            "meeting": next_mass_meeting(organisation),
            "voices": [
                (voice, public_text(voice)) for voice in voices.prefetch_related(prefetch_maskings())[:3]
            ],
        },
        status=422 if sections.errors else 200,
    )


@require_POST
def put_off_item(request: DeskRequest, org: str) -> HttpResponse:
    """Put an item of Today off until a day, or give it to another organiser."""
    organisation = access_organisation(request, org, need=Role.MEMBER)
    form = LaterForm(request.POST, organisation=organisation, account=request.user)
    if not form.is_valid():
        messages.error(request, _("Nothing was changed. Open Today again and choose a day or a person."))
    elif (other := form.cleaned_data["to"]) is not None:
        give_todo(organisation=organisation, account=request.user, item=form.cleaned_data["item"], to=other)
        messages.success(request, _("%(name)s has it on Today now.") % {"name": other.name})
    else:
        until = timezone.localdate() + timedelta(days=form.cleaned_data["until"])
        put_off_todo(
            organisation=organisation, account=request.user, item=form.cleaned_data["item"], until=until
        )
        messages.success(request, _("Put off. It comes back by itself."))
    return redirect("home:today", org)


@require_POST
def show_put_off(request: DeskRequest, org: str) -> HttpResponse:
    """Bring back everything this account put off or gave away."""
    organisation = access_organisation(request, org, need=Role.MEMBER)
    bring_back_todos(organisation=organisation, account=request.user)
    return redirect("home:today", org)


def show_loop(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show one whole turn of the loop, linked in both directions."""
    round_ = access_round(request, org, pk, need=Role.MEMBER)
    others = ListeningRound.objects.of(round_.organisation).exclude(pk=pk)
    return render(request, "desk_home/turn.html", {"turn": LoopTrace(round_), "others": others[:12]})
