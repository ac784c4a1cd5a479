"""The page of everybody who can log in: members, invitations, key-holders and the second step."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.guard.access import DeskRequest, access_member, access_organisation
from massline.desk.guard.accounts import invitations, login, pending_invitations, second_factor_policy
from massline.desk.guard.accounts.forms import InviteForm, second_factor_rule_form
from massline.desk.guard.accounts.reauthentication import ask_to_reauthenticate, ask_two_holders
from massline.desk.guard.accounts.role_summaries import role_summaries
from massline.desk.guard.keys import key_holders as key_holders
from massline.desk.guard.keys import key_rotation, organisation_setup
from massline.desk.guard.keys import unlock as key_unlock
from massline.desk.guard.keys.models import HolderSeal
from massline.desk.guard.second_person.independence import measure_independence
from massline.desk.people.choices import OrganisationKind, Role
from massline.desk.people.models import Membership


def members(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    rows = Membership.objects.live().filter(organisation=organisation).select_related("account")
    holders = HolderSeal.objects.filter(key__organisation=organisation).values_list("account_id", flat=True)
    waiting = pending_invitations.pending_invitations(organisation).filter(role__lte=request.role)
    can = role_summaries()
    return render(
        request,
        "guard/members.html",
        {
            "members": [
                (member, can[Role(member.role)]) for member in rows.order_by("-role", "account__name")
            ],
            "holding": set(holders),
            "bare": second_factor_policy.accounts_without_factor(organisation),
            "factor_form": second_factor_rule_form(organisation),
            "invitations": [
                (invitation, pending_invitations.needs_second_organiser(invitation)) for invitation in waiting
            ],
            "two": measure_independence(organisation, request.user),
            "roles": [(role, can[role]) for role in Role if role <= request.role],
            "chosen": request.GET.get("role", str(Role.MEMBER.value)),
        },
    )


@require_POST
def invite_member(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = InviteForm(request.POST)
    if not form.is_valid():
        raise Http404
    role = form.cleaned_data["role"]
    if role > request.role:
        raise Http404
    vault = key_unlock.open_vault(request, organisation) if role == Role.HOLDER else None
    if role == Role.HOLDER and vault is None:
        chosen = f"{reverse('guard:members', args=[org])}?{urlencode({'role': int(role)})}#invite"
        return redirect(f"{reverse('guard:unlock', args=[org])}?{urlencode({'next': chosen})}")
    secret = invitations.invite_member(organisation=organisation, role=role, by=request.user, vault=vault)
    address = request.build_absolute_uri(reverse("guard:come_in", args=[secret]))
    return render(
        request,
        "guard/invited.html",
        {
            "address": address,
            "role": Role(role),
            "can": role_summaries()[role],
            "second": organisation.kind == OrganisationKind.INNER,
        },
    )


@require_POST
def make_holder(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    member = access_member(request, org, pk, need=Role.HOLDER)
    if not login.is_recently_authenticated(request):
        return ask_to_reauthenticate(request, reverse("guard:members", args=[org]))
    vault = key_unlock.open_vault(request, member.organisation)
    if vault is None:
        back = urlencode({"next": reverse("guard:members", args=[org])})
        return redirect(f"{reverse('guard:unlock', args=[org])}?{back}")
    try:
        key_holders.make_key_holder(member, vault=vault, by=request.user)
    except ValueError as refusal:
        messages.error(request, str(refusal))
        return redirect("guard:members", org)
    messages.success(request, _("%(name)s has the key now.") % {"name": member.account})
    return redirect("guard:members", org)


@require_POST
def allow_founding(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Let a member found an organisation of their own with a public page."""
    member = access_member(request, org, pk, need=Role.HOLDER)
    if not login.is_recently_authenticated(request):
        return ask_to_reauthenticate(request, reverse("guard:members", args=[org]))
    try:
        organisation_setup.allow_member_to_found(member, by=request.user)
    except ValueError as refusal:
        messages.error(request, str(refusal))
        return redirect("guard:members", org)
    messages.success(request, _("%(name)s can start one organisation now.") % {"name": member.account})
    return redirect("guard:members", org)


@require_POST
def remove_member(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """End a membership: another key-holder's by two, any other and one's own at once."""
    member = access_member(request, org, pk, need=Role.HOLDER)
    if member.role == Role.HOLDER and member.account != request.user:
        return ask_two_holders(request, org, what="remove", member=pk)
    if not login.is_recently_authenticated(request):
        return ask_to_reauthenticate(request, reverse("guard:members", args=[org]))
    vault = key_unlock.open_vault(request, member.organisation)
    try:
        changed = key_rotation.remove_member(member, by=request.user, vault=vault)
    except ValueError as refusal:
        messages.error(request, str(refusal))
        return redirect("guard:members", org)
    messages.success(
        request, _("The key was changed. Unlock contacts again.") if changed else _("Membership ended.")
    )
    return redirect("guard:members", org)
