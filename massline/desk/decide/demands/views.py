"""Pages on demands: making them, judging them by the principles, and comparing two of them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.disclosure_threshold import threshold
from massline.desk.decide.ballots.secret_ballots import fresh_nonce
from massline.desk.decide.demands import actions
from massline.desk.decide.demands.access import access_demand
from massline.desk.decide.demands.breadth import measure_breadth
from massline.desk.decide.demands.comparison import choose_pair, load_totals, measure_advance
from massline.desk.decide.demands.forms import ComparisonForm, DemandForm, JudgementForm, StatementForm
from massline.desk.decide.demands.judgements import count_judgements
from massline.desk.decide.demands.models import Demand
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role
from massline.desk.people.models import Organisation
from massline.desk.sumup.claims.models import Claim
from massline.engine.line import IntervalEstimate
from massline.web.refusal_messages import show_reasons


def make_demand(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = DemandForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        demand = actions.make_demand(
            organisation=organisation,
            text=form.cleaned_data["text"],
            claims=list(form.cleaned_data["claims"]),
            by=request.user,
        )
        messages.success(request, _("Demand saved. Now check it against our principles."))
        return redirect("decide:demand", org, demand.pk)
    claims = Claim.objects.of(organisation).signed().select_related("sum_up").with_words()
    return render(request, "decide/make_demand.html", {"form": form, "claims": claims})


def show_demand(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show one demand; a POST records the member's judgements of it."""
    demand = access_demand(request, org, pk, need=Role.MEMBER)
    principles = list(demand.organisation.principles.holding())
    mine = dict(demand.marks.filter(by=request.user).values_list("principle", "verdict"))
    form = JudgementForm(request.POST or None, principles=principles, mine=mine)
    if request.method == "POST" and form.is_valid():
        for principle, verdict in form.verdicts():
            actions.record_judgement(demand=demand, principle=principle, verdict=verdict, by=request.user)
        messages.success(request, _("Saved. You can change your judgement until we decide."))
        return redirect(f"{reverse('decide:demand', args=[org, pk])}?judged=1")
    decisions = list(demand.decisions.all())
    return render(
        request,
        "decide/demand.html",
        {
            "demand": demand,
            "judgement": count_judgements([demand], principles)[0],
            "breadth": measure_breadth([demand], threshold(demand.organisation))[demand.pk],
            "advance": measure_advance(demand.organisation).get(demand.pk),
            "decisions": decisions,
            "form": form,
            "is_to_judge": not decisions and any(principle.pk not in mine for principle in principles),
        },
    )


@require_POST
def choose_statement(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    demand = access_demand(request, org, pk, need=Role.ORGANISER)
    form = StatementForm(request.POST)
    if form.is_valid():
        with show_reasons(request, _("Saved. Its votes now count for the demand.")):
            actions.choose_statement(demand=demand, statement=form.cleaned_data["statement"], by=request.user)
    return redirect("decide:demand", org, pk)


def compare_demands(request: DeskRequest, org: str) -> HttpResponse:
    """Ask a member which of two demands goes further, and show the totals so far."""
    organisation = access_organisation(request, org, need=Role.MEMBER)
    demands = list(Demand.objects.filter(organisation=organisation))
    form = ComparisonForm(request.POST or None)
    if request.method == "POST":
        by_pk = {demand.pk: demand for demand in demands}
        if not form.is_valid() or not {form.cleaned_data["one"], form.cleaned_data["other"]} <= set(by_pk):
            raise Http404
        one, other = by_pk[form.cleaned_data["one"]], by_pk[form.cleaned_data["other"]]
        further = {one.pk: one, other.pk: other}.get(form.cleaned_data["further"] or 0)
        with show_reasons(request):
            nonce = request.POST.get("nonce", "")[:40]
            actions.record_comparison(one=one, other=other, further=further, by=request.user, nonce=nonce)
        return redirect("decide:further", org)
    return render(
        request,
        "decide/further.html",
        {
            "pair": choose_pair(organisation, demands, request.user),
            "rows": _furthest_first(organisation, demands),
            "answers": sum(total.one_further + total.other_further for total in load_totals(organisation)),
            "demands": demands,
            "nonce": fresh_nonce(),
        },
    )


def _furthest_first(
    organisation: Organisation, demands: list[Demand]
) -> list[tuple[Demand, IntervalEstimate]]:
    advance = measure_advance(organisation)
    measured = [(demand, advance[demand.pk]) for demand in demands if demand.pk in advance]
    return sorted(measured, key=lambda row: -row[1].value)
