"""The overview of this stage, recording a decision, and publishing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.disclosure_threshold import threshold
from massline.core.refusal import Refused
from massline.core.row_numbers import read_row_number
from massline.desk.decide.decisions import actions, publication
from massline.desk.decide.decisions.access import access_decision
from massline.desk.decide.decisions.forms import DecisionForm
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.decisions.wait_conditions import list_wait_conditions
from massline.desk.decide.demands.breadth import measure_breadth
from massline.desk.decide.demands.judgements import count_judgements
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.elections.models import Election, ElectionState
from massline.desk.decide.line.line_page import LinePresentation
from massline.desk.decide.line.models import Line
from massline.desk.decide.motions.models import Motion, MotionState
from massline.desk.decide.principles.forms import PrincipleForm
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role
from massline.desk.people.models import Organisation
from massline.web.refusal_messages import show_reasons


def show_overview(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    demands = list(Demand.objects.filter(organisation=organisation))
    principles = list(organisation.principles.holding())
    breadth = measure_breadth(demands, threshold(organisation))
    judgements = count_judgements(demands, principles)
    return render(
        request,
        "decide/decide.html",
        {
            "rows": [(judgement, breadth[judgement.demand.pk]) for judgement in judgements],
            "principles": principles,
            "decisions": Decision.objects.filter(organisation=organisation).select_related("owner"),
            "form": PrincipleForm(),
        },
    )


def record_decision(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    initial = _initial(request, organisation)
    form = DecisionForm(request.POST or None, organisation=organisation, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data | {"demands": list(form.cleaned_data["demands"])}
        try:
            decision = actions.record_decision(organisation=organisation, by=request.user, **fields)
        except Refused as refused:
            return _record_page(request, organisation, form, refused)
        messages.success(
            request,
            _("Written down. We wait.") if decision.is_waiting else _("Decision saved. Now call people."),
        )
        return redirect("decide:decision", org, decision.pk)
    return _record_page(request, organisation, form)


def _initial(request: DeskRequest, organisation: Organisation) -> dict[str, object]:
    """Return what the form begins with: a motion's words and vote, or a slate's, where the address names one."""
    initial = {
        "owner": request.user.pk,
        "demands": request.GET.getlist("demands"),
        "assessment": request.GET.get("assessment", ""),
    }
    initial |= _initial_from_motion(request, organisation) | _initial_from_slate(request, organisation)
    return initial | _initial_from_election(request, organisation)


def _initial_from_motion(request: DeskRequest, organisation: Organisation) -> dict[str, object]:
    motion = _find_motion(organisation, request.GET.get("motion", ""))
    if motion is None or motion.state != MotionState.CARRIED:
        return {}
    count = motion.count
    return {
        "motion": motion.pk,
        "title": motion.text[:160],
        "why": _("The meeting carried it: %(meeting)s.") % {"meeting": motion.meeting},
        "dissent": motion.dissent,
        "in_favour": count.in_favour,
        "against": count.against,
        "abstained": count.abstained,
    }


def _find_motion(organisation: Organisation, key: object) -> Motion | None:
    """The motion of this key, as an address or a form sends it."""
    return Motion.objects.filter(organisation=organisation, pk=read_row_number(key)).first()


def _initial_from_election(request: DeskRequest, organisation: Organisation) -> dict[str, object]:
    election = _find_election(organisation, request.GET.get("election", ""))
    if election is None or election.state != ElectionState.COUNTED:
        return {}
    return {
        "election": election.pk,
        "title": f"{election.title}: {election.outcome}"[:160],
        "why": election.decides,
    }


def _find_election(organisation: Organisation, key: object) -> Election | None:
    return Election.objects.filter(organisation=organisation, pk=read_row_number(key)).first()


def _initial_from_slate(request: DeskRequest, organisation: Organisation) -> dict[str, object]:
    number = read_row_number(request.GET.get("line", ""))
    line = Line.objects.filter(organisation=organisation, pk=number).first()
    if line is None:
        return {}
    chosen = set(request.GET.getlist("demands"))
    for slate in LinePresentation(line, threshold(organisation)).slates:
        if {str(demand.pk) for demand in slate.demands} == chosen:
            title = " · ".join(demand.text for demand in slate.demands)[:160]
            return {"line": line.pk, "why": slate.reason, "title": title}
    return {}


def _record_page(
    request: DeskRequest, organisation: Organisation, form: DecisionForm, refused: Refused | None = None
) -> HttpResponse:
    demands = list(Demand.objects.filter(organisation=organisation))
    page = {
        "form": form,
        "motion": _find_motion(organisation, form["motion"].value()),
        "election": _find_election(organisation, form["election"].value()),
        "judgements": count_judgements(demands, list(organisation.principles.holding())),
        "reasons": refused.reasons if refused else (),
    }
    return render(request, "decide/record.html", page)


def show_decision(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    decision = access_decision(request, org, pk, need=Role.MEMBER)
    page = {
        "decision": decision,
        "signs": [
            state for state in list_wait_conditions(decision.organisation) if state.sign.decision_id == pk
        ]
        if decision.is_waiting
        else [],
        "motions": decision.motions.prefetch_related("tallies"),
        "elections": decision.elections.all(),
        "published": publication.find_published_decision(decision),
    }
    return render(request, "decide/decision.html", page)


@require_POST
def take_up_again(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    decision = access_decision(request, org, pk, need=Role.ORGANISER)
    with show_reasons(request, _("The waiting is over. Now call.")):
        actions.end_waiting(decision=decision, by=request.user)
    return redirect("decide:decision", org, pk)


@require_POST
def publish_decision(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    decision = access_decision(request, org, pk, need=Role.ORGANISER)
    with show_reasons(request, _("Decision published."), part="published"):
        publication.publish_decision(decision=decision, by=request.user)
    return redirect("decide:decision", org, pk)
