"""Pages to preview, import and undo lists of contacts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from massline.desk.contacts.decrypted_contacts import redirect_to_unlock
from massline.desk.contacts.imports import actions as import_actions
from massline.desk.contacts.imports.actions import ListOrigin
from massline.desk.contacts.imports.dry_run import preview_import
from massline.desk.contacts.imports.forms import ColumnsForm, ListForm, OpenedList, open_list
from massline.desk.contacts.imports.import_candidates import Candidate, read_candidates
from massline.desk.contacts.imports.list_reader import UnreadableTable
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.keys import contact_storage_conditions
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.choices import Role
from massline.desk.people.contact_import_model import ContactImport
from massline.web.refusal_messages import form_errors
from massline.web.table_problem_messages import row_sentences, table_notes
from massline.web.table_reading_options_form import FileChoicesForm


def import_list(request: DeskRequest, org: str) -> HttpResponse:
    """Import a list. An uploaded file stays in memory, never in a temporary file (massline.web.uploads)."""
    organisation = access_organisation(request, org, need=Role.HOLDER)
    vault = open_vault(request, organisation)
    if vault is None:
        return redirect_to_unlock(request, org, reverse("people:bring", args=[org]), has_typed_text=True)
    if "list" in request.POST:
        opened = open_list(request.POST["list"], vault)
        if opened is None:
            messages.error(request, _("Nothing was imported: the list has expired. Please choose it again."))
            return redirect("people:bring", org)
        return _preview(request, vault, opened, request.POST.get("source", "")[:120])
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _preview(request, vault, form.cleaned_data["list"], form.cleaned_data["source"])
    lists = ContactImport.objects.filter(organisation=organisation)[:20]
    page = {
        "form": form,
        "lists": lists,
        "unsafe": contact_storage_conditions.blocking_safeguards(organisation),
    }
    return render(request, "people/bring.html", page)


def _preview(request: DeskRequest, vault: Vault, opened: OpenedList, source: str) -> HttpResponse:
    """Show the effect of an import, and carry it out once the columns are right and confirmed."""
    opened, reading = _read_again(request, opened)
    table = opened.table
    is_chosen = "column_0" in request.POST and "reread" not in request.POST
    chosen = request.POST if is_chosen else None
    remembered = import_actions.remembered_columns(request.organisation, table.headers)
    form = ColumnsForm(chosen, table=table, remembered=remembered)
    right = form.is_valid()
    country = request.organisation.phone_country
    candidates = list(read_candidates(table, form.meanings, form.choices(), country=country)) if right else []
    skipped = [int(number) for number in request.POST.getlist("same") if number.isdigit()]
    if right and chosen and "bring" in request.POST and source:
        return _import(request, vault, candidates, ListOrigin.of(form, source, request.user), skipped)
    return render(
        request,
        "people/look.html",
        {
            "form": form,
            "reading": reading,
            "list": opened.seal(vault),
            "source": source,
            "rows": len(table.rows),
            "run": preview_import(request.organisation, vault, candidates) if right else None,
            "skipped": skipped,
            "left_out": [*table_notes(table), *row_sentences(table)],
        },
    )


def _read_again(request: DeskRequest, opened: OpenedList) -> tuple[OpenedList, FileChoicesForm | None]:
    """The list read as it was chosen just now, and the form for it; as before where it cannot be read so."""
    if opened.table.head is None:
        return opened, None
    sent = request.POST if "reread" in request.POST else None
    reading = FileChoicesForm(sent, head=opened.table.head, chosen=opened.choices)
    if sent is None or not reading.is_valid():
        return opened, reading
    try:
        opened = opened.read_again(reading.choices())
    except UnreadableTable as problem:
        reading.add_error(None, form_errors(problem))
        return opened, reading
    assert opened.table.head is not None
    return opened, FileChoicesForm(head=opened.table.head, chosen=opened.choices)


def _import(
    request: DeskRequest, vault: Vault, candidates: list[Candidate], origin: ListOrigin, skipped: list[int]
) -> HttpResponse:
    org = request.organisation.slug
    try:
        contact_import = import_actions.import_contacts(
            organisation=request.organisation,
            vault=vault,
            candidates=candidates,
            origin=origin,
            by=request.user,
            leave_out=skipped,
        )
    except contact_storage_conditions.NotYetSafe as refusal:
        messages.error(
            request, _("Nothing was imported. %(why)s") % {"why": refusal}, extra_tags="nothing-imported"
        )
        return redirect("people:bring", org)
    sentence = ngettext("Imported %(n)d new person.", "Imported %(n)d new people.", contact_import.new) % {
        "n": contact_import.new
    }
    messages.success(
        request,
        f"{sentence} {_('Each stays for thirty days unless a next step is agreed on.')}",
        extra_tags="people-imported",
    )
    return redirect("people:people" if contact_import.new else "people:bring", org)


@require_POST
def undo_import(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    lists = ContactImport.objects.filter(organisation=organisation)
    contact_import = get_object_or_404(lists, pk=pk)
    try:
        deleted = import_actions.undo_import(contact_import=contact_import, by=request.user)
    except import_actions.ImportInUse as refusal:
        sentence = ngettext(
            "Nothing was undone: someone has already worked with %(n)d person on this list.",
            "Nothing was undone: someone has already worked with %(n)d people on this list.",
            refusal.n,
        )
        messages.error(request, sentence % {"n": refusal.n}, extra_tags="import-in-use")
    else:
        sentence = ngettext("%(n)d contact removed again.", "%(n)d contacts removed again.", deleted)
        messages.success(request, sentence % {"n": deleted}, extra_tags="import-undone")
    return redirect("people:bring", org)
