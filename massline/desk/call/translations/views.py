"""Pages for a call's further languages."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.call.access import access_call
from massline.desk.call.publication_checks import NotPublishable
from massline.desk.call.translations import actions as version_actions
from massline.desk.call.translations.access import access_translation
from massline.desk.call.translations.forms import CallTranslationForm, language_choices
from massline.desk.guard.access import DeskRequest
from massline.desk.guard.concurrent_edits import edit_form, report_merged_edit, serialise_edits
from massline.desk.people.choices import Role
from massline.web.refusal_messages import form_errors


def add_language(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Choose a language to write or to correct."""
    call = access_call(request, org, pk, need=Role.ORGANISER)
    if request.method == "POST" and request.POST.get("language") in dict(language_choices()):
        return redirect("call:version", org, pk, request.POST["language"])
    offered = [(code, name) for code, name in language_choices() if code != call.language]
    return render(request, "call/languages.html", {"call": call, "offered": offered})


@serialise_edits
def edit_translation(request: DeskRequest, org: str, pk: int, code: str) -> HttpResponse:
    call, written = access_translation(request, org, pk, code, need=Role.ORGANISER)
    form = (
        edit_form(
            request, written, lambda: CallTranslationForm(request.POST or None, initial=asdict(written.facts))
        )
        if written
        else CallTranslationForm(request.POST or None)
    )
    if request.method == "POST" and form.is_valid():
        try:
            version_actions.write_translation(call=call, by=request.user, facts=form.version(code))
        except NotPublishable as refusal:
            form.add_error(None, form_errors(refusal))
        else:
            report_merged_edit(request, form)
            return redirect("call:call", org, pk)
    return render(
        request, "call/version.html", {"call": call, "written": written, "code": code, "form": form}
    )


@require_POST
def delete_translation(request: DeskRequest, org: str, pk: int, code: str) -> HttpResponse:
    _call, written = access_translation(request, org, pk, code, need=Role.ORGANISER)
    if written is not None:
        version_actions.remove_translation(version=written, by=request.user)
        messages.success(request, _("Removed from the page and the printed sheets."))
    return redirect("call:call", org, pk)
