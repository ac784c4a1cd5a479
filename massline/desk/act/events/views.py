"""Pages that plan, change and cancel an event that has no call, and record its headcount."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.act.events import actions, series_actions
from massline.desk.act.events.access import access_event, access_planned_event
from massline.desk.act.events.forms import EventForm, HeadcountForm, PlanForm
from massline.desk.call.forms import cancel_with_reason
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.edits import edit_form, edits_in_turn, report_joined
from massline.desk.people.states import Role


def plan_event(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = PlanForm(request.POST or None, initial={"title": _("Mass meeting")}, is_new=True)
    if request.method == "POST" and form.is_valid():
        every, facts = form.cleaned_data["every"], form.plan()
        if every:
            series_actions.plan_series(organisation=organisation, every=every, by=request.user, facts=facts)
            messages.success(request, _("Saved for the next five weeks, and it keeps repeating."))
            return redirect("act:events", org)
        event = actions.plan_event(organisation=organisation, by=request.user, facts=facts)
        messages.success(request, _("Event saved."), extra_tags="event-planned")
        return redirect("act:event", org, event.pk)
    return render(request, "act/plan.html", {"form": form})


@require_POST
def end_series(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    event = access_event(request, org, pk, need=Role.ORGANISER)
    if event.series is not None:
        series_actions.end_series(series=event.series, by=request.user)
        messages.success(request, _("It no longer repeats. Dates already in the calendar stay."))
    return redirect("act:event", org, pk)


@edits_in_turn
def change_event(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    event = access_planned_event(request, org, pk, need=Role.ORGANISER)
    form = edit_form(request, event, lambda: EventForm(request.POST or None, initial=asdict(event.facts)))
    if request.method == "POST" and form.is_valid():
        actions.change_event(event=event, by=request.user, facts=form.plan())
        report_joined(request, form)
        messages.success(request, _("Changed here, on the public page and in the calendar."))
        return redirect("act:event", org, pk)
    return render(request, "act/plan.html", {"form": form, "event": event})


@require_POST
def cancel_event(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    event = access_planned_event(request, org, pk, need=Role.ORGANISER)
    cancel_with_reason(
        request, lambda reason: actions.cancel_event(event=event, by=request.user, reason=reason)
    )
    return redirect("act:event", org, pk)


@require_POST
@edits_in_turn
def record_headcount(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    event = access_event(request, org, pk, need=Role.MEMBER)
    form = edit_form(
        request, event, lambda: HeadcountForm(request.POST, initial={"headcount": event.headcount})
    )
    if form.is_valid():
        actions.record_headcount(event=event, headcount=form.cleaned_data["headcount"], by=request.user)
        messages.success(request, _("Counted."))
    else:
        messages.error(request, _("Nothing changed: enter the head count as a whole number."))
    return redirect("act:event", org, pk)
