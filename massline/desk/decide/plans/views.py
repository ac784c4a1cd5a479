"""Pages on plans: their phases, mobilisations and safeguards."""

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
from massline.desk.decide.plans.complexity_warnings import find_complexity_warnings
from massline.desk.decide.plans.forms import MobilisationForm, PhaseForm, PlanForm, ReadinessForm
from massline.desk.decide.plans.models import Mobilisation, Plan, Reach
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.guard.concurrent_edits import edit_form, report_merged_edit, serialise_edits
from massline.desk.people.choices import Role
from massline.web.refusal_messages import form_errors


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
    """Show one plan; a POST adds a phase."""
    plan = access_row(request, org, Plan, pk, need=needed_role(request))
    form = PhaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_phase(plan=plan, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("ends_on", form_errors(refused))
        else:
            return redirect("decide:plan", org, pk)
    return _page(request, plan, phase=form)


def _page(request: DeskRequest, plan: Plan, **forms: Any) -> HttpResponse:
    phases = list(plan.phases.prefetch_related("mobilisations__owner"))
    readiness = list(plan.readiness.select_related("owner"))
    reaches = [mobilisation.reach for phase in phases for mobilisation in phase.mobilisations.all()]
    page = {
        "plan": plan,
        "decision": plan.decision,
        # Models of later stages, reached by their related names, as this stage may not import them.
        "calls": plan.decision.calls.select_related("event"),
        "programmes": plan.programmes.all(),
        "phases": phases,
        "readiness": readiness,
        "stand": sum(safeguard.stands for safeguard in readiness),
        "warnings": find_complexity_warnings(phases, readiness, plan.organisation.language),
        "breadth": reaches.count(Reach.BREADTH),
        "edge": reaches.count(Reach.EDGE),
        "phase": PhaseForm(),
        "mobilisation": MobilisationForm(plan=plan),
        "ready": ReadinessForm(readiness=readiness, organisation=plan.organisation),
    }
    return render(request, "decide/plan.html", page | forms)


@require_POST
def add_mobilisation(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    plan = access_row(request, org, Plan, pk, need=Role.ORGANISER)
    form = MobilisationForm(request.POST, plan=plan)
    if not form.is_valid():
        return _page(request, plan, mobilisation=form)
    actions.add_mobilisation(by=request.user, **form.cleaned_data)
    messages.success(request, _("Added to the plan."))
    return redirect("decide:plan", org, pk)


@require_POST
def remove_mobilisation(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    mobilisation = access_row(request, org, Mobilisation, pk, need=Role.ORGANISER)
    plan = mobilisation.phase.plan_id
    actions.remove_mobilisation(mobilisation=mobilisation, by=request.user)
    messages.success(request, _("Removed."))
    return redirect("decide:plan", org, plan)


@require_POST
@serialise_edits
def set_readiness(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    plan = access_row(request, org, Plan, pk, need=Role.ORGANISER)
    form = edit_form(
        request,
        plan,
        lambda: ReadinessForm(
            request.POST, readiness=list(plan.readiness.all()), organisation=request.organisation
        ),
    )
    if not form.is_valid():
        return _page(request, plan, ready=form)
    actions.set_readiness(plan=plan, stands=form.stands(), owners=form.owners(), by=request.user)
    report_merged_edit(request, form)
    messages.success(request, _("Saved."))
    return redirect("decide:plan", org, pk)
