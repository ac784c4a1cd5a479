"""Pages that list contacts and name sections."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from massline.desk.contacts.access import access_section
from massline.desk.contacts.contact_identity import upgrade_contact_points
from massline.desk.contacts.decrypted_contacts import open_contacts
from massline.desk.contacts.next_step_counts import count_by_step
from massline.desk.contacts.section_form import SectionForm
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.concurrent_edits import edit_form, report_merged_edit, serialise_edits
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.people import section_actions
from massline.desk.people.choices import Role
from massline.desk.people.models import Contact, NextStep, Organisation, Section

PAGE_SIZE = 60
STEPS_SHOWN = 10


@require_safe
def people(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    vault = open_vault(request, organisation)
    if vault is not None:
        upgrade_contact_points(organisation, vault)
    contacts = Contact.objects.of(organisation).with_consent()
    unlocked = vault is not None
    page = Paginator(contacts.by_need().prefetch_related("next_steps__owner"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "people/people.html",
        {
            "sections": Section.objects.filter(organisation=organisation),
            "section_form": SectionForm(),
            "page": page,
            "people": open_contacts(page.object_list, vault) if unlocked else [],
            "unlocked": unlocked,
            "counts": None if unlocked else count_by_step(contacts),
            "due": [] if unlocked else _due_steps(organisation),
            "lost": contacts.without_next_step().count(),
            "overdue": NextStep.objects.overdue().filter(contact__organisation=organisation).count(),
        },
    )


def _due_steps(organisation: Organisation) -> QuerySet[NextStep]:
    """Select the open next steps that are due first; they are told without a name."""
    steps = NextStep.objects.open().filter(contact__organisation=organisation, due_on__isnull=False)
    return steps.filter(contact__consent_on__isnull=False).select_related("owner")[:STEPS_SHOWN]


def add_section(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = SectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        section_actions.add_section(organisation=organisation, by=request.user, **form.cleaned_data)
        messages.success(request, _("Section added. Another one?"))
        return redirect("people:people", org)
    return render(request, "people/section.html", {"form": form})


@serialise_edits
def change_section(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    section = access_section(request, org, pk)
    form = edit_form(
        request,
        section,
        lambda: SectionForm(
            request.POST or None, initial={"name": section.name, "headcount": section.headcount}
        ),
    )
    if request.method == "POST" and form.is_valid():
        namesake = Section.objects.filter(
            organisation=section.organisation, name=form.cleaned_data["name"].strip()
        )
        if namesake.exclude(pk=section.pk).exists():
            form.add_error("name", ValidationError(_("Another section already has this name."), code="taken"))
        else:
            section_actions.change_section(section=section, by=request.user, **form.cleaned_data)
            report_merged_edit(request, form)
            return redirect("people:people", org)
    return render(request, "people/section.html", {"form": form, "section": section})
