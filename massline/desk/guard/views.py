"""Coming in, founding, unlocking, inviting; and the room where the keys are looked after."""

from django.contrib import messages
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.guard import actions, gate, going, heads, holding, holds, trying, unlocking
from massline.desk.guard.access import DeskRequest, access_member, access_organisation
from massline.desk.guard.forms import AcceptForm, FoundForm, InviteForm, LoginForm, UnlockForm
from massline.desk.guard.models import AuditHead, AuditLine, HolderSeal, Proposal
from massline.desk.people.models import Membership
from massline.desk.people.states import Role


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Give the page to go on to, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if ours else otherwise


@login_not_required
def login(request: HttpRequest) -> HttpResponse:
    form = LoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.account is not None:
        holding.ensure_account_key(form.account, form.cleaned_data["passphrase"])
        start_session(request, form.account)
        return redirect(safe_next(request, reverse("home:doors")))
    return render(request, "guard/login.html", {"form": form, "next": request.GET.get("next", "")})


@require_POST
def logout(request: DeskRequest) -> HttpResponse:
    for membership in Membership.objects.live().filter(account=request.user).select_related("organisation"):
        unlocking.lock(membership.organisation, by=request.user)
    end_session(request)
    response = redirect("guard:login")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@login_not_required
def come_in(request: HttpRequest, secret: str) -> HttpResponse:
    """Accept an invitation. A used, old or mistyped link gets the same page as one that never was."""
    invitation = actions.find_invitation(secret)
    if invitation is None:
        return render(request, "guard/no_invitation.html", status=404)
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = actions.accept(
            invitation,
            secret=secret,
            name=form.cleaned_data["name"],
            passphrase=form.cleaned_data["passphrase"],
        )
        start_session(request, account, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("home:doors")
    return render(
        request,
        "guard/come_in.html",
        {"form": form, "invitation": invitation, "role": Role(invitation.role).label},
    )


def found(request: DeskRequest) -> HttpResponse:
    form = FoundForm(request.POST or None, account=request.user, initial={"timezone_name": "UTC"})
    if request.method == "POST" and form.is_valid():
        organisation, _vault = actions.found(by=request.user, **form.cleaned_data)
        messages.success(
            request, _("%(name)s stands. Next: say which sections you organise.") % {"name": organisation}
        )
        return redirect("people:people", organisation.slug)
    return render(request, "guard/found.html", {"form": form})


def unlock(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    form = UnlockForm(request.POST or None)
    onward = safe_next(request, reverse("guard:guard", args=[org]))
    if request.method == "POST" and form.is_valid():
        cookie = unlocking.unlock(
            account=request.user, organisation=organisation, passphrase=form.cleaned_data["passphrase"]
        )
        if cookie is not None:
            response = redirect(onward)
            unlocking.set_cookie(response, organisation, cookie)
            return response
        form.add_error(
            "passphrase", _("That passphrase does not open this vault. Nothing was changed; try again.")
        )
    return render(request, "guard/unlock.html", {"form": form, "next": onward})


@require_POST
def lock(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    everybody = "everybody" in request.POST
    unlocking.lock(organisation, by=request.user, everybody=everybody)
    messages.success(request, _("Locked for everybody.") if everybody else _("Locked."))
    response = redirect("guard:guard", org)
    response.delete_cookie(unlocking.cookie_name(organisation), samesite="Strict")
    return response


def guard(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    members = Membership.objects.live().filter(organisation=organisation).select_related("account")
    holding = HolderSeal.objects.filter(key__organisation=organisation).values_list("account_id", flat=True)
    return render(
        request,
        "guard/guard.html",
        {
            "members": members.order_by("-role", "account__name"),
            "holding": set(holding),
            "unlocked": unlocking.open_vault(request, organisation) is not None,
            "lines": AuditLine.objects.filter(organisation=organisation)
            .select_related("account")
            .order_by("-sequence")[:30],
            "troubles": heads.troubles(organisation),
            "head": AuditHead.objects.filter(organisation=organisation).last(),
            "backups": trying.backups(),
            "hold": holds.standing(organisation),
            "going": going.going(organisation),
            "waiting": Proposal.objects.filter(organisation=organisation).waiting().count(),
            "invite_form": InviteForm(),
            "missing": gate.missing(organisation),
        },
    )


@require_POST
def invite(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = InviteForm(request.POST)
    if not form.is_valid():
        raise Http404
    role = form.cleaned_data["role"]
    if role > request.role:
        raise Http404
    vault = unlocking.open_vault(request, organisation) if role == Role.HOLDER else None
    if role == Role.HOLDER and vault is None:
        return redirect(reverse("guard:unlock", args=[org]))
    secret = actions.invite(organisation=organisation, role=role, by=request.user, vault=vault)
    address = request.build_absolute_uri(reverse("guard:come_in", args=[secret]))
    return render(request, "guard/invited.html", {"address": address, "role": Role(role)})


@require_POST
def make_holder(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    member = access_member(request, org, pk, need=Role.HOLDER)
    vault = unlocking.open_vault(request, member.organisation)
    if vault is None:
        return redirect("guard:unlock", org)
    try:
        holding.make_holder(member, vault=vault, by=request.user)
    except ValueError as refusal:
        messages.error(request, str(refusal))
        return redirect("guard:guard", org)
    messages.success(request, _("%(name)s holds the key now.") % {"name": member.account})
    return redirect("guard:guard", org)


@require_POST
def remove(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    member = access_member(request, org, pk, need=Role.HOLDER)
    vault = unlocking.open_vault(request, member.organisation)
    try:
        changed = holding.remove(member, by=request.user, vault=vault)
    except ValueError as refusal:
        messages.error(request, str(refusal))
        return redirect("guard:guard", org)
    messages.success(
        request, _("The lock was changed. Unlock again.") if changed else _("The membership has ended.")
    )
    return redirect("guard:guard", org)
