"""The page on which a newcomer shows a code, and a key-holder who hears it vouches for them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.guard.access import DeskRequest, access_member, access_organisation
from massline.desk.guard.accounts import login_limits
from massline.desk.guard.accounts.forms import VouchForm
from massline.desk.guard.second_person import vouch_codes
from massline.desk.guard.second_person.independence import unvouched_members
from massline.desk.guard.second_person.invitation_circles import InvitationCircles
from massline.desk.people.choices import Role
from massline.desk.people.models import Membership
from massline.web.refusal_messages import form_errors


def vouch(request: DeskRequest, org: str) -> HttpResponse:
    return _page(request, org)


def _page(
    request: DeskRequest, org: str, *, code: str = "", form: VouchForm | None = None, asked: int = 0
) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    circles = InvitationCircles.of(organisation)
    waiting = unvouched_members(circles)
    rows = [
        (member, form if form and member.pk == asked else VouchForm(auto_id=f"vouch{member.pk}_%s"))
        for member in waiting
        if request.role == Role.HOLDER and request.user in circles.vouchers(member.account_id)
    ]
    mine = next((member for member in waiting if member.account == request.user), None)
    page = {
        "code": code,
        "mine": mine,
        "may_vouch": circles.vouchers(request.user.pk) if mine else [],
        "rows": rows,
    }
    return render(request, "guard/vouch.html", page)


@require_POST
def show_code(request: DeskRequest, org: str) -> HttpResponse:
    """Show a new code once; it is good for ten minutes."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    member = get_object_or_404(Membership.objects.live(), organisation=organisation, account=request.user)
    code = ""
    if member in unvouched_members(InvitationCircles.of(organisation)):
        code = vouch_codes.draw_vouch_code(member)
    return _page(request, org, code=code)


@require_POST
def vouch_for(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    member = access_member(request, org, pk, need=Role.HOLDER)
    form = VouchForm(request.POST, auto_id=f"vouch{pk}_%s")
    if form.is_valid():
        if wait := login_limits.limit_vouch(request.user, pk):
            return wait.answer(request)
        try:
            vouch_codes.vouch_for(member, code=form.cleaned_data["code"], by=request.user)
        except Refused as refused:
            form.add_error("code", form_errors(refused))
        else:
            login_limits.forget_vouch_tries(request.user, pk)
            messages.success(
                request,
                _("You vouched for %(name)s. It counts from tomorrow.") % {"name": member.account},
                extra_tags="vouched-for",
            )
            return redirect("guard:vouch", org)
    return _page(request, org, form=form, asked=pk)
