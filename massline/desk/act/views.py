"""Pages that show several rooms of the act stage together: the list of events and one event with all its parts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from massline.desk.act.attendance.attendees import open_attendees
from massline.desk.act.attendance.forms import WalkInForm
from massline.desk.act.attendance.turnout import count_turnout, forecast_turnout
from massline.desk.act.attendance.unreached import list_unreached
from massline.desk.act.events import actions as event_actions
from massline.desk.act.events.access import access_event
from massline.desk.act.events.forms import HeadcountForm, SlotsForm
from massline.desk.act.events.models import Event
from massline.desk.act.events.series import AppliesTo
from massline.desk.act.messages import configured_channels
from massline.desk.act.messages.delivery_report import count_deliveries
from massline.desk.call.forms import CancelForm
from massline.desk.contacts.forms import NextStepForm
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.edits import edit_form, edits_in_turn
from massline.desk.guard.keys import safe_storage
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.people.states import Role
from massline.square.envelopes import timeslots
from massline.square.envelopes.places import places_of
from massline.square.envelopes.timeslots import slots_of


@require_safe
def events(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    coming = list(Event.objects.of(organisation).coming_up()[:50])
    past = list(Event.objects.of(organisation).past().select_related("review")[:20])
    numbers = count_turnout([*coming, *past])
    return render(
        request,
        "act/events.html",
        {
            "coming": [(event, numbers[event.pk]) for event in coming],
            "past": [(event, numbers[event.pk]) for event in past],
            "mass_meeting": next((event for event in coming if event.kind == "mass_meeting"), None),
        },
    )


@require_safe
def event(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    return event_page(request, access_event(request, org, pk, need=Role.MEMBER))


@require_POST
@edits_in_turn
def set_slots(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Set the timeslots of an event and how many people each needs."""
    event = access_event(request, org, pk, need=Role.ORGANISER)
    form = edit_form(request, event, lambda: SlotsForm(request.POST, initial=_slots_as_they_are(event)))
    if form.is_valid():
        form.check_lost(timeslots.lost_slots(event.uuid, form.cleaned_data["slots"]))
    if not form.is_valid():
        return event_page(request, event, slots_form=form)
    if event_actions.set_slots(
        event=event,
        wanted=form.cleaned_data["slots"],
        limit=form.cleaned_data["places"],
        by=request.user,
    ):
        messages.success(request, _("They are on the public page now."))
    else:
        messages.error(request, _("Nothing changed: this event has no public page."))
    return redirect("act:event", org, pk)


def _slots_as_they_are(event: Event) -> dict[str, object]:
    lines = [f"{filled.slot.name}, {filled.slot.needed}" for filled in slots_of(event.uuid)]
    return {"slots": "\n".join(lines), "places": places_of(event.uuid)}


def event_page(request: DeskRequest, event: Event, *, slots_form: SlotsForm | None = None) -> HttpResponse:
    vault = open_vault(request, event.organisation)
    numbers = count_turnout([event])[event.pk]
    people = open_attendees(event, vault) if vault else []
    return render(
        request,
        "act/event.html",
        {
            "event": event,
            "numbers": numbers,
            "outlook": forecast_turnout(event, numbers),
            "deliveries": count_deliveries(event),
            "slots": slots_of(event.uuid),
            "places": places_of(event.uuid),
            "slots_form": slots_form or SlotsForm(initial=_slots_as_they_are(event)),
            "can_send": bool(configured_channels.list_configured()),
            "unlocked": vault is not None,
            "people": people,
            "unreached": list_unreached(event, people),
            "unsafe": safe_storage.blocking_safeguards(event.organisation) if vault else [],
            "headcount_form": HeadcountForm(initial={"headcount": event.headcount}),
            "walk_in_form": WalkInForm(),
            "step_form": NextStepForm(organisation=event.organisation, by=request.user),
            "cancel_form": CancelForm(),
            "applies_to": AppliesTo.choices,
        },
    )
