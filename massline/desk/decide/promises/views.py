"""Pages of promises and wins: the list with its form, one promise with its history, and the outcome of a demand."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from massline.core.refusal import Refused
from massline.desk.decide.access import access_row
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.promises import actions
from massline.desk.decide.promises.forms import OutcomeForm, PromiseForm, SettleForm
from massline.desk.decide.promises.models import DemandOutcome, Promise
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.guard.concurrent_edits import edit_form, edits_in_turn, report_joined
from massline.desk.people.choices import Role
from massline.web.absolute_urls import public_url
from massline.web.refusal_messages import form_errors


def list_promises(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=needed_role(request))
    form = PromiseForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        promise = actions.record_promise(organisation=organisation, by=request.user, **form.cleaned_data)
        messages.success(
            request, _("Saved. On that day we ask you whether it was kept."), extra_tags="promise-saved"
        )
        return redirect("decide:promise", org, promise.pk)
    promises = Promise.objects.filter(organisation=organisation).select_related("force", "demand")
    demands = (
        Demand.objects.filter(organisation=organisation, outcome=None).exclude(decisions=None).distinct()
    )
    page = {
        "running": promises.running(),
        "settled": promises.exclude(state__in=["open", "moved"]).order_by("-due_on"),
        "outcomes": DemandOutcome.objects.filter(demand__organisation=organisation).select_related("demand"),
        "demands": demands,
        "form": form,
        "public": public_url(reverse("reports:won", args=[org], urlconf="massline.urls_square")),
    }
    return render(request, "decide/promises.html", page, status=422 if form.errors else 200)


def show_promise(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show one promise; a POST records what came of it."""
    promise = access_row(request, org, Promise, pk, need=needed_role(request))
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle_promise(promise=promise, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, form_errors(refused))
        else:
            messages.success(request, _("Saved, with its proof."), extra_tags="promise-settled")
            return redirect("decide:promise", org, pk)
    page = {"promise": promise, "steps": promise.steps.all(), "form": form}
    return render(request, "decide/promise.html", page, status=422 if form.errors else 200)


@edits_in_turn
def record_outcome(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    demand = access_row(request, org, Demand, pk, need=Role.ORGANISER)
    form = edit_form(request, demand, lambda: _outcome_form(request, demand))
    if request.method == "POST" and form.is_valid():
        made = actions.record_outcome(demand=demand, by=request.user, **form.cleaned_data)
        can_quote = made.is_win and made.is_public
        sentence = _("Saved. The next call can quote it.") if can_quote else _("Saved.")
        messages.success(request, sentence, extra_tags="outcome-saved")
        report_joined(request, form)
        return redirect("decide:promises", org)
    page = {"demand": demand, "form": form}
    return render(request, "decide/outcome.html", page, status=422 if form.errors else 200)


def _outcome_form(request: DeskRequest, demand: Demand) -> OutcomeForm:
    outcome = DemandOutcome.objects.filter(demand=demand).first()
    said = {name: getattr(outcome, name) for name in OutcomeForm.base_fields} if outcome else None
    return OutcomeForm(request.POST or None, initial=said)
