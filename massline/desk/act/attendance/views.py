"""Pages for opening sign-ups, recording presence, and agreeing on next steps."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from massline.core.row_numbers import read_row_number
from massline.desk.act.attendance import actions as attendance_actions
from massline.desk.act.attendance import attendee_next_steps as attendance_next_steps
from massline.desk.act.attendance import sign_up_opener
from massline.desk.act.attendance.access import access_attendance
from massline.desk.act.attendance.attendee_next_steps import count_per_owner
from massline.desk.act.attendance.attendees import open_one_attendee
from massline.desk.act.attendance.models import Presence
from massline.desk.act.attendance.next_step_forms import SharedStepForm, ShareOutForm
from massline.desk.act.attendance.walk_in_form import WalkInForm
from massline.desk.act.events.access import access_event
from massline.desk.act.events.models import Event
from massline.desk.contacts import next_steps as contact_next_steps
from massline.desk.contacts.access import access_contact, access_step
from massline.desk.contacts.decrypted_contacts import open_contacts, redirect_to_unlock
from massline.desk.contacts.next_step_form import NextStepForm
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.accounts.login import safe_next
from massline.desk.guard.keys import contact_storage_conditions
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.people.choices import Role
from massline.web.refusal_messages import form_errors, name_of_reason

# A request opens sign-ups for so long, then answers with the progress.
OPEN_SECONDS = 2.0
CHOICES = {Presence.CAME, Presence.MISSED, Presence.COMING}


@require_POST
def open_sign_ups(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Open every sealed sign-up of this organisation, so many in a request; a page with the progress goes on by itself."""
    event = access_event(request, org, pk, need=Role.HOLDER)
    vault = open_vault(request, event.organisation)
    if vault is None:
        return redirect_to_unlock(request, org, _door(org, pk))
    try:
        counts = sign_up_opener.open_sign_ups(
            organisation=event.organisation,
            vault=vault,
            by=request.user,
            after=_number(request, "after"),
            seconds=OPEN_SECONDS,
        )
    except contact_storage_conditions.NotYetSafe as refusal:
        messages.error(
            request,
            _("Nothing was opened. %(why)s") % {"why": refusal},
            extra_tags=" ".join(map(name_of_reason, refusal.reasons)),
        )
        return redirect(_door(org, pk))
    counts = _add_earlier(request, counts)
    if counts.left:
        return render(request, "act/opening.html", {"event": event, "counts": counts})
    messages.success(
        request,
        _("Opened: %(new)d new, %(known)d already known, %(cancelled)d cancelled.")
        % {"new": counts.new, "known": counts.known, "cancelled": counts.cancelled},
        extra_tags="sign-ups-opened",
    )
    if counts.closed:
        sentence = ngettext(
            "%(n)d sign-up does not open with this key. It is still safe.",
            "%(n)d sign-ups do not open with this key. They are still safe.",
            counts.closed,
        )
        messages.error(request, sentence % {"n": counts.closed}, extra_tags="sign-ups-closed")
    if request.htmx:
        return HttpResponseClientRedirect(_door(org, pk))
    return redirect(_door(org, pk))


def _door(org: str, pk: int) -> str:
    """The page of the event at its door, whatever the hour is."""
    return f"{reverse('act:event', args=[org, pk])}?moment=door"


def _number(request: DeskRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 16 else 0


def _add_earlier(
    request: DeskRequest, counts: sign_up_opener.SignUpOpeningCounts
) -> sign_up_opener.SignUpOpeningCounts:
    """Add what earlier requests of the same opening counted, for the progress and the last message."""
    return replace(
        counts,
        new=counts.new + _number(request, "new"),
        known=counts.known + _number(request, "known"),
        cancelled=counts.cancelled + _number(request, "cancelled"),
        closed=counts.closed + _number(request, "closed"),
    )


@require_POST
def record_presence(request: DeskRequest, org: str, pk: int, attendance_pk: int) -> HttpResponse:
    """Record whether one person came; a page that asks by itself gets that person's row and nothing else."""
    attendance = access_attendance(request, org, pk, attendance_pk)
    back = reverse("act:event", args=[org, pk])
    vault = open_vault(request, request.organisation)
    if vault is None:
        return redirect_to_unlock(request, org, back)
    presence, event = request.POST.get("presence", ""), attendance.event
    if presence in CHOICES:
        attendance = attendance_actions.record_presence(
            event=event, contact=attendance.contact, presence=presence, by=request.user
        )
    page = _number(request, "page")
    back = f"{back}?page={page}" if page else back
    if request.htmx:
        attendance.event = event
        row = {
            "person": open_one_attendee(attendance, vault),
            "event": event,
            "unlocked": True,
            "back": back,
            "page": page,
        }
        return render(request, "act/parts/attendee.html", row)
    return redirect(f"{back}#person-{attendance_pk}")


def walk_in(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    event = access_event(request, org, pk, need=Role.HOLDER)
    vault = open_vault(request, event.organisation)
    if vault is None:
        return redirect_to_unlock(request, org, reverse("act:walk_in", args=[org, pk]), has_typed_text=True)
    form = WalkInForm(request.POST or None, country=event.organisation.phone_country)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            attendance_actions.add_walk_in(
                event=event, vault=vault, name=given["name"], point=given["point"], by=request.user
            )
        except contact_storage_conditions.NotYetSafe as refusal:
            form.add_error(None, form_errors(refusal))
        else:
            messages.success(request, _("Welcome, %(name)s.") % {"name": given["name"]})
            return redirect(_door(org, pk))
    return render(request, "act/walk_in.html", {"event": event, "form": form})


def next_steps(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Record one next step for everybody who came and has none. Needs no names, so no open vault."""
    event = access_event(request, org, pk, need=Role.ORGANISER)
    form = SharedStepForm(request.POST or None, event=event, by=request.user)
    if request.method == "POST" and form.is_valid():
        count = attendance_next_steps.agree_next_step_with_attendees(
            event=event, by=request.user, **form.given()
        )
        sentence = ngettext("%(n)d person now has a next step.", "%(n)d people now have a next step.", count)
        messages.success(request, sentence % {"n": count})
        return redirect("act:event", org, pk)
    without = attendance_next_steps.attendees_without_next_step(event).count()
    return render(request, "act/next_steps.html", {"event": event, "form": form, "without": without})


def share_out(request: DeskRequest, org: str) -> HttpResponse:
    """Give everybody who has none a next step, by section, event and role. Needs no names, so no open vault.

    An event's page leads here with the event chosen, and one comes back to it.
    """
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    chosen = read_row_number(request.GET.get("event", ""))
    event = Event.objects.of(organisation).filter(pk=chosen).first()
    form = ShareOutForm(request.POST or None, organisation=organisation, by=request.user, event=event)
    whom = form.whom() if request.method == "POST" and form.is_valid() else {}
    contacts = attendance_next_steps.people_without_next_step(organisation, **(whom or {"event": event}))
    if whom and "save" in request.POST:
        count = contact_next_steps.share_next_steps(
            organisation=organisation,
            contacts=contacts,
            what=form.cleaned_data["what"],
            due_on=form.cleaned_data["due_on"],
            owners=form.owners,
            by=request.user,
        )
        sentence = ngettext("%(n)d person now has a next step.", "%(n)d people now have a next step.", count)
        messages.success(request, sentence % {"n": count}, extra_tags="shared-out")
        return redirect("act:event", org, event.pk) if event else redirect("people:people", org)
    page = {
        "form": form,
        "count": len(contacts),
        "shares": count_per_owner(len(contacts), form.owners) if whom else [],
    }
    return render(request, "act/share_out.html", page, status=422 if form.errors else 200)


def next_step(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Record one person's next step, or that they want none."""
    contact = access_contact(request, org, pk)
    onward = safe_next(request, reverse("people:people", args=[org]))
    vault = open_vault(request, contact.organisation)
    if vault is None:
        return redirect_to_unlock(
            request,
            org,
            reverse("act:next_step", args=[org, pk]),
            has_typed_text="none_wanted" not in request.POST,
        )
    if request.method == "POST" and "none_wanted" in request.POST:
        contact_next_steps.agree_next_step(
            contact=contact,
            what=_("They want no next step"),
            due_on=None,
            owner=request.user,
            by=request.user,
        )
        return redirect(onward)
    form = NextStepForm(request.POST or None, organisation=contact.organisation, by=request.user)
    if request.method == "POST" and form.is_valid():
        contact_next_steps.agree_next_step(contact=contact, by=request.user, **form.cleaned_data)
        return redirect(onward)
    (person,) = open_contacts([contact], vault)
    return render(request, "act/next_step.html", {"person": person, "form": form, "next": onward})


@require_POST
def finish_step(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    step = access_step(request, org, pk)
    contact_next_steps.finish_next_step(step=step, by=request.user)
    messages.success(request, _("Marked as done. What is their next step?"))
    return redirect(safe_next(request, reverse("people:people", args=[org])))
