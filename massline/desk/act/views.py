"""Pages that show several rooms of the act stage together: the list of events and one event with all its parts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from massline.desk.act.attendance.attendees import AttendeePage, find_attendees, open_attendee_page
from massline.desk.act.attendance.turnout import count_turnout, forecast_turnout
from massline.desk.act.attendance.unreached_sign_ups import list_unreached
from massline.desk.act.attendance.walk_in_form import WalkInForm
from massline.desk.act.events import actions as event_actions
from massline.desk.act.events.access import access_event
from massline.desk.act.events.event_phases import list_event_phases
from massline.desk.act.events.forms import HeadcountForm, SlotsForm
from massline.desk.act.events.models import Event
from massline.desk.act.events.series import AppliesTo
from massline.desk.act.meetings.agenda_times import list_planned_items
from massline.desk.act.messages import configured_channels
from massline.desk.act.messages.delivery_counts import count_deliveries
from massline.desk.call.forms import CancelForm
from massline.desk.contacts.decrypted_contacts import redirect_to_unlock
from massline.desk.contacts.next_step_form import NextStepForm
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.concurrent_edits import edit_form, serialise_edits
from massline.desk.guard.keys import contact_storage_conditions
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.people.choices import Role
from massline.square.envelopes import timeslots
from massline.square.envelopes.event_capacity import capacity_of_event
from massline.square.envelopes.timeslots import slots_of

PAST_SHOWN = 20


@require_safe
def events(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    coming = list(Event.objects.of(organisation).coming_up()[:50])
    earlier = Event.objects.of(organisation).past().select_related("review")
    page = Paginator(earlier, PAST_SHOWN).get_page(request.GET.get("page"))
    past = list(page.object_list)
    numbers = count_turnout([*coming, *past])
    return render(
        request,
        "act/events.html",
        {
            "coming": [(event, numbers[event.pk]) for event in coming],
            "page": page,
            "past": [(event, numbers[event.pk]) for event in past],
            "mass_meeting": next((event for event in coming if event.kind == "mass_meeting"), None),
        },
    )


@require_safe
def event(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    return render_event_page(request, access_event(request, org, pk, need=Role.MEMBER))


@require_POST
@serialise_edits
def set_slots(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Set the timeslots of an event and how many people each needs."""
    event = access_event(request, org, pk, need=Role.ORGANISER)
    form = edit_form(request, event, lambda: SlotsForm(request.POST, initial=_slots_as_they_are(event)))
    if form.is_valid():
        form.check_lost(timeslots.slots_to_remove(event.uuid, form.cleaned_data["slots"]))
    if not form.is_valid():
        return render_event_page(request, event, slots_form=form)
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
    return {"slots": "\n".join(lines), "places": capacity_of_event(event.uuid)}


@require_POST
def find_person(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Look for a name on the list of an event. It is sent in a form, so that no address ever holds it."""
    event = access_event(request, org, pk, need=Role.HOLDER)
    if open_vault(request, event.organisation) is None:
        return redirect_to_unlock(request, org, reverse("act:event", args=[org, pk]))
    return render_event_page(request, event, wanted=request.POST.get("find", "")[:80].strip())


def _address(event: Event, attendees: AttendeePage) -> str:
    """The event's page at the part of the list that is shown."""
    address = reverse("act:event", args=[event.organisation.slug, event.pk])
    number = attendees.page.number if attendees.page else 1
    return f"{address}?page={number}" if number > 1 else address


def render_event_page(
    request: DeskRequest, event: Event, *, slots_form: SlotsForm | None = None, wanted: str = ""
) -> HttpResponse:
    vault = open_vault(request, event.organisation)
    numbers = count_turnout([event])[event.pk]
    attendees = AttendeePage([])
    if vault is not None and wanted:
        attendees = find_attendees(event, vault, wanted)
    elif vault is not None:
        attendees = open_attendee_page(event, vault, request.GET.get("page"))
    asked = request.GET.get("moment", "door" if wanted or "page" in request.GET else "")
    moments = list_event_phases(event, timezone.now(), asked=asked, wrong="before" if slots_form else "")
    return render(
        request,
        "act/event.html",
        {
            "moments": moments,
            "moment_now": next(moment.key for moment in moments if moment.is_now),
            "has_sealed": bool(numbers.in_envelopes or numbers.sealed_rows),
            "clock": list_planned_items(event),
            "event": event,
            "numbers": numbers,
            "outlook": forecast_turnout(event, numbers),
            "deliveries": count_deliveries(event),
            "slots": slots_of(event.uuid),
            "places": capacity_of_event(event.uuid),
            "slots_form": slots_form or SlotsForm(initial=_slots_as_they_are(event)),
            "can_send": bool(configured_channels.list_configured_channels()),
            "unlocked": vault is not None,
            "people": attendees.people,
            "attendees": attendees,
            "back": _address(event, attendees),
            "wanted": wanted,
            "unreached": list_unreached(event, vault),
            "unsafe": contact_storage_conditions.blocking_safeguards(event.organisation) if vault else [],
            "headcount_form": HeadcountForm(initial={"headcount": event.headcount}),
            "walk_in_form": WalkInForm(),
            "step_form": NextStepForm(organisation=event.organisation, by=request.user),
            "cancel_form": CancelForm(),
            "applies_to": AppliesTo.choices,
        },
    )
