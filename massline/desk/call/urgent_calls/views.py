"""Pages of the fast lane: asking, being the second person, and settling what is owed."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.call.access import access_call
from massline.desk.call.urgent_calls import actions
from massline.desk.call.urgent_calls.forms import DebtForm, UrgentForm
from massline.desk.call.urgent_calls.models import Debt
from massline.desk.guard.access import DeskRequest
from massline.desk.people.choices import Role
from massline.web.refusal_messages import form_errors, show_reasons


def ask_urgently(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Ask that the call goes out at once; what is missing is said on the same page."""
    call = access_call(request, org, pk, need=Role.ORGANISER)
    form = UrgentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.request_urgent_publication(call=call, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, form_errors(refused))
        else:
            return redirect("call:call", org, pk)
    page = {"call": call, "form": form, "skipped": [kind.label for kind in actions.find_skipped_steps(call)]}
    return render(request, "call/urgent.html", page, status=422 if form.errors else 200)


@require_POST
def publish_as_second_person(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    call = access_call(request, org, pk, need=Role.ORGANISER)
    with show_reasons(request, _("The call is out. What was skipped is owed."), part="urgent-out"):
        actions.publish_as_second_person(call=call, version=request.POST.get("version", ""), by=request.user)
    return redirect("call:call", org, pk)


@require_POST
def withdraw_request(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    call = access_call(request, org, pk, need=Role.ORGANISER)
    actions.withdraw_request(call=call, by=request.user)
    return redirect("call:call", org, pk)


def settle_debt(request: DeskRequest, org: str, pk: int, debt: int) -> HttpResponse:
    call = access_call(request, org, pk, need=Role.ORGANISER)
    owed = get_object_or_404(
        Debt.objects.select_related("call__decision", "call__organisation"), call=call, pk=debt
    )
    form = DebtForm(request.POST or None, debt=owed)
    if request.method == "POST" and owed.paid_at is not None:
        return redirect("call:call", org, pk)
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle_skipped_step(debt=owed, by=request.user, **form.given())
        except Refused as refused:
            form.add_error(None, form_errors(refused))
        else:
            return redirect("call:call", org, pk)
    return render(
        request,
        "call/debt.html",
        {"call": call, "debt": owed, "form": form},
        status=422 if form.errors else 200,
    )
