"""Import with a preview, and export of a round."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.db.erasure import erase_after_commit
from massline.desk.guard.access import DeskRequest
from massline.desk.listen.import_export import actions, export
from massline.desk.listen.import_export.access import access_import
from massline.desk.listen.import_export.batch_content import ImportContent, read_import, reading_options_of
from massline.desk.listen.import_export.forms import ColumnsForm, ExportForm, UploadForm
from massline.desk.listen.import_export.models import ImportBatch, ImportState
from massline.desk.listen.import_export.upload_reader import UnusableFile
from massline.desk.listen.rounds.access import access_round
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.choices import Role
from massline.web.refusal_messages import form_errors
from massline.web.table_reading_options_form import FileChoicesForm

SHOWN = 12


def import_file(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_ = access_round(request, org, pk, need=Role.ORGANISER)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            parcel = actions.stage_import(round_=round_, sent=form.cleaned_data["sent"], by=request.user)
        except UnusableFile as problem:
            form.add_error("sent", form_errors(problem))
        else:
            return redirect("listen:parcel", org, pk, parcel.pk)
    return _page(request, round_, form)


def _page(
    request: DeskRequest, round_: ListeningRound, form: UploadForm, out: ExportForm | None = None
) -> HttpResponse:
    conversation = conversation_of(round_)
    facts = {
        "round": round_,
        "form": form,
        "conversation": conversation,
        "out": out or ExportForm(talks=conversation is not None),
        "before": [
            (batch, actions.import_summary(batch))
            for batch in round_.parcels.filter(state=ImportState.DONE)[:10]
        ],
    }
    wrong = form.errors or (out is not None and out.errors)
    return render(request, "listen/bring.html", facts, status=422 if wrong else 200)


def review_import(request: DeskRequest, org: str, pk: int, parcel: int) -> HttpResponse:
    """Preview of a file, progress of its import, or the result."""
    batch = access_import(request, org, pk, parcel, need=Role.ORGANISER)
    if batch.state != ImportState.LOOKED:
        summary = actions.import_summary(batch) if batch.state == ImportState.DONE else ""
        page = "listen/far.html" if request.htmx else "listen/parcel.html"
        return render(request, page, {"round": batch.round, "parcel": batch, "summary": summary})
    content = read_import(batch)
    reading = _reading(request, batch, content)
    if reading is not None and reading.is_bound:
        if _read_again(batch, reading):
            return redirect("listen:parcel", org, pk, batch.pk)
        return _look(request, batch, content, _columns(request, batch, content), reading)
    form = _columns(request, batch, content)
    if request.method == "POST" and form is not None and form.is_valid():
        batch.chosen = {**form.chosen(), "file": batch.chosen.get("file")}
        batch.save(update_fields=["chosen"])
        content = read_import(batch)
    right = form is None or not form.is_bound or form.is_valid()
    if request.method == "POST" and "bring" in request.POST and right and content.rows:
        actions.start_import(parcel=batch, rows=content.rows, by=request.user)
        return redirect("listen:parcel", org, pk, batch.pk)
    return _look(request, batch, content, form, reading)


def _reading(request: DeskRequest, parcel: ImportBatch, content: ImportContent) -> FileChoicesForm | None:
    """The form for how the file is to be read; bound where it was sent."""
    head = content.table.head if content.table else None
    if head is None:
        return None
    sent = request.POST if "reread" in request.POST else None
    return FileChoicesForm(sent, head=head, chosen=reading_options_of(parcel))


def _read_again(parcel: ImportBatch, reading: FileChoicesForm) -> bool:
    """Read the file as it was chosen; False, with the reason in the form, where it cannot be read so."""
    if not reading.is_valid():
        return False
    try:
        actions.choose_reading(parcel=parcel, choices=reading.choices())
    except UnusableFile as problem:
        reading.add_error(None, form_errors(problem))
        return False
    return True


def _columns(request: DeskRequest, parcel: ImportBatch, content: ImportContent) -> ColumnsForm | None:
    if content.table is None:
        return None
    sent = request.POST if "kind" in request.POST and "reread" not in request.POST else None
    form = ColumnsForm(
        sent, table=content.table, kind=content.kind, meanings=content.meanings, round_=parcel.round
    )
    form.fields["section"].initial = parcel.chosen.get("section")
    return form


def _look(
    request: DeskRequest,
    parcel: ImportBatch,
    content: ImportContent,
    form: ColumnsForm | None,
    reading: FileChoicesForm | None,
) -> HttpResponse:
    wrong = form is not None and form.is_bound and not form.is_valid()
    facts = {
        "round": parcel.round,
        "parcel": parcel,
        "content": content,
        "form": form,
        "reading": reading,
        "wrong": wrong,
        "problems": content.problems[:SHOWN],
        "more": max(0, len(content.problems) - SHOWN),
        "strange": content.strange.most_common(SHOWN),
    }
    unread = reading is not None and bool(reading.errors)
    return render(request, "listen/look.html", facts, status=422 if wrong or unread else 200)


@require_POST
def discard_import(request: DeskRequest, org: str, pk: int, parcel: int) -> HttpResponse:
    """Delete a file that has not been imported."""
    batch = access_import(request, org, pk, parcel, need=Role.ORGANISER)
    get_object_or_404(ImportBatch, pk=batch.pk, state=ImportState.LOOKED).delete()
    erase_after_commit("desk")
    messages.success(request, _("Deleted. Nothing from the file was imported."))
    return redirect("listen:bring", org, pk)


@require_POST
def export_words(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_ = access_round(request, org, pk, need=Role.ORGANISER)
    form = ExportForm(request.POST, talks=conversation_of(round_) is not None)
    if form.is_valid():
        try:
            file = export.export_round(round_=round_, shape=form.cleaned_data["shape"], by=request.user)
        except export.ResultsSealed as refusal:
            form.add_error("shape", form_errors(refusal))
        else:
            answer = HttpResponse(file.content, content_type=file.kind)
            answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
            return answer
    return _page(request, round_, UploadForm(), form)
