"""The room itself, and recording a decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.disclosure import threshold
from massline.core.refusal import Refused
from massline.desk.decide.decisions import actions
from massline.desk.decide.decisions.access import access_decision
from massline.desk.decide.decisions.forms import DecisionForm
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.decisions.publishing import publish_decision, published_decision
from massline.desk.decide.demands.breadth import breadths
from massline.desk.decide.demands.judgements import standings
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.line.models import Line
from massline.desk.decide.line.presentation import Drawn
from massline.desk.decide.motions.models import Motion, MotionState
from massline.desk.decide.principles.forms import PrincipleForm
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.models import Organisation
from massline.desk.people.states import Role
from massline.web.refusals import show_reasons


def decide(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    demands = list(Demand.objects.filter(organisation=organisation))
    principles = list(organisation.principles.holding())
    felt = breadths(demands, threshold(organisation))
    return render(
        request,
        "decide/decide.html",
        {
            "rows": [(standing, felt[standing.demand.pk]) for standing in standings(demands, principles)],
            "principles": principles,
            "decisions": Decision.objects.filter(organisation=organisation).select_related("owner"),
            "form": PrincipleForm(),
        },
    )


def record(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    begun = _begun(request, organisation)
    form = DecisionForm(request.POST or None, organisation=organisation, initial=begun)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"demands": list(form.cleaned_data["demands"])}
        try:
            decision = actions.decide(organisation=organisation, by=request.user, **given)
        except Refused as refused:
            return _record_page(request, organisation, form, refused)
        messages.success(request, _("Decided and written down. Now call."))
        return redirect("decide:decision", org, decision.pk)
    return _record_page(request, organisation, form)


def _begun(request: DeskRequest, organisation: Organisation) -> dict[str, object]:
    """What the form begins with: the demands one comes from, and where they are a slate, what the line says of it."""
    begun: dict[str, object] = {"owner": request.user.pk, "demands": request.GET.getlist("demands")}
    motion = request.GET.get("motion", "")
    carried = Motion.objects.filter(organisation=organisation, state=MotionState.CARRIED)
    moved = carried.filter(pk=motion).first() if motion.isdecimal() else None
    if moved is not None:
        count = moved.count
        begun |= {"motion": moved.pk, "title": moved.text[:160], "dissent": moved.dissent}
        begun |= {"in_favour": count.in_favour, "against": count.against, "abstained": count.abstained}
    begun["assessment"] = request.GET.get("assessment", "")
    number = request.GET.get("line", "")
    line = Line.objects.filter(organisation=organisation, pk=number).first() if number.isdecimal() else None
    if line is None:
        return begun
    drawn, chosen = Drawn(line, threshold(organisation)), set(request.GET.getlist("demands"))
    slate = next((one for one in drawn.slates if {str(d.pk) for d in one.demands} == chosen), None)
    if slate is not None:
        begun |= {
            "line": line.pk,
            "why": slate.reason,
            "title": " · ".join(d.text for d in slate.demands)[:160],
        }
    return begun


def _record_page(
    request: DeskRequest, organisation: Organisation, form: DecisionForm, refused: Refused | None = None
) -> HttpResponse:
    demands = list(Demand.objects.filter(organisation=organisation))
    page = {
        "form": form,
        "standings": standings(demands, list(organisation.principles.holding())),
        "reasons": refused.reasons if refused else (),
    }
    return render(request, "decide/record.html", page)


def decision(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_decision(request, org, pk, need=Role.MEMBER)
    page = {"decision": found, "published": published_decision(found)}
    return render(request, "decide/decision.html", page)


@require_POST
def publish(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_decision(request, org, pk, need=Role.ORGANISER)
    with show_reasons(request, _("It stands on the square.")):
        publish_decision(decision=found, by=request.user)
    return redirect("decide:decision", org, pk)
