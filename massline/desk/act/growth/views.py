"""Pages for welcomes, mandates, the ladder and study paths. Names need the open vault; counts and mandates do not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from massline.desk.act.growth.access import access_mandate, access_rung
from massline.desk.act.growth.forms import (
    GivePartForm,
    MandateForm,
    PartForm,
    RungForm,
    StudyForm,
    TeachForm,
    WelcomeForm,
)
from massline.desk.act.growth.ladder import count_contacts_by_rung, count_deeds, highest_rung
from massline.desk.act.growth.monday_note import build_monday_note, find_stall_reason
from massline.desk.contacts.access import access_contact
from massline.desk.contacts.decrypted_contacts import open_contacts
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.guard.concurrent_edits import edit_form, report_merged_edit, serialise_edits
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.people import contact_welcome, ladder_and_study_actions, mandate_actions
from massline.desk.people.choices import Role
from massline.desk.people.mandate_models import Mandate
from massline.desk.people.models import Contact
from massline.desk.people.rung_models import Rung, StudyPath
from massline.desk.sumup.source_material.mood_board import MoodBoard
from massline.desk.sumup.source_material.pulse_board import PulseBoard


@require_safe
def person(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """A person: deeds, vouches, steps learnt. The page shows no opinion and no score."""
    return _render_person(request, access_contact(request, org, pk))


def _render_person(request: DeskRequest, contact: Contact, form: WelcomeForm | None = None) -> HttpResponse:
    organisation = contact.organisation
    vault = open_vault(request, organisation)
    deeds = count_deeds([contact])[contact.pk]
    rungs = list(Rung.objects.filter(organisation=organisation))
    learnt = contact.learnt.select_related("step", "taught_by")
    return render(
        request,
        "people/person.html",
        {
            "person": open_contacts([contact], vault)[0],
            "deeds": deeds,
            "rung": highest_rung(deeds, rungs),
            "vouches": list(contact.vouches.select_related("by")),
            "learnt": list(learnt),
            "holdings": list(contact.holdings.filter(until=None).select_related("mandate")),
            "welcome_form": form
            or WelcomeForm(organisation=organisation, initial={"buddy": contact.buddy_id}),
            "teach_form": TeachForm(organisation=organisation),
            "part_form": GivePartForm(organisation=organisation),
            "unlocked": vault is not None,
        },
    )


@require_POST
@serialise_edits
def welcome(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    contact = access_contact(request, org, pk)
    form = edit_form(
        request,
        contact,
        lambda: WelcomeForm(
            request.POST, organisation=contact.organisation, initial={"buddy": contact.buddy_id}
        ),
    )
    if not form.is_valid():
        return _render_person(request, contact, form)
    contact_welcome.welcome_contact(contact=contact, buddy=form.cleaned_data["buddy"], by=request.user)
    report_merged_edit(request, form)
    messages.success(request, _("Saved. What is their first small task?"), extra_tags="welcomed")
    return redirect("people:person", org, pk)


@require_POST
def vouch(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    contact_welcome.vouch_for_contact(contact=access_contact(request, org, pk), by=request.user)
    return redirect("people:person", org, pk)


@require_POST
def teach(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    contact = access_contact(request, org, pk)
    form = TeachForm(request.POST, organisation=contact.organisation)
    if form.is_valid():
        ladder_and_study_actions.record_learnt(
            contact=contact, step=form.cleaned_data["step"], by=request.user
        )
    else:
        messages.error(request, _("Nothing was saved: choose what they have learned."))
    return redirect("people:person", org, pk)


@require_POST
def give_part(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Assign a part in a mandate to a contact."""
    contact = access_contact(request, org, pk)
    form = GivePartForm(request.POST, organisation=contact.organisation)
    if form.is_valid():
        mandate_actions.assign_part(contact=contact, by=request.user, **form.cleaned_data)
    else:
        messages.error(request, _("Nothing changed: choose a responsibility and a part."))
    return redirect("people:person", org, pk)


def ladder(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=needed_role(request))
    form = RungForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ladder_and_study_actions.add_rung(organisation=organisation, by=request.user, **form.cleaned_data)
        return redirect("people:ladder", org)
    return render(
        request, "people/ladder.html", {"standings": count_contacts_by_rung(organisation), "form": form}
    )


@require_POST
def remove_rung(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    ladder_and_study_actions.remove_rung(rung=access_rung(request, org, pk), by=request.user)
    return redirect("people:ladder", org)


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


def study(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=needed_role(request))
    form = StudyForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        ladder_and_study_actions.add_study_step(
            organisation=organisation, by=request.user, **form.cleaned_data
        )
        return redirect("people:study", org)
    paths = StudyPath.objects.filter(organisation=organisation)
    paths = paths.prefetch_related("steps__teacher", "steps__learnt__taught_by")
    return render(request, "people/study.html", {"paths": paths, "form": form})


@require_safe
def show_monday_note(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    note = build_monday_note(organisation, request.user)
    vault = open_vault(request, organisation)
    contacts = [step.contact for step in (*note.late, *note.this_week)]
    opened = {person.contact.pk: person for person in open_contacts([*contacts, *note.without_step], vault)}
    page = {
        "note": note,
        "alarms": PulseBoard(organisation).alarms,
        "turned": [turn.sentence for turn in MoodBoard(organisation).fresh_turns],
        "unlocked": vault is not None,
        "late": [(step, opened[step.contact_id]) for step in note.late],
        "this_week": [(step, opened[step.contact_id]) for step in note.this_week],
        "without_step": [opened[contact.pk] for contact in note.without_step],
    }
    return render(request, "people/monday.html", page)
