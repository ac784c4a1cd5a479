"""Pages for founding, unlocking, inviting, and managing key-holders and the privacy threshold."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.disclosure_threshold import threshold
from massline.desk.guard.access import DeskRequest, access_member, access_organisation
from massline.desk.guard.accounts import (
    invitations,
    login,
    pending_invitations,
    second_factor_policy,
)
from massline.desk.guard.accounts.forms import InviteForm
from massline.desk.guard.accounts.login import safe_next
from massline.desk.guard.accounts.reauthentication import ask_to_reauthenticate, ask_two_holders
from massline.desk.guard.audit import heads
from massline.desk.guard.audit.models import AuditHead, AuditLine
from massline.desk.guard.backup import status
from massline.desk.guard.edits import edit_form, edits_in_turn
from massline.desk.guard.keys import founding, rotation, safe_storage
from massline.desk.guard.keys import holders as key_holders
from massline.desk.guard.keys import unlock as key_unlock
from massline.desk.guard.keys.forms import FoundForm, ThresholdForm, UnlockForm, country_form
from massline.desk.guard.keys.models import HolderSeal
from massline.desk.guard.retention import legal_hold, upcoming_deletions
from massline.desk.guard.retention.models import DualControlProposal
from massline.desk.guard.second_person.independence import measure_independence
from massline.desk.people.models import Membership
from massline.desk.people.states import OrganisationKind, Role, SecondFactorRule


def found_organisation(request: DeskRequest) -> HttpResponse:
    form = FoundForm(request.POST or None, account=request.user, initial={"timezone_name": "UTC"})
    if request.method == "POST" and form.is_valid():
        organisation, _vault = founding.found_organisation(by=request.user, **form.cleaned_data)
        messages.success(
            request, _("%(name)s is set up. Next: which sections do you organise?") % {"name": organisation}
        )
        return redirect("people:people", organisation.slug)
    return render(request, "guard/found.html", {"form": form})


def unlock_vault(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    form = UnlockForm(request.POST or None)
    onward = safe_next(request, reverse("guard:guard", args=[org]))
    if request.method == "POST" and form.is_valid():
        cookie = key_unlock.unlock_vault(
            account=request.user, organisation=organisation, passphrase=form.cleaned_data["passphrase"]
        )
        if cookie is not None:
            login.mark_fresh(request)
            response = redirect(onward)
            key_unlock.set_cookie(response, organisation, cookie)
            return response
        form.add_error(
            "passphrase",
            ValidationError(
                _("Nothing changed: that passphrase doesn’t unlock these contacts. Please try again."),
                code="wrong-passphrase",
            ),
        )
    return render(request, "guard/unlock.html", {"form": form, "next": onward})


@require_POST
def lock_vault(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    everybody = "everybody" in request.POST
    key_unlock.lock_vault(organisation, by=request.user, everybody=everybody)
    messages.success(request, _("Contacts locked for everyone.") if everybody else _("Contacts locked."))
    response = redirect("guard:guard", org)
    response.delete_cookie(key_unlock.cookie_name(organisation), samesite="Strict")
    return response


def guard(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    members = Membership.objects.live().filter(organisation=organisation).select_related("account")
    holders = HolderSeal.objects.filter(key__organisation=organisation).values_list("account_id", flat=True)
    return render(
        request,
        "guard/guard.html",
        {
            "members": members.order_by("-role", "account__name"),
            "holding": set(holders),
            "bare": second_factor_policy.accounts_without_factor(organisation),
            "asked_choices": SecondFactorRule.choices,
            "invitations": [
                (invitation, pending_invitations.needs_second_organiser(invitation))
                for invitation in pending_invitations.pending_invitations(organisation).filter(
                    role__lte=request.role
                )
            ],
            "unlocked": key_unlock.open_vault(request, organisation) is not None,
            "lines": AuditLine.objects.filter(organisation=organisation)
            .select_related("account")
            .order_by("-sequence")[:30],
            "troubles": heads.chain_problems(organisation),
            "head": AuditHead.objects.filter(organisation=organisation).last(),
            "backups": status.backup_status(),
            "hold": legal_hold.active_hold(organisation),
            "going": upcoming_deletions.upcoming_deletions(organisation),
            "two": measure_independence(organisation, request.user),
            "waiting": DualControlProposal.objects.filter(organisation=organisation).waiting().count(),
            "invite_form": InviteForm(),
            "threshold": threshold(organisation),
            "threshold_form": ThresholdForm(initial={"small_cell": organisation.small_cell}),
            "country_form": country_form(organisation),
            "missing": safe_storage.missing_safeguards(organisation),
        },
    )


@require_POST
def set_threshold(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    form = ThresholdForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["small_cell"][0]))
        return redirect("guard:guard", org)
    if form.cleaned_data["small_cell"] < organisation.small_cell:
        return ask_two_holders(request, org, what="cells", value=form.cleaned_data["small_cell"])
    founding.set_threshold(
        organisation=organisation, small_cell=form.cleaned_data["small_cell"], by=request.user
    )
    messages.success(
        request,
        _("Figures of fewer than %(n)d people are hidden now.") % {"n": threshold(organisation).k},
    )
    return redirect("guard:guard", org)


@require_POST
@edits_in_turn
def set_country(request: DeskRequest, org: str) -> HttpResponse:
    """Set the country of phone numbers that are written without one."""
    organisation = access_organisation(request, org, need=Role.HOLDER)
    form = edit_form(request, organisation, lambda: country_form(organisation, request.POST))
    if form.is_valid():
        founding.set_country(organisation=organisation, country=form.cleaned_data["country"], by=request.user)
        messages.success(request, _("Saved. New numbers are read this way."), extra_tags="country-set")
    else:
        messages.error(request, _("Nothing was changed: choose a country from the list."))
    return redirect("guard:guard", org)


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
        return redirect(reverse("guard:unlock", args=[org]))
    secret = invitations.invite_member(organisation=organisation, role=role, by=request.user, vault=vault)
    address = request.build_absolute_uri(reverse("guard:come_in", args=[secret]))
    return render(
        request,
        "guard/invited.html",
        {"address": address, "role": Role(role), "second": organisation.kind == OrganisationKind.INNER},
    )


@require_POST
def make_holder(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    member = access_member(request, org, pk, need=Role.HOLDER)
    if not login.is_fresh(request):
        return ask_to_reauthenticate(request, reverse("guard:guard", args=[org]))
    vault = key_unlock.open_vault(request, member.organisation)
    if vault is None:
        return redirect("guard:unlock", org)
    try:
        key_holders.make_holder(member, vault=vault, by=request.user)
    except ValueError as refusal:
        messages.error(request, str(refusal))
        return redirect("guard:guard", org)
    messages.success(request, _("%(name)s has the key now.") % {"name": member.account})
    return redirect("guard:guard", org)


@require_POST
def give_word(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Let a member found an organisation of their own with a public page."""
    member = access_member(request, org, pk, need=Role.HOLDER)
    if not login.is_fresh(request):
        return ask_to_reauthenticate(request, reverse("guard:guard", args=[org]))
    try:
        founding.let_member_found(member, by=request.user)
    except ValueError as refusal:
        messages.error(request, str(refusal))
        return redirect("guard:guard", org)
    messages.success(request, _("%(name)s can start one organisation now.") % {"name": member.account})
    return redirect("guard:guard", org)


@require_POST
def remove_member(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """End a membership: another key-holder's by two, any other and one's own at once."""
    member = access_member(request, org, pk, need=Role.HOLDER)
    if member.role == Role.HOLDER and member.account != request.user:
        return ask_two_holders(request, org, what="remove", member=pk)
    if not login.is_fresh(request):
        return ask_to_reauthenticate(request, reverse("guard:guard", args=[org]))
    vault = key_unlock.open_vault(request, member.organisation)
    try:
        changed = rotation.remove_member(member, by=request.user, vault=vault)
    except ValueError as refusal:
        messages.error(request, str(refusal))
        return redirect("guard:guard", org)
    messages.success(
        request, _("The key was changed. Unlock contacts again.") if changed else _("Membership ended.")
    )
    return redirect("guard:guard", org)
