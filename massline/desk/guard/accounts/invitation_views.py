"""Buttons of the page of members for pending invitations and for requiring a second factor."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.accounts import credential_actions, pending_invitations
from massline.desk.guard.accounts.forms import second_factor_rule_form
from massline.desk.guard.accounts.invitation_model import Invitation
from massline.desk.guard.accounts.reauthentication import ask_two_holders
from massline.desk.guard.concurrent_edits import edit_form, serialise_edits, show_sent_again
from massline.desk.people.choices import Role, SecondFactorRule
from massline.web.refusal_messages import show_reasons


def _access(request: DeskRequest, org: str, pk: int) -> Invitation:
    """A pending invitation to a role not higher than the account's own."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    return get_object_or_404(
        pending_invitations.pending_invitations(organisation).filter(role__lte=request.role), pk=pk
    )


@require_POST
def agree_to_invitation(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    invitation = _access(request, org, pk)
    with show_reasons(request, _("Agreed: the link works now.")):
        pending_invitations.agree_to_invitation(invitation=invitation, by=request.user)
    return redirect("guard:members", org)


@require_POST
def withdraw_invitation(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    pending_invitations.withdraw_invitation(invitation=_access(request, org, pk), by=request.user)
    messages.success(request, _("Cancelled: the link no longer works."))
    return redirect("guard:members", org)


@require_POST
@serialise_edits
def require_second_factor(request: DeskRequest, org: str) -> HttpResponse:
    """Choose of whom this organisation requires a second factor; asking it of fewer takes two key-holders."""
    organisation = access_organisation(request, org, need=Role.HOLDER)
    form = edit_form(request, organisation, lambda: second_factor_rule_form(organisation, request.POST))
    if not form.is_valid():
        back = reverse("guard:members", args=[org])
        return show_sent_again(request, form, heading=_("Second step at login"), back=back)
    chosen = form.cleaned_data["asked"]
    if int(chosen) < organisation.second_factor:
        return ask_two_holders(request, org, what="factor", value=chosen)
    credential_actions.require_second_factor(
        organisation=organisation, asked=SecondFactorRule(int(chosen)), by=request.user
    )
    messages.success(request, _("Saved. Anyone affected sees it on their Today page."))
    return redirect("guard:members", org)
