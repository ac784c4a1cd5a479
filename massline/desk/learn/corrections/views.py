"""Pages on errors and their corrections."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.guard.concurrent_edits import edit_form, serialise_edits
from massline.desk.learn.corrections import actions
from massline.desk.learn.corrections.access import access_correction
from massline.desk.learn.corrections.forms import CorrectionForm, ErrorForm
from massline.desk.learn.corrections.models import Correction


def list_corrections(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=needed_role(request))
    form = ErrorForm(request.POST or None, organisation=organisation, initial={"owner": request.user})
    if request.method == "POST" and form.is_valid():
        actions.admit_error(organisation=organisation, by=request.user, **form.cleaned_data)
        return redirect("learn:corrections", org)
    corrections = Correction.objects.filter(organisation=organisation).select_related("owner")[:60]
    return render(request, "learn/corrections.html", {"corrections": corrections, "form": form})


@serialise_edits
def resolve_correction(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    correction = access_correction(request, org, pk)
    form = edit_form(
        request,
        correction,
        lambda: CorrectionForm(request.POST or None, initial={"right": correction.right}),
    )
    if request.method == "POST" and form.is_valid():
        actions.resolve_correction(correction=correction, by=request.user, **form.cleaned_data)
        messages.success(request, _("Corrected."))
        return redirect("learn:corrections", org)
    return render(request, "learn/correction.html", {"correction": correction, "form": form})
