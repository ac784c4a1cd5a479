"""At the door: the page for field reports, which also works where there is no network, and what it sends."""

from csp.decorators import csp_update
from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from massline.desk.guard.access import DeskRequest
from massline.desk.listen.field_reports import actions, offline_batch
from massline.desk.listen.field_reports.forms import FieldReportForm
from massline.desk.listen.rounds.access import access_round
from massline.desk.people.states import Role
from massline.web import service_worker

LARGEST_FILE = 4 * 1024 * 1024


@csp_update({"manifest-src": ["'self'"]})  # type: ignore[arg-type]
def field_report(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_ = access_round(request, org, pk, need=Role.MEMBER)
    form = FieldReportForm(request.POST or None, round_=round_)
    if request.method == "POST" and form.is_valid():
        actions.write_field_report(round_=round_, by=request.user, **form.report())
        messages.success(request, _("Kept, word for word. On to the next door."))
        return redirect("listen:field_report", org, pk)
    return render(request, "listen/field_report.html", {"round": round_, "form": form})


@require_POST
def send(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Take in what a phone kept while it was offline; a report is gone from the phone once it is named here."""
    round_ = access_round(request, org, pk, need=Role.MEMBER)
    try:
        reports = offline_batch.read(request.body)
    except offline_batch.Unreadable as problem:
        return JsonResponse({"why": str(problem)}, status=400)
    arrived = offline_batch.take_in(reports, round_=round_, by=request.user)
    return JsonResponse({"kept": arrived.kept, "refused": arrived.refused})


class PhoneFileForm(forms.Form):
    """Reports a phone saved as a file, because it found no network."""

    file = forms.FileField(label=gettext_lazy("The file from the phone"), allow_empty_file=True)

    def clean_file(self) -> list[dict[str, object]]:
        given = self.cleaned_data["file"]
        if given.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("Nothing was taken: this file is too large to be a file of field reports.")
            )
        try:
            return offline_batch.read(given.read())
        except offline_batch.Unreadable as problem:
            raise forms.ValidationError(str(problem)) from problem


def take_file(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Take in a file that was saved on a phone and handed over."""
    round_ = access_round(request, org, pk, need=Role.MEMBER)
    form = PhoneFileForm(request.POST or None, request.FILES or None)
    refused: list[str] = []
    if request.method == "POST" and form.is_valid():
        arrived = offline_batch.take_in(form.cleaned_data["file"], round_=round_, by=request.user)
        refused = list(arrived.refused.values())
        kept = len(arrived.kept)
        messages.success(
            request,
            ngettext("%(n)d report is kept.", "%(n)d reports are kept.", kept) % {"n": kept},
        )
        if not refused:
            return redirect("listen:round", org, pk)
    return render(request, "listen/take_file.html", {"round": round_, "form": form, "refused": refused})


@require_safe
def worker(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """The service worker, served where its reach begins: this one page."""
    access_round(request, org, pk, need=Role.MEMBER)
    return service_worker.worker()


@require_safe
def manifest(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """What a phone needs to know to put the page on its home screen."""
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
