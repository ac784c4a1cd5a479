"""PLACEHOLDER from massline.desk.act.contacts.views: Lists of contacts: look first, then bring them in; take a list back; let one out."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from massline.desk.contacts.exports import actions as export_actions
from massline.desk.contacts.exports.forms import TakeOutForm
from massline.desk.contacts.opened import to_unlock
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.guard.retention import export_permit
from massline.desk.guard.retention.models import DualControlAct, DualControlProposal
from massline.desk.people.states import Role


def take_out(request: DeskRequest, org: str) -> HttpResponse:
    """Let contacts out in a file, where two key-holders agreed."""
    organisation = access_organisation(request, org, need=Role.HOLDER)
    vault = open_vault(request, organisation)
    if vault is None:
        return to_unlock(request, org, reverse("people:take_out", args=[org]))
    form = TakeOutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            file = export_actions.take_out(
                organisation=organisation, vault=vault, shape=form.cleaned_data["shape"], by=request.user
            )
        except export_permit.ExportRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            answer = HttpResponse(file.content, content_type=file.kind)
            answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
            answer["Cache-Control"] = "no-store"
            return answer
    agreed = DualControlProposal.objects.filter(
        organisation=organisation, what=DualControlAct.EXPORT, made_by=request.user
    )
    page = {
        "form": form,
        "n": len(export_actions.rows_of(organisation, vault)),
        "left": export_permit.quota_left(organisation),
        "agreed": agreed.filter(used_at=None, seconded_at__isnull=False).first(),
    }
    return render(request, "people/take_out.html", page)
