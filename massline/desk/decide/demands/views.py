"""Making demands, judging them, and saying which of two goes further."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.disclosure import threshold
from massline.desk.decide.demands import actions as action_demands
from massline.desk.decide.demands.access import access_demand
from massline.desk.decide.demands.breadth import breadths
from massline.desk.decide.demands.comparison import advance, next_pair, totals
from massline.desk.decide.demands.forms import DemandForm, FurtherForm, JudgementForm, StatementForm
from massline.desk.decide.demands.judgements import standings
from massline.desk.decide.demands.models import Demand
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role
from massline.desk.sumup.claims.models import Claim
from massline.web.refusals import show_reasons


def make_demand(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = DemandForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        given = {"text": form.cleaned_data["text"], "claims": list(form.cleaned_data["claims"])}
        made = action_demands.make_demand(organisation=organisation, by=request.user, **given)
        messages.success(request, _("The demand stands. Now judge it against our principles."))
        return redirect("decide:demand", org, made.pk)
    claims = Claim.objects.of(organisation).standing().select_related("sum_up").with_words()
    return render(request, "decide/make_demand.html", {"form": form, "claims": claims})


def demand(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_demand(request, org, pk, need=Role.MEMBER)
    principles = list(found.organisation.principles.holding())
    mine = dict(found.marks.filter(by=request.user).values_list("principle", "verdict"))
    form = JudgementForm(request.POST or None, principles=principles, mine=mine)
    if request.method == "POST" and form.is_valid():
        for principle, verdict in form.verdicts():
            action_demands.mark(demand=found, principle=principle, verdict=verdict, by=request.user)
        messages.success(request, _("Your judgement is kept. You can change it until we decide."))
        return redirect("decide:demand", org, pk)
    return render(
        request,
        "decide/demand.html",
        {
            "demand": found,
            "standing": standings([found], principles)[0],
            "breadth": breadths([found], threshold(found.organisation))[found.pk],
            "advance": advance(found.organisation).get(found.pk),
            "decisions": found.decisions.all(),
            "form": form,
        },
    )


@require_POST
def choose_statement(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_demand(request, org, pk, need=Role.ORGANISER)
    form = StatementForm(request.POST)
    if form.is_valid():
        with show_reasons(request, _("Kept. Its votes speak for the demand when the line is drawn.")):
            action_demands.choose_statement(
                demand=found, statement=form.cleaned_data["statement"], by=request.user
            )
    return redirect("decide:demand", org, pk)


def further(request: DeskRequest, org: str) -> HttpResponse:
    """Two demands, one tap."""
    organisation = access_organisation(request, org, need=Role.MEMBER)
    demands = list(Demand.objects.filter(organisation=organisation))
    form = FurtherForm(request.POST or None)
    if request.method == "POST":
        by_pk = {one.pk: one for one in demands}
        if not form.is_valid() or not {form.cleaned_data["one"], form.cleaned_data["other"]} <= set(by_pk):
            raise Http404
        one, other = by_pk[form.cleaned_data["one"]], by_pk[form.cleaned_data["other"]]
        chosen = {one.pk: one, other.pk: other}.get(form.cleaned_data["further"] or 0)
        with show_reasons(request):
            action_demands.compare(one=one, other=other, further=chosen, by=request.user)
        return redirect("decide:further", org)
    measured = advance(organisation)
    rows = sorted(
        ((one, measured[one.pk]) for one in demands if one.pk in measured), key=lambda row: -row[1].value
    )
    return render(
        request,
        "decide/further.html",
        {
            "pair": next_pair(organisation, demands, request.user),
            "rows": rows,
            "answers": sum(row.one_further + row.other_further for row in totals(organisation)),
            "demands": demands,
        },
    )
