"""Page to export contacts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from massline.desk.contacts.decrypted_contacts import redirect_to_unlock
from massline.desk.contacts.exports import actions as export_actions
from massline.desk.contacts.exports.forms import ExportForm
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.guard.retention import export_permit
from massline.desk.guard.retention.models import DualControlAct, DualControlProposal
from massline.desk.people.choices import Role
from massline.web.refusal_messages import form_errors


def export_contacts(request: DeskRequest, org: str) -> HttpResponse:
    """Export contacts as a file, if two key-holders agreed."""
    organisation = access_organisation(request, org, need=Role.HOLDER)
    vault = open_vault(request, organisation)
    if vault is None:
        return redirect_to_unlock(request, org, reverse("people:take_out", args=[org]))
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            file = export_actions.export_contacts(
                organisation=organisation, vault=vault, shape=form.cleaned_data["shape"], by=request.user
            )
        except export_permit.ExportRefused as refusal:
            form.add_error(None, form_errors(refusal))
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
        "n": len(export_actions.decrypt_contact_rows(organisation, vault)),
        "left": export_permit.quota_left(organisation),
        "agreed": agreed.filter(used_at=None, seconded_at__isnull=False).first(),
    }
    return render(request, "people/take_out.html", page)
