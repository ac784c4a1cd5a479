"""The acting room: what people come to, who is coming, and what they need to know at the door."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from massline.desk.act.attendance import collection
from massline.desk.act.attendance.forms import WalkInForm
from massline.desk.act.attendance.opened import people_at
from massline.desk.act.attendance.turnout import forecast_of, numbers_of
from massline.desk.act.events import actions as event_actions
from massline.desk.act.events import series_actions
from massline.desk.act.events.access import access_event, access_planned_event
from massline.desk.act.events.forms import EventForm, HeadcountForm, PlanForm, SlotsForm
from massline.desk.act.events.models import Event
from massline.desk.act.messages import channels
from massline.desk.act.messages.delivery_report import told_of
from massline.desk.call.forms import CancelForm
from massline.desk.contacts.forms import NextStepForm
from massline.desk.contacts.opened import to_unlock
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.keys import safety
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.people.states import Role
from massline.square.envelopes.timeslots import Filled, slots_of


@require_safe
def events(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    coming = list(Event.objects.of(organisation).coming_up()[:50])
    past = list(Event.objects.of(organisation).past().select_related("review")[:20])
    numbers = numbers_of([*coming, *past])
    return render(
        request,
        "act/events.html",
        {
            "coming": [(event, numbers[event.pk]) for event in coming],
            "past": [(event, numbers[event.pk]) for event in past],
            "mass_meeting": next((one for one in coming if one.kind == "mass_meeting"), None),
        },
    )


def plan(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = PlanForm(request.POST or None, initial={"title": _("Mass meeting")})
    if request.method == "POST" and form.is_valid():
        every, facts = form.cleaned_data["every"], form.plan()
        if every:
            series_actions.plan_series(organisation=organisation, every=every, by=request.user, facts=facts)
            messages.success(request, _("Set for the next five weeks, and on from there."))
            return redirect("act:events", org)
        event = event_actions.plan(organisation=organisation, by=request.user, facts=facts)
        messages.success(request, _("It is set."))
        return redirect("act:event", org, event.pk)
    return render(request, "act/plan.html", {"form": form})


@require_safe
def event(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    return event_page(request, access_event(request, org, pk, need=Role.MEMBER))


@require_POST
def slots(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Say which hours and roles an event has and how many each needs."""
    event = access_event(request, org, pk, need=Role.ORGANISER)
    form = SlotsForm(request.POST)
    if not form.is_valid():
        return event_page(request, event, slots_form=form)
    if event_actions.set_slots(event=event, wanted=form.cleaned_data["slots"], by=request.user):
        messages.success(request, _("They stand on the public page."))
    else:
        messages.error(request, _("Nothing was changed: this event is not on the square."))
    return redirect("act:event", org, pk)


@require_POST
def end_series(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    event = access_event(request, org, pk, need=Role.ORGANISER)
    if event.series is not None:
        series_actions.end_series(series=event.series, by=request.user)
        messages.success(request, _("No more of it is planned. What stands in the calendar stays."))
    return redirect("act:event", org, pk)


def as_lines(filled: list[Filled]) -> str:
    return "\n".join(f"{one.slot.name}, {one.slot.needed}" for one in filled)


def event_page(request: DeskRequest, event: Event, *, slots_form: SlotsForm | None = None) -> HttpResponse:
    vault = open_vault(request, event.organisation)
    numbers = numbers_of([event])[event.pk]
    return render(
        request,
        "act/event.html",
        {
            "event": event,
            "numbers": numbers,
            "outlook": forecast_of(event, numbers),
            "told": told_of(event),
            "slots": slots_of(event.uuid),
            "slots_form": slots_form or SlotsForm(initial={"slots": as_lines(slots_of(event.uuid))}),
            "can_send": bool(channels.configured()),
            "unlocked": vault is not None,
            "people": people_at(event, vault) if vault else [],
            "unsafe": safety.missing_safeguards(event.organisation) if vault else [],
            "headcount_form": HeadcountForm(initial={"headcount": event.headcount}),
            "walk_in_form": WalkInForm(),
            "step_form": NextStepForm(organisation=event.organisation, by=request.user),
            "cancel_form": CancelForm(),
        },
    )


def change(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    event = access_planned_event(request, org, pk, need=Role.ORGANISER)
    form = EventForm(request.POST or None, initial=asdict(event.facts))
    if request.method == "POST" and form.is_valid():
        event_actions.change(event=event, by=request.user, facts=form.plan())
        messages.success(request, _("Changed here, on the square and in the calendar."))
        return redirect("act:event", org, pk)
    return render(request, "act/plan.html", {"form": form, "event": event})


@require_POST
def cancel(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    event = access_planned_event(request, org, pk, need=Role.ORGANISER)
    form = CancelForm(request.POST)
    if form.is_valid():
        event_actions.cancel(event=event, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Called off. The page stays and says so."))
    else:
        messages.error(request, _("Nothing was changed: say why, those who wanted to come will ask."))
    return redirect("act:event", org, pk)


@require_POST
def headcount(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    event = access_event(request, org, pk, need=Role.MEMBER)
    form = HeadcountForm(request.POST)
    if form.is_valid():
        event_actions.record_headcount(event=event, headcount=form.cleaned_data["headcount"], by=request.user)
        messages.success(request, _("Counted."))
    else:
        messages.error(request, _("Nothing was changed: a headcount is a whole number."))
    return redirect("act:event", org, pk)


@require_POST
def collect(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Open everything that lies sealed on the square for this organisation."""
    event = access_event(request, org, pk, need=Role.HOLDER)
    vault = open_vault(request, event.organisation)
    if vault is None:
        return to_unlock(request, org, reverse("act:event", args=[org, pk]))
    try:
        got = collection.collect(organisation=event.organisation, vault=vault, by=request.user)
    except safety.NotYetSafe as refusal:
        messages.error(request, _("Nothing was opened. %(why)s") % {"why": refusal})
        return redirect("act:event", org, pk)
    messages.success(
        request,
        _("Opened: %(new)d new, %(known)d known, %(cancelled)d cancelled.")
        % {"new": got.new, "known": got.known, "cancelled": got.cancelled},
    )
    if got.closed:
        said = ngettext(
            "%(n)d envelope does not open with this key. It is still on the square.",
            "%(n)d envelopes do not open with this key. They are still on the square.",
            got.closed,
        )
        messages.error(request, said % {"n": got.closed})
    return redirect("act:event", org, pk)
