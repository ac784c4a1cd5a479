"""Pages of legal support: the hotline, observers, custody records and street reports."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.act.events.access import access_event
from massline.desk.act.events.models import Event
from massline.desk.act.legal_support import actions, custody
from massline.desk.act.legal_support.access import access_legal_row
from massline.desk.act.legal_support.forms import CheckForm, CustodyForm, ObserverForm, ReportForm, SlotForm
from massline.desk.act.legal_support.models import Custody, HotlineSlot, RightsCard, StreetReport
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.concurrent_edits import edit_form, serialise_edits
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.people.choices import Role
from massline.desk.people.models import Organisation
from massline.web.refusal_messages import form_errors, show_reasons


def show_legal_support(request: DeskRequest, org: str) -> HttpResponse:
    """Everything on one page; a POST records a street report."""
    organisation = access_organisation(request, org, need=Role.MEMBER)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.record_street_report(
            organisation=organisation,
            what=given["what"],
            place=given["street"],
            seen_at=given["seen_at"],
            by=request.user,
        )
        messages.success(request, _("Saved. Someone else checks it before we pass it on."))
        return redirect("legal:desk", org)
    return _render_desk(request, organisation, report=form)


def _render_desk(request: DeskRequest, organisation: Organisation, **more: Any) -> HttpResponse:
    vault = open_vault(request, organisation)
    reports = StreetReport.objects.filter(organisation=organisation).select_related("checked_by")[:30]
    page = {
        "cards": RightsCard.objects.filter(organisation=organisation, replaced_by=None),
        "slots": HotlineSlot.objects.filter(organisation=organisation).select_related("who")[:30],
        "gaps": actions.untaken_hotline_slots(organisation),
        "uncovered": actions.find_uncovered_actions(organisation),
        "events": Event.objects.of(organisation).coming_up().prefetch_related("observers__who")[:5],
        "unlocked": vault is not None,
        "held": custody.decrypt_custodies(organisation, vault) if vault else [],
        "how_many": Custody.objects.filter(organisation=organisation, released_on=None).count(),
        "reports": [(report, CheckForm.of(report)) for report in reports],
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
        return _render_desk(request, organisation, slot=form)
    actions.open_hotline_slot(organisation=organisation, by=request.user, **form.cleaned_data)
    return redirect("legal:desk", org)


@require_POST
def take_slot(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    slot = access_legal_row(request, org, HotlineSlot, pk, need=Role.MEMBER)
    with show_reasons(request):
        actions.take_hotline_slot(slot=slot, by=request.user)
    return redirect("legal:desk", org)


@require_POST
def post_observer(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Record where this account observes at an event."""
    event = access_event(request, org, pk, need=Role.MEMBER)
    form = ObserverForm(request.POST)
    if form.is_valid():
        actions.post_observer(event=event, post=form.cleaned_data["post"], by=request.user)
    return redirect("legal:desk", org)


@require_POST
def log_custody(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    form = CustodyForm(request.POST)
    if not form.is_valid():
        return _render_desk(request, organisation, custody=form)
    custody.log_custody(organisation=organisation, by=request.user, **form.cleaned_data)
    messages.success(
        request,
        _("Saved and locked. A key-holder can read it; call the lawyer now."),
        extra_tags="custody-sealed",
    )
    return redirect("legal:desk", org)


@require_POST
def update_custody(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Record that the lawyer was told, or a release."""
    custody_row = access_legal_row(request, org, Custody, pk, need=Role.HOLDER)
    if request.POST.get("way") == "lawyer":
        custody.mark_lawyer_told(row=custody_row, by=request.user)
    elif request.POST.get("way") == "out":
        custody.log_release(row=custody_row, by=request.user)
    return redirect("legal:desk", org)


@require_POST
@serialise_edits
def check_report(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    report = access_legal_row(request, org, StreetReport, pk, need=Role.ORGANISER)
    form = edit_form(request, report, lambda: CheckForm.of(report, request.POST))
    if form.is_valid():
        try:
            actions.record_verification(
                report=report,
                result=form.cleaned_data["found"],
                how=form.cleaned_data["how"],
                by=request.user,
            )
        except Refused as refused:
            form.add_error("how", form_errors(refused))
        else:
            return redirect("legal:desk", org)
    return _render_desk(request, report.organisation, checking=report.pk, checked=form)


@require_POST
def toggle_publication(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Publish a verified report, or withdraw it."""
    report = access_legal_row(request, org, StreetReport, pk, need=Role.ORGANISER)
    with show_reasons(request):
        actions.toggle_publication(report=report, by=request.user)
    return redirect("legal:desk", org)
