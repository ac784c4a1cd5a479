"""Pages on which what was written down is set right, or deleted because somebody asks for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from massline.core.refusal import Refused
from massline.desk.guard.access import DeskRequest
from massline.desk.guard.concurrent_edits import edit_form, report_merged_edit, serialise_edits
from massline.desk.listen.record_corrections import actions
from massline.desk.listen.record_corrections.access import access_report
from massline.desk.listen.record_corrections.forms import ReportCorrectionForm, VoiceCorrectionForm
from massline.desk.listen.voices.access import access_voice
from massline.desk.people.choices import Role
from massline.web.refusal_messages import form_errors


@serialise_edits
def correct_voice(request: DeskRequest, org: str, pk: int, voice: int) -> HttpResponse:
    """Correct the words of a voice; with `delete` sent, delete it."""
    chosen = access_voice(request, org, pk, voice, need=Role.ORGANISER)
    deletes = request.method == "POST" and "delete" in request.POST
    sent = None if deletes else request.POST or None
    form = edit_form(request, chosen, lambda: VoiceCorrectionForm.of(chosen, sent))
    refusal: Refused | None = None
    try:
        if deletes:
            actions.delete_voice(voice=chosen, by=request.user)
            messages.success(request, _("Deleted."), extra_tags="voice-deleted")
            return redirect("listen:voices", org, pk)
        if request.method == "POST" and form.is_valid():
            actions.correct_voice(voice=chosen, by=request.user, **form.cleaned_data)
            report_merged_edit(request, form)
            messages.success(request, _("Saved."), extra_tags="voice-corrected")
            return redirect("listen:voice", org, pk, voice)
    except Refused as refused:
        refusal = refused
        if form.is_bound:
            form.add_error(None, form_errors(refused))
    page = {"round": chosen.report.round, "voice": chosen, "form": form, "refusal": refusal}
    return render(request, "listen/correct_voice.html", page, status=422 if refusal or form.errors else 200)


@serialise_edits
def correct_report(request: DeskRequest, org: str, pk: int, report: int) -> HttpResponse:
    """Correct where, how and with how many; with `delete` sent, delete the report and what was said in it."""
    chosen = access_report(request, org, pk, report)
    deletes = request.method == "POST" and "delete" in request.POST
    sent = None if deletes else request.POST or None
    form = edit_form(request, chosen, lambda: ReportCorrectionForm(sent, report=chosen))
    refusal: Refused | None = None
    if deletes:
        try:
            actions.delete_report(report=chosen, by=request.user)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("Deleted."), extra_tags="report-deleted")
            return redirect("listen:round", org, pk)
    elif request.method == "POST" and form.is_valid():
        try:
            actions.correct_report(report=chosen, by=request.user, facts=form.facts())
        except Refused as refused:
            refusal = refused
            form.add_error(None, form_errors(refused))
        else:
            report_merged_edit(request, form)
            messages.success(request, _("Saved."), extra_tags="report-corrected")
            return redirect("listen:round", org, pk)
    page = {"round": chosen.round, "report": chosen, "form": form, "refusal": refusal}
    return render(request, "listen/correct_report.html", page, status=422 if refusal or form.errors else 200)
