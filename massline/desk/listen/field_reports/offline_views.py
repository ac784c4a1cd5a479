"""Field reports written on a phone without a network: the batches and files it sends, and what makes the page work there."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from massline.desk.guard.access import DeskRequest
from massline.desk.listen.field_reports import offline_batch
from massline.desk.listen.rounds.access import access_round
from massline.desk.people.choices import Role
from massline.web import service_worker

LARGEST_FILE = 4 * 1024 * 1024


@require_POST
def receive_batch(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Save reports written offline. The phone deletes a report once its uuid is in the answer."""
    round_ = access_round(request, org, pk, need=Role.MEMBER)
    try:
        reports = offline_batch.read_batch(request.body)
    except offline_batch.UnreadableBatch as problem:
        return JsonResponse({"why": str(problem)}, status=400)
    result = offline_batch.save_batch(reports, round_=round_, by=request.user)
    return JsonResponse({"kept": result.kept, "refused": result.refused})


class PhoneFileForm(forms.Form):
    """A file of reports that was saved on a phone without a network."""

    file = forms.FileField(label=gettext_lazy("File from the phone"), allow_empty_file=True)

    def clean_file(self) -> list[offline_batch.SentReport]:
        given = self.cleaned_data["file"]
        if given.size > LARGEST_FILE:
            raise forms.ValidationError(_("Nothing was imported: this file is too large to be door reports."))
        try:
            return offline_batch.read_batch(given.read())
        except offline_batch.UnreadableBatch as problem:
            raise forms.ValidationError(str(problem)) from problem


def import_phone_file(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Import a file of reports that was saved on a phone."""
    round_ = access_round(request, org, pk, need=Role.MEMBER)
    form = PhoneFileForm(request.POST or None, request.FILES or None)
    refused: list[str] = []
    if request.method == "POST" and form.is_valid():
        result = offline_batch.save_batch(form.cleaned_data["file"], round_=round_, by=request.user)
        refused = list(result.refused.values())
        kept = len(result.kept)
        messages.success(
            request,
            ngettext("%(n)d report saved.", "%(n)d reports saved.", kept) % {"n": kept},
            extra_tags="reports-kept",
        )
        if not refused:
            return redirect("listen:round", org, pk)
    return render(request, "listen/take_file.html", {"round": round_, "form": form, "refused": refused})


@require_safe
def serve_service_worker_script(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """The service worker, served below the page so that its scope is this page alone."""
    access_round(request, org, pk, need=Role.MEMBER)
    return service_worker.serve_service_worker()


@require_safe
def manifest(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """The web app manifest, with which a phone puts the page on its home screen."""
    round_ = access_round(request, org, pk, need=Role.MEMBER)
    icon = {"src": static("massline/mark.svg"), "sizes": "any", "type": "image/svg+xml"}
    about = {
        "name": round_.question,
        "short_name": _("At the door"),
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#fffaf0",
        "theme_color": "#14181d",
        "icons": [icon],
    }
    return JsonResponse(about, content_type="application/manifest+json")
