"""The retention page: upcoming deletions, and acts that need two key-holders."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.accounts import login
from massline.desk.guard.keys import key_holders
from massline.desk.guard.retention import dual_control, export_permit, legal_hold, upcoming_deletions
from massline.desk.guard.retention.forms import ConfirmForm, ProposalForm
from massline.desk.guard.retention.models import DualControlAct, DualControlProposal
from massline.desk.guard.retention.organisation_deletion import find_key_bags
from massline.desk.people.choices import Role
from massline.desk.people.models import Contact, Organisation
from massline.engine.privacy.threshold import LEAST
from massline.web.refusal_messages import form_errors


def show_retention(
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
        DualControlProposal.objects.filter(organisation=organisation)
        .waiting()
        .select_related("made_by", "member__account")
    )
    forms = {what: _proposal_form(request, organisation, what) for what in DualControlAct.values}
    if proposal_form is not None:
        forms[str(proposal_form.data.get("what"))] = proposal_form
    return render(
        request,
        "guard/keeping.html",
        {
            "going": upcoming_deletions.upcoming_deletions(organisation),
            "hold": legal_hold.active_hold(organisation),
            "waiting": [proposal for proposal in waiting if not proposal.is_over],
            "asked": asked,
            "second_form": second_form or ConfirmForm(),
            "forms": forms,
            "quota_left": export_permit.quota_left(organisation),
            "contacts": Contact.objects.filter(organisation=organisation).count(),
            "hours": settings.BURN_COOLING_HOURS,
            "bags": len(find_key_bags()),
            "wanted": request.GET.get("what", ""),
            "least": LEAST,
        },
        status=status,
    )


def _proposal_form(request: DeskRequest, organisation: Organisation, what: str) -> ProposalForm:
    """An empty form; what another page was asked for is filled in."""
    asked = request.GET if request.GET.get("what") == what else {}
    initial = {name: asked[name] for name in ("member", "value") if name in asked}
    return ProposalForm(
        about=what,
        organisation=organisation,
        by=request.user,
        is_fresh=login.is_recently_authenticated(request),
        initial=initial,
    )


@require_POST
def propose_act(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    form = ProposalForm(
        request.POST,
        organisation=organisation,
        by=request.user,
        is_fresh=login.is_recently_authenticated(request),
    )
    if form.is_valid() and "passphrase" in form.fields:
        _check_passphrase(request, organisation, form)
    if form.is_valid():
        given = form.cleaned_data
        try:
            dual_control.propose_act(
                organisation,
                what=given["what"],
                reason=given["reason"],
                most=given.get("most") or 0,
                member=given.get("member"),
                value=given.get("value") or 0,
                by=request.user,
            )
        except dual_control.ProposalRefused as refusal:
            form.add_error("reason", form_errors(refusal))
        else:
            messages.success(request, _("Asked. Nothing happens until another key-holder confirms it."))
            return redirect("guard:keeping", org)
    return show_retention(request, org, proposal_form=form)


def _check_passphrase(request: DeskRequest, organisation: Organisation, form: ProposalForm) -> None:
    """Mark the login as fresh if the passphrase is right, else add an error to the form. Wrong ones count."""
    if (
        key_holders.open_organisation_key(request.user, organisation, form.cleaned_data["passphrase"])[1]
        is not None
    ):
        login.mark_recently_authenticated(request)
        return
    form.add_error(
        "passphrase",
        ValidationError(
            _("Nothing changed: that is not your passphrase. Please try again."), code="wrong-passphrase"
        ),
    )


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
            if refusal.code == "wrong-passphrase":
                form.add_error("passphrase", form_errors(refusal))
            else:
                messages.error(request, str(refusal), extra_tags=refusal.code)
        else:
            if done.gone:
                messages.success(
                    request,
                    _("Everything is deleted. Today, also delete any key backups you keep elsewhere."),
                )
                return redirect("home:doors")
            messages.success(
                request,
                _("Done.") if proposal.is_for_one else _("Confirmed by two key-holders."),
                extra_tags="confirmed",
            )
            return redirect("guard:keeping", org)
    return show_retention(request, org, second_form=form, asked=proposal)


@require_POST
def withdraw_proposal(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Take back or say no: any key-holder, and where the act waits on everybody's Today any organiser."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    proposal = get_object_or_404(DualControlProposal, organisation=organisation, pk=pk)
    if request.role < Role.HOLDER and not proposal.waits_hours:
        raise Http404
    dual_control.withdraw_proposal(proposal, by=request.user)
    messages.success(request, _("Withdrawn. Nothing changed."))
    return redirect("guard:keeping", org)


@require_POST
def keep_contacts(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    kept = upcoming_deletions.extend_contacts(organisation, by=request.user)
    messages.success(
        request, ngettext("Keeping %(n)d contact.", "Keeping %(n)d contacts.", kept) % {"n": kept}
    )
    return redirect("guard:keeping", org)
