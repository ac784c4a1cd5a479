"""The legal desk: what is open, who is held, and what is seen on the street."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.act.events.access import access_event
from massline.desk.act.events.models import Event
from massline.desk.act.legal import actions, custody
from massline.desk.act.legal.access import access_row
from massline.desk.act.legal.forms import CheckForm, CustodyForm, ObserverForm, ReportForm, SlotForm
from massline.desk.act.legal.models import Custody, HotlineSlot, RightsCard, StreetReport
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.people.models import Organisation
from massline.desk.people.states import Role
from massline.web.refusals import show_reasons


def desk(request: DeskRequest, org: str) -> HttpResponse:
    """The whole desk; a POST takes in what is seen on the street."""
    organisation = access_organisation(request, org, need=Role.MEMBER)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.take_in(
            organisation=organisation,
            what=given["what"],
            place=given["street"],
            seen_at=given["seen_at"],
            by=request.user,
        )
        messages.success(request, _("Taken in. Somebody else checks it before it is said on."))
        return redirect("legal:desk", org)
    return _page(request, organisation, report=form)


def _page(request: DeskRequest, organisation: Organisation, **more: Any) -> HttpResponse:
    vault = open_vault(request, organisation)
    reports = StreetReport.objects.filter(organisation=organisation).select_related("checked_by")[:30]
    page = {
        "cards": RightsCard.objects.filter(organisation=organisation, replaced_by=None),
        "slots": HotlineSlot.objects.filter(organisation=organisation).select_related("who")[:30],
        "gaps": actions.gaps(organisation),
        "uncovered": actions.uncovered(organisation),
        "events": Event.objects.of(organisation).coming_up().prefetch_related("observers__who")[:5],
        "unlocked": vault is not None,
        "held": custody.held(organisation, vault) if vault else [],
        "how_many": Custody.objects.filter(organisation=organisation, released_on=None).count(),
        "reports": [(one, CheckForm(auto_id=f"report_{one.pk}_%s")) for one in reports],
        "report": ReportForm(),
        "slot": SlotForm(auto_id="slot_%s"),
        "custody": CustodyForm(),
        "observer": ObserverForm(),
    }
    return render(request, "legal/desk.html", page | more)


@require_POST
def open_slot(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = SlotForm(request.POST, auto_id="slot_%s")
    if not form.is_valid():
        return _page(request, organisation, slot=form)
    actions.open_slot(organisation=organisation, by=request.user, **form.cleaned_data)
    return redirect("legal:desk", org)


@require_POST
def take_slot(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_row(request, org, HotlineSlot, pk, need=Role.MEMBER)
    with show_reasons(request):
        actions.take_slot(slot=found, by=request.user)
    return redirect("legal:desk", org)


@require_POST
def observe(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Say where one watches at an event."""
    event = access_event(request, org, pk, need=Role.MEMBER)
    form = ObserverForm(request.POST)
    if form.is_valid():
        actions.post_observer(event=event, post=form.cleaned_data["post"], by=request.user)
    return redirect("legal:desk", org)


@require_POST
def log(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    form = CustodyForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, custody=form)
    custody.log(organisation=organisation, by=request.user, **form.cleaned_data)
    messages.success(request, _("Sealed. A key-holder can read it; call the lawyer now."))
    return redirect("legal:desk", org)


@require_POST
def held(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Say that the lawyer knows, or that they are out."""
    found = access_row(request, org, Custody, pk, need=Role.HOLDER)
    if request.POST.get("way") == "lawyer":
        custody.tell_lawyer(row=found, by=request.user)
    elif request.POST.get("way") == "out":
        custody.release(row=found, by=request.user)
    return redirect("legal:desk", org)


@require_POST
def check(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_row(request, org, StreetReport, pk, need=Role.ORGANISER)
    form = CheckForm(request.POST, auto_id=f"report_{pk}_%s")
    if form.is_valid():
        try:
            actions.check(report=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("how", str(refused))
        else:
            return redirect("legal:desk", org)
    return _page(request, found.organisation, checking=found.pk, checked=form)


@require_POST
def show(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Say a verified report in public, or take it back."""
    found = access_row(request, org, StreetReport, pk, need=Role.ORGANISER)
    with show_reasons(request):
        actions.show(report=found, by=request.user)
    return redirect("legal:desk", org)
