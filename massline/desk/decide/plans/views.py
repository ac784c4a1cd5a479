"""Plans: phases, what we do in them, who stays, what has to stand before."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.decide.access import access_row
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.plans import actions
from massline.desk.decide.plans.forms import MobilisationForm, PhaseForm, PlanForm, ReadinessForm
from massline.desk.decide.plans.models import Mobilisation, Plan, Reach
from massline.desk.decide.plans.simplicity import check_simplicity
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role


def list_plans(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    page = {
        "plans": Plan.objects.filter(organisation=organisation).select_related("decision"),
        "decisions": Decision.objects.filter(organisation=organisation),
    }
    return render(request, "decide/plans.html", page)


def make_plan(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    decision = access_row(request, org, Decision, pk, need=Role.ORGANISER)
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        plan = actions.make_plan(decision=decision, title=form.cleaned_data["title"], by=request.user)
        return redirect("decide:plan", org, plan.pk)
    return render(request, "decide/make_plan.html", {"decision": decision, "form": form})


def show_plan(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """One plan; a POST adds a phase."""
    need = Role.ORGANISER if request.method == "POST" else Role.MEMBER
    found = access_row(request, org, Plan, pk, need=need)
    form = PhaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_phase(plan=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("ends_on", str(refused))
        else:
            return redirect("decide:plan", org, pk)
    return _page(request, found, phase=form)


def _page(request: DeskRequest, found: Plan, **forms: Any) -> HttpResponse:
    phases = list(found.phases.prefetch_related("mobilisations__owner"))
    readiness = list(found.readiness.select_related("owner"))
    doings = [one for phase in phases for one in phase.mobilisations.all()]
    page = {
        "plan": found,
        "decision": found.decision,
        # Later rooms hang what they make on the decision and the plan; this room knows them by those names alone.
        "calls": found.decision.calls.select_related("event"),
        "programmes": found.programmes.all(),
        "phases": phases,
        "readiness": readiness,
        "stand": sum(one.stands for one in readiness),
        "warnings": check_simplicity(phases, readiness, found.organisation.language),
        "breadth": sum(one.reach == Reach.BREADTH for one in doings),
        "edge": sum(one.reach == Reach.EDGE for one in doings),
        "phase": PhaseForm(),
        "mobilisation": MobilisationForm(plan=found),
        "ready": ReadinessForm(readiness=readiness, organisation=found.organisation),
    }
    return render(request, "decide/plan.html", page | forms)


@require_POST
def add_mobilisation(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_row(request, org, Plan, pk, need=Role.ORGANISER)
    form = MobilisationForm(request.POST, plan=found)
    if not form.is_valid():
        return _page(request, found, mobilisation=form)
    actions.add_mobilisation(by=request.user, **form.cleaned_data)
    messages.success(request, _("It is in the plan."))
    return redirect("decide:plan", org, pk)


@require_POST
def remove_mobilisation(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    path = "phase__plan__organisation"
    found = access_row(request, org, Mobilisation, pk, need=Role.ORGANISER, path=path)
    plan = found.phase.plan_id
    actions.remove_mobilisation(mobilisation=found, by=request.user)
    messages.success(request, _("Taken out."))
    return redirect("decide:plan", org, plan)


@require_POST
def set_readiness(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_row(request, org, Plan, pk, need=Role.ORGANISER)
    form = ReadinessForm(request.POST, readiness=list(found.readiness.all()), organisation=found.organisation)
    if not form.is_valid():
        return _page(request, found, ready=form)
    stands, owners = form.given()
    actions.set_readiness(plan=found, stands=stands, owners=owners, by=request.user)
    messages.success(request, _("Kept."))
    return redirect("decide:plan", org, pk)
