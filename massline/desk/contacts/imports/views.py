"""Lists of contacts: look first, then bring them in; take a list back; let one out."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from massline.desk.contacts.imports import actions as import_actions
from massline.desk.contacts.imports.column_mapping import candidates
from massline.desk.contacts.imports.dry_run import look
from massline.desk.contacts.imports.forms import ColumnsForm, ListForm, carried, carry
from massline.desk.contacts.imports.table_reader import Table
from massline.desk.contacts.opened import to_unlock
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.keys import safety
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.contact_import import ContactImport
from massline.desk.people.states import Role


@csrf_exempt  # only so that the upload handler is chosen before anything reads the request; checked right below
def bring(request: DeskRequest, org: str) -> HttpResponse:
    """Bring a list in. A file that is being sent lies in memory alone, never in a temporary file."""
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    return _bring(request, org)


@csrf_protect
def _bring(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    vault = open_vault(request, organisation)
    if vault is None:
        return to_unlock(request, org, reverse("people:bring", args=[org]))
    if "list" in request.POST:
        listed = carried(request.POST["list"], vault)
        if listed is None:
            messages.error(request, _("Nothing was kept. The list no longer opens; choose it again."))
            return redirect("people:bring", org)
        return _look(request, vault, listed, request.POST.get("source", "")[:120])
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _look(request, vault, form.cleaned_data["table"], form.cleaned_data["source"])
    lists = ContactImport.objects.filter(organisation=organisation)[:20]
    page = {"form": form, "lists": lists, "unsafe": safety.missing_safeguards(organisation)}
    return render(request, "people/bring.html", page)


def _look(request: DeskRequest, vault: Vault, listed: Table, source: str) -> HttpResponse:
    """Show what the list would bring; once that is right, keep it."""
    chosen = request.POST if "column_0" in request.POST else None
    form = ColumnsForm(chosen or _guessed(listed), listed=listed)
    right = form.is_valid()
    people = list(candidates(listed, form.meanings)) if right else []
    skipped = [int(one) for one in request.POST.getlist("same") if one.isdigit()]
    if right and chosen and "bring" in request.POST and source:
        return _keep(request, vault, people, source, skipped)
    return render(
        request,
        "people/look.html",
        {
            "form": form,
            "list": carry(listed, vault),
            "source": source,
            "rows": len(listed.rows),
            "run": look(request.organisation, vault, people) if right else None,
            "skipped": skipped,
        },
    )


def _guessed(listed: Table) -> dict[str, Any]:
    form = ColumnsForm(listed=listed)
    return {name: field.initial for name, field in form.fields.items()}


def _keep(
    request: DeskRequest, vault: Vault, people: list[Any], source: str, skipped: list[int]
) -> HttpResponse:
    org = request.organisation.slug
    try:
        brought = import_actions.bring_in(
            organisation=request.organisation,
            vault=vault,
            listed=people,
            source=source,
            by=request.user,
            leave_out=skipped,
        )
    except safety.NotYetSafe as refusal:
        messages.error(request, _("Nothing was kept. %(why)s") % {"why": refusal})
        return redirect("people:bring", org)
    said = ngettext("%(n)d person is new.", "%(n)d people are new.", brought.new) % {"n": brought.new}
    messages.success(request, f"{said} {_('Each stays for thirty days unless a next step is agreed on.')}")
    return redirect("people:people" if brought.new else "people:bring", org)


@require_POST
def take_back(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    lists = ContactImport.objects.filter(organisation=organisation)
    brought = get_object_or_404(lists, pk=pk)
    try:
        gone = import_actions.take_back(brought=brought, by=request.user)
    except import_actions.Touched as refusal:
        said = ngettext(
            "Nothing was taken back: somebody has worked with %(n)d person of this list.",
            "Nothing was taken back: somebody has worked with %(n)d people of this list.",
            refusal.n,
        )
        messages.error(request, said % {"n": refusal.n})
    else:
        said = ngettext("%(n)d contact is gone again.", "%(n)d contacts are gone again.", gone)
        messages.success(request, said % {"n": gone})
    return redirect("people:bring", org)
