"""Pages of mandates: who holds which part, what stalls, and handing over."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.act.growth.access import access_mandate
from massline.desk.act.growth.forms import MandateForm, PartForm
from massline.desk.act.growth.monday_note import find_stall_reason
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.people import mandate_actions
from massline.desk.people.mandate_models import Mandate


def mandates(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=needed_role(request))
    form = MandateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        mandate = mandate_actions.give_mandate(
            organisation=organisation, by=request.user, **form.cleaned_data
        )
        return redirect("people:mandate", org, mandate.pk)
    open_mandates = Mandate.objects.filter(organisation=organisation, closed_on=None)
    open_mandates = open_mandates.prefetch_related("holdings__account__memberships")
    rows = [(mandate, find_stall_reason(mandate), mandate.holdings.all()) for mandate in open_mandates]
    return render(request, "people/mandates.html", {"rows": rows, "form": form})


def mandate(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    mandate = access_mandate(request, org, pk)
    form = PartForm(request.POST or None, organisation=mandate.organisation)
    if request.method == "POST" and form.is_valid():
        mandate_actions.assign_part(mandate=mandate, by=request.user, **form.cleaned_data)
        return redirect("people:mandate", org, pk)
    holdings = mandate.holdings.select_related("account").prefetch_related("account__memberships")
    page = {
        "mandate": mandate,
        "holdings": list(holdings),
        "before": [holding for holding in holdings if holding.until],
        "stalled": find_stall_reason(mandate),
        "form": form,
    }
    return render(request, "people/mandate.html", page)


@require_POST
def move_mandate(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Mark a mandate as stalled, hand it over, or close it."""
    mandate = access_mandate(request, org, pk)
    asked = request.POST.get("do")
    if asked == "stalled":
        mandate_actions.mark_stalled(mandate=mandate, by=request.user)
        messages.success(request, _("Noted, without blame. The deputy can take over."))
    elif asked == "close":
        mandate_actions.close_mandate(mandate=mandate, by=request.user)
        return redirect("people:mandates", org)
    elif asked == "hand over":
        try:
            mandate_actions.hand_over_mandate(mandate=mandate, by=request.user)
        except ValueError:
            messages.error(
                request, _("Nothing changed: there is no deputy. Choose one first."), extra_tags="no-deputy"
            )
        else:
            messages.success(request, _("Handed over. Who starts learning it now?"), extra_tags="handed-over")
    return redirect("people:mandate", org, pk)
