"""The retention page: upcoming deletions, and acts that need two key-holders."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.retention import dual_control, export_permit, legal_hold, upcoming
from massline.desk.guard.retention.burn import key_bags
from massline.desk.guard.retention.forms import ConfirmForm, ProposalForm
from massline.desk.guard.retention.models import DualControlAct, DualControlProposal
from massline.desk.people.models import Contact
from massline.desk.people.states import Role
from massline.web.refusals import form_errors


def keeping(
    request: DeskRequest,
    org: str,
    *,
    proposal_form: ProposalForm | None = None,
    second_form: ConfirmForm | None = None,
    asked: DualControlProposal | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show upcoming deletions and proposals that wait for a second key-holder."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    waiting = (
        DualControlProposal.objects.filter(organisation=organisation).waiting().select_related("made_by")
    )
    forms = {what: ProposalForm(about=what) for what in DualControlAct.values}
    if proposal_form is not None:
        forms[str(proposal_form.data.get("what"))] = proposal_form
    return render(
        request,
        "guard/keeping.html",
        {
            "going": upcoming.upcoming_deletions(organisation),
            "hold": legal_hold.active_hold(organisation),
            "waiting": [proposal for proposal in waiting if not proposal.is_over],
            "asked": asked,
            "second_form": second_form or ConfirmForm(),
            "forms": forms,
            "quota_left": export_permit.quota_left(organisation),
            "contacts": Contact.objects.filter(organisation=organisation).count(),
            "hours": settings.BURN_COOLING_HOURS,
            "bags": len(key_bags()),
        },
        status=status,
    )


@require_POST
def propose_act(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    form = ProposalForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            dual_control.propose_act(
                organisation,
                what=given["what"],
                reason=given["reason"],
                most=given.get("most") or 0,
                by=request.user,
            )
        except dual_control.ProposalRefused as refusal:
            form.add_error("reason", form_errors(refusal))
        else:
            messages.success(request, _("Proposed. Nothing happens until another key-holder confirms it."))
            return redirect("guard:keeping", org)
    return keeping(request, org, proposal_form=form)


@require_POST
def confirm_proposal(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    proposal = get_object_or_404(DualControlProposal, organisation=organisation, pk=pk)
    form = ConfirmForm(request.POST)
    if form.is_valid():
        try:
            done = dual_control.confirm_proposal(
                proposal, by=request.user, passphrase=form.cleaned_data["passphrase"]
            )
        except dual_control.ProposalRefused as refusal:
            form.add_error("passphrase", form_errors(refusal))
        else:
            if done.gone:
                messages.success(
                    request, _("It is burned. Delete the key bags that are kept elsewhere, today.")
                )
                return redirect("home:doors")
            messages.success(request, _("Confirmed by two key-holders."))
            return redirect("guard:keeping", org)
    return keeping(request, org, second_form=form, asked=proposal)


@require_POST
def withdraw_proposal(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    dual_control.withdraw_proposal(
        get_object_or_404(DualControlProposal, organisation=organisation, pk=pk), by=request.user
    )
    messages.success(request, _("Taken back. Nothing was changed."))
    return redirect("guard:keeping", org)


@require_POST
def keep_contacts(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    kept = upcoming.extend_contacts(organisation, by=request.user)
    messages.success(request, ngettext("%(n)d contact stays.", "%(n)d contacts stay.", kept) % {"n": kept})
    return redirect("guard:keeping", org)
