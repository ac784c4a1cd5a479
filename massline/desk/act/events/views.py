"""Pages that plan, change and cancel an event that has no call, and record its headcount."""

from dataclasses import asdict, replace
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.time_zones import later_by_days
from massline.desk.act.events import actions, series_actions
from massline.desk.act.events.access import (
    access_event,
    access_event_ahead,
    access_planned_event,
    find_template_event,
)
from massline.desk.act.events.forms import (
    EventForm,
    HeadcountForm,
    JoinLinkForm,
    PlanForm,
    SeriesEventForm,
)
from massline.desk.act.events.join_link_actions import set_join_link, set_series_link
from massline.desk.act.events.models import Event
from massline.desk.act.events.series import AppliesTo
from massline.desk.call.forms import cancel_with_reason
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.concurrent_edits import (
    edit_form,
    report_merged_edit,
    serialise_edits,
    show_sent_again,
)
from massline.desk.people.choices import Role


def plan_event(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    model = find_template_event(request, organisation)
    form = PlanForm(request.POST or None, initial=_facts_like(model), is_new=True)
    if request.method == "POST" and form.is_valid():
        every, facts = form.cleaned_data["every"], form.plan()
        if every:
            series = series_actions.plan_series(
                organisation=organisation, every=every, by=request.user, facts=facts
            )
            if form.cleaned_data["link"]:
                set_series_link(series=series, link=form.cleaned_data["link"], by=request.user)
            messages.success(request, _("Saved for the next five weeks, and it keeps repeating."))
            return redirect("act:events", org)
        event = actions.plan_event(organisation=organisation, by=request.user, facts=facts)
        if form.cleaned_data["link"]:
            set_join_link(event=event, link=form.cleaned_data["link"], by=request.user)
        if model is not None:
            actions.copy_slots(from_event=model, to_event=event)
        messages.success(request, _("Event saved."), extra_tags="event-planned")
        return redirect("act:event", org, event.pk)
    return render(request, "act/plan.html", {"form": form})


def _facts_like(model: Event | None) -> dict[str, object]:
    """What a new event is proposed to be; one like another has its facts, on the next such weekday to come."""
    if model is None:
        return {"title": _("Mass meeting")}
    weeks = max((timezone.now() - model.starts_at) // timedelta(weeks=1), 0) + 1
    starts_at = later_by_days(model.starts_at, 7 * weeks, model.organisation.zone)
    ends_at = starts_at + (model.ends_at - model.starts_at)
    return asdict(replace(model.facts, starts_at=starts_at, ends_at=ends_at, forecast=None)) | {
        "link": model.online_link
    }


@serialise_edits
def change_join_link(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Set the link to the online room."""
    event = access_event_ahead(request, org, pk, need=Role.ORGANISER)
    form = edit_form(
        request,
        event,
        lambda: JoinLinkForm(
            request.POST or None,
            initial={"link": event.online_link, "which": AppliesTo.THIS},
            repeats=event.series is not None,
        ),
    )
    if request.method == "POST" and form.is_valid():
        set_join_link(
            event=event, link=form.cleaned_data["link"], by=request.user, applies_to=form.applies_to
        )
        report_merged_edit(request, form)
        messages.success(
            request, _("Link saved. Only people who have a place see it."), extra_tags="join-link-saved"
        )
        return redirect("act:event", org, pk)
    return render(request, "act/join_link.html", {"form": form, "event": event})


@require_POST
def end_series(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    event = access_event(request, org, pk, need=Role.ORGANISER)
    if event.series is not None:
        series_actions.end_series(series=event.series, by=request.user)
        messages.success(request, _("It no longer repeats. Dates already in the calendar stay."))
    return redirect("act:event", org, pk)


@serialise_edits
def change_event(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    event = access_planned_event(request, org, pk, need=Role.ORGANISER)
    kind = SeriesEventForm if event.series else EventForm
    form = edit_form(request, event, lambda: kind(request.POST or None, initial=asdict(event.facts)))
    if request.method == "POST" and form.is_valid():
        series_actions.change_series_events(
            event=event, applies_to=form.applies_to, by=request.user, facts=form.plan()
        )
        report_merged_edit(request, form)
        messages.success(request, _("Changed here, on the public page and in the calendar."))
        return redirect("act:event", org, pk)
    return render(request, "act/plan.html", {"form": form, "event": event})


@require_POST
def cancel_event(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    event = access_planned_event(request, org, pk, need=Role.ORGANISER)
    applies_to = request.POST.get("applies_to", "")
    if applies_to not in AppliesTo.values:
        applies_to = AppliesTo.THIS
    cancel_with_reason(
        request,
        lambda reason: series_actions.cancel_series_events(
            event=event, applies_to=applies_to, by=request.user, reason=reason
        ),
    )
    return redirect("act:event", org, pk)


@require_POST
@serialise_edits
def record_headcount(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    event = access_event(request, org, pk, need=Role.MEMBER)
    form = edit_form(
        request, event, lambda: HeadcountForm(request.POST, initial={"headcount": event.headcount})
    )
    if form.is_valid():
        actions.record_headcount(event=event, headcount=form.cleaned_data["headcount"], by=request.user)
        messages.success(request, _("Counted."))
        return redirect("act:event", org, pk)
    back = reverse("act:event", args=[org, pk])
    return show_sent_again(request, form, heading=_("How many people are here?"), back=back)
