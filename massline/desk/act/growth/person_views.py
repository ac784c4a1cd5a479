"""Pages of people: deeds, vouches, welcomes, what they learn and hold. Names need the open vault."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from massline.desk.act.growth.forms import GivePartForm, TeachForm, WelcomeForm
from massline.desk.act.growth.ladder import count_deeds, highest_rung
from massline.desk.contacts.access import access_contact
from massline.desk.contacts.decrypted_contacts import open_contacts
from massline.desk.guard.access import DeskRequest
from massline.desk.guard.concurrent_edits import edit_form, report_merged_edit, serialise_edits
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.people import contact_welcome, ladder_and_study_actions, mandate_actions
from massline.desk.people.models import Contact
from massline.desk.people.rung_models import Rung


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
