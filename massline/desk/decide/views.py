"""The room where claims become demands, demands meet the principles, and a decision is recorded."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.decide import actions
from massline.desk.decide.access import access_decision, access_demand
from massline.desk.decide.breadth import breadths
from massline.desk.decide.forms import DecisionForm, DemandForm, JudgementForm, PrincipleForm
from massline.desk.decide.models import Decision, Demand
from massline.desk.decide.rules import Refused, standings
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.models import Organisation
from massline.desk.people.states import Role
from massline.desk.sumup.models import Claim


def decide(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    return _room(request, organisation, PrincipleForm())


@require_POST
def add_principle(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = PrincipleForm(request.POST)
    if not form.is_valid():
        return _room(request, organisation, form)
    actions.add_principle(organisation=organisation, text=form.cleaned_data["text"], by=request.user)
    messages.success(request, _("Kept. Every demand is judged against it from now on."))
    return redirect("decide:decide", org)


def _room(request: DeskRequest, organisation: Organisation, form: PrincipleForm) -> HttpResponse:
    demands = list(Demand.objects.filter(organisation=organisation))
    principles = list(organisation.principles.all())
    felt = breadths(demands)
    return render(
        request,
        "decide/decide.html",
        {
            "rows": [(standing, felt[standing.demand.pk]) for standing in standings(demands, principles)],
            "principles": principles,
            "decisions": Decision.objects.filter(organisation=organisation).select_related("owner"),
            "form": form,
        },
    )


def make_demand(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = DemandForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        given = {"text": form.cleaned_data["text"], "claims": list(form.cleaned_data["claims"])}
        made = actions.make_demand(organisation=organisation, by=request.user, **given)
        messages.success(request, _("The demand stands. Now judge it against our principles."))
        return redirect("decide:demand", org, made.pk)
    claims = Claim.objects.of(organisation).standing().select_related("sum_up").with_words()
    return render(request, "decide/make_demand.html", {"form": form, "claims": claims})


def demand(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_demand(request, org, pk, need=Role.MEMBER)
    principles = list(found.organisation.principles.all())
    mine = dict(found.marks.filter(by=request.user).values_list("principle", "verdict"))
    form = JudgementForm(request.POST or None, principles=principles, mine=mine)
    if request.method == "POST" and form.is_valid():
        for principle, verdict in form.verdicts():
            actions.mark(demand=found, principle=principle, verdict=verdict, by=request.user)
        messages.success(request, _("Your judgement is kept. You can change it until we decide."))
        return redirect("decide:demand", org, pk)
    return render(
        request,
        "decide/demand.html",
        {
            "demand": found,
            "standing": standings([found], principles)[0],
            "breadth": breadths([found])[found.pk],
            "decisions": found.decisions.all(),
            "form": form,
        },
    )


def record(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    begun = {"owner": request.user.pk, "demands": request.GET.getlist("demands")}
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


def _record_page(
    request: DeskRequest, organisation: Organisation, form: DecisionForm, refused: Refused | None = None
) -> HttpResponse:
    demands = list(Demand.objects.filter(organisation=organisation))
    page = {
        "form": form,
        "standings": standings(demands, list(organisation.principles.all())),
        "reasons": refused.reasons if refused else (),
    }
    return render(request, "decide/record.html", page)


def decision(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_decision(request, org, pk, need=Role.MEMBER)
    return render(request, "decide/decision.html", {"decision": found})
