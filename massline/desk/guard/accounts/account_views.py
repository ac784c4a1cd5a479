"""Pages of the own account: second factors, recovery codes, passphrase and sessions."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.guard.access import DeskRequest, organisations_of
from massline.desk.guard.accounts import (
    credential_actions,
    login,
    login_limits,
    passkeys,
    second_factor_policy,
    totp,
    unsent_forms,
)
from massline.desk.guard.accounts.forms import AppForm, PasskeyForm, PassphraseForm
from massline.desk.guard.accounts.reauthentication import require_fresh_login
from massline.desk.people.choices import Role
from massline.desk.people.sessions import session_row_key


def account_page() -> str:
    return reverse("guard:account")


def account(request: DeskRequest) -> HttpResponse:
    return _page(request, PasskeyForm())


def _page(request: DeskRequest, passkey_form: PasskeyForm) -> HttpResponse:
    own = request.user
    return render(
        request,
        "guard/account.html",
        {
            "passkey_form": passkey_form,
            "passkeys": own.passkeys.all(),
            "passkeys_possible": passkeys.is_passkey_possible(request),
            "app": getattr(own, "code_app", None),
            "codes_left": own.recovery_codes.filter(used_on=None).count(),
            "codes_made": own.recovery_codes.exists(),
            "days_left": second_factor_policy.days_left(own),
            "asked": second_factor_policy.is_required(own),
            "sessions": own.sessions.order_by("-made_on", "pk"),
            "this_session": session_row_key(request.session.session_key or ""),
            "organisations": organisations_of(own),
            "organises_in": organisations_of(own, role=Role.ORGANISER),
        },
    )


@require_fresh_login()
def add_app(request: DeskRequest) -> HttpResponse:
    """Add an authenticator app: show its secret, and save it once the app shows a correct code.

    A form that could not be sent before that comes along, and is shown to be sent afterwards.
    """
    secret = totp.read_offered_secret(request.POST.get(unsent_forms.OFFERED, "")) or totp.new_secret()
    offered = totp.seal_secret(secret).hex()
    form, unsent = AppForm(unsent_forms.typed_fields(request)), unsent_forms.read_unsent_form(request)
    if request.method == "POST" and form.is_valid():
        if wait := login_limits.limit_second_factor(request, request.user):
            return unsent_forms.show_wait(request, wait, back=reverse("guard:app"), offered=offered)
        if credential_actions.add_authenticator_app(
            account=request.user, secret=secret, code=form.cleaned_data["code"]
        ):
            login_limits.forget_code_tries(request.user)
            return _added(request, _("The app is now your second step at login."), part="app-added")
        form.add_error(
            "code", _("That is not the code the app shows. Is the phone’s clock right? Try the next code.")
        )
    picture = totp.qr_code(secret, request.user, passkeys.passkey_host(request))
    return render(
        request,
        "guard/app.html",
        {
            "form": form,
            "picture": picture,
            "written": totp.format_secret(secret),
            "offered": offered,
            "unsent": unsent,
        },
    )


def _added(request: DeskRequest, notice: str, *, part: str) -> HttpResponse:
    """Confirm a new second factor, and go on to what waits to be sent and to the recovery codes."""
    request.session.pop(login.MUST_ADD, None)
    messages.success(request, notice, extra_tags=part)
    unsent, has_codes = unsent_forms.read_unsent_form(request), request.user.recovery_codes.exists()
    if unsent is not None:
        return render(request, "guard/unsent.html", {"unsent": unsent, "needs_codes": not has_codes})
    return redirect("guard:account" if has_codes else "guard:codes")


@require_POST
@require_fresh_login(account_page)
def begin_passkey(request: DeskRequest) -> HttpResponse:
    """Options with which the browser creates a passkey."""
    return JsonResponse(passkeys.begin_registration(request, request.user))


@require_POST
@require_fresh_login(account_page)
def add_passkey(request: DeskRequest) -> HttpResponse:
    form = PasskeyForm(request.POST)
    if form.is_valid():
        try:
            credential_actions.add_passkey(request, request.user, **form.cleaned_data)
            return _added(
                request,
                _("Passkey added. You can use it from your next login."),
                part="passkey-added",
            )
        except passkeys.PasskeyRefused:
            form.add_error("name", _("No passkey was made. Nothing changed; please try again."))
    return _page(request, form)


@require_fresh_login()
def recovery_codes(request: DeskRequest) -> HttpResponse:
    """Create recovery codes; they are shown once."""
    drawn = credential_actions.make_recovery_codes(account=request.user) if request.method == "POST" else []
    left = request.user.recovery_codes.filter(used_on=None).count()
    return render(request, "guard/codes.html", {"codes": drawn, "left": left})


@require_POST
@require_fresh_login(account_page)
def remove_factor(request: DeskRequest) -> HttpResponse:
    which = request.POST.get("which", "")
    if credential_actions.is_last_factor(request.user, which) and second_factor_policy.is_required(
        request.user
    ):
        messages.error(
            request, _("This is your only second step at login, and you need one. Add another first.")
        )
    elif name := credential_actions.remove_factor(account=request.user, which=which):
        messages.success(request, _("Removed: %(name)s.") % {"name": name})
    return redirect("guard:account")


@require_fresh_login()
def passphrase(request: DeskRequest) -> HttpResponse:
    names = [request.user.name, *(organisation.name for organisation in organisations_of(request.user))]
    form = PassphraseForm(request.POST or None, names=names)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if credential_actions.change_passphrase(
            account=request.user, old=given["old"], new=given["passphrase"]
        ):
            return _log_out(
                request, _("Passphrase changed. You are logged out everywhere: log in with the new one.")
            )
        form.add_error(
            "old",
            ValidationError(
                _("Nothing changed: that is not your current passphrase."), code="wrong-passphrase"
            ),
        )
    return render(request, "guard/passphrase.html", {"form": form})


@require_POST
def end_sessions(request: DeskRequest) -> HttpResponse:
    """End one session of the list, or all of them."""
    row = request.POST.get("session", "")
    credential_actions.end_sessions(account=request.user, row=row)
    if row and row != session_row_key(request.session.session_key or ""):
        messages.success(request, _("That login has ended."))
        return redirect("guard:account")
    return _log_out(request, _("You are logged out everywhere."))


def _log_out(request: HttpRequest, notice: str) -> HttpResponse:
    request.session.flush()
    messages.success(request, notice)
    return redirect("guard:login")
