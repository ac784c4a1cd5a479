"""The page on which somebody accepts an invitation to the desk."""

from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from massline.desk.guard.accounts import (
    invitations,
    login_limits,
    pending_invitations,
)
from massline.desk.guard.accounts import login as account_login
from massline.desk.guard.accounts.forms import (
    InvitationForm,
)
from massline.desk.guard.accounts.invitation_model import Invitation
from massline.desk.people import scope
from massline.desk.people.choices import Role
from massline.web.rate_limits import count_attempt


@login_not_required
def accept_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Accept an invitation. Used, expired and unknown links get the same page."""
    if wait := count_attempt(login_limits.INVITATION_SENDER, request):
        return wait.answer(request)
    with scope.scope_to_everything("an invitation names its organisation"):
        invitation = pending_invitations.find_usable_invitation(secret)
        if invitation is None:
            return render(request, "guard/no_invitation.html", status=404)
        form = InvitationForm(request.POST or None, organisation=invitation.organisation)
        if request.method == "POST" and form.is_valid():
            try:
                account = invitations.accept_invitation(
                    invitation,
                    secret=secret,
                    name=form.cleaned_data["name"],
                    passphrase=form.cleaned_data["passphrase"],
                )
            except (ValueError, IntegrityError):
                # Somebody was quicker with the same link, or with the same name.
                return _after_another(request, invitation, form)
            return account_login.start_session(request, account)
        return render(
            request,
            "guard/come_in.html",
            {"form": form, "invitation": invitation, "role": Role(invitation.role).label},
        )


def _after_another(request: HttpRequest, invitation: Invitation, form: InvitationForm) -> HttpResponse:
    """Report that the link was used; where only the name was taken meanwhile, ask for another."""
    if pending_invitations.is_used(invitation):
        return render(request, "guard/no_invitation.html", status=404)
    form.add_error("name", _("Someone here already has this name. Add an initial."))
    context = {"form": form, "invitation": invitation, "role": Role(invitation.role).label}
    return render(request, "guard/come_in.html", context)
