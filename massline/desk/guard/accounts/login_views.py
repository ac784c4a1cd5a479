"""Pages for logging in and out: passphrase, second step, passkey and invitation."""

from django.contrib.auth import authenticate
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.guard.access import DeskRequest, organisations_of
from massline.desk.guard.accounts import (
    credential_actions,
    known_devices,
    login_limits,
    passkeys,
    rate_limit_audit,
    totp,
    unsent_forms,
)
from massline.desk.guard.accounts import login as account_login
from massline.desk.guard.accounts.forms import (
    LoginForm,
    ReauthenticationForm,
    SecondFactorForm,
)
from massline.desk.guard.accounts.login import safe_next
from massline.desk.guard.accounts.reauthentication import show_reauthentication
from massline.desk.guard.keys import key_holders, unlock
from massline.desk.guard.keys.passphrase_limit import verify_passphrase
from massline.desk.people import scope
from massline.desk.people.models import Account
from massline.web.rate_limits import count_attempt


@login_not_required
def login(request: HttpRequest) -> HttpResponse:
    form = LoginForm(unsent_forms.typed_fields(request))
    onward, unsent = safe_next(request, ""), unsent_forms.read_unsent_form(request)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        if wait := login_limits.limit_login(request, name):
            rate_limit_audit.note_login_limit()
            return unsent_forms.show_wait(request, wait, back=reverse("guard:login"))
        # An unknown name takes the same one hash as a wrong passphrase, and gets the same message.
        account = authenticate(request, username=name, password=form.cleaned_data["passphrase"])
        if isinstance(account, Account):
            login_limits.forget_login_tries(request, name)
            key_holders.ensure_account_key(account, form.cleaned_data["passphrase"])
            response = account_login.continue_login(request, account, onward=onward)
            if unsent is not None:
                is_in = request.user.is_authenticated
                response = (
                    unsent_forms.show_unsent_form(request, unsent)
                    if is_in
                    else _ask_for_second_step(request, account, unsent)
                )
            known_devices.remember_device(response, account)
            return response
        form.add_error(
            None,
            ValidationError(_("Name and passphrase don’t match. Please try again."), code="no-match"),
        )
    return render(
        request,
        "guard/login.html",
        {
            "form": form,
            "next": onward,
            "unsent": unsent,
            "passkeys": passkeys.is_passkey_possible(request),
        },
    )


def _ask_for_second_step(
    request: HttpRequest,
    account: Account,
    unsent: unsent_forms.UnsentForm | None,
    form: SecondFactorForm | None = None,
) -> HttpResponse:
    return render(
        request,
        "guard/second.html",
        {
            "form": form or SecondFactorForm(),
            "unsent": unsent,
            "has_passkey": account.passkeys.exists() and passkeys.is_passkey_possible(request),
            "has_app": hasattr(account, "code_app"),
        },
    )


def _start_session(request: HttpRequest, account: Account, onward: str) -> HttpResponse:
    """Start the session, and go on with the form that waited for it, if there is one."""
    response = account_login.start_session(request, account, onward=onward)
    unsent = unsent_forms.read_unsent_form(request)
    return unsent_forms.show_unsent_form(request, unsent) if unsent is not None else response


@login_not_required
def second_step(request: HttpRequest) -> HttpResponse:
    """The second step, only after a correct passphrase."""
    pending = account_login.pending_account(request)
    if pending is None:
        unsent = unsent_forms.read_unsent_form(request)
        return (
            unsent_forms.show_login(request, unsent=unsent) if unsent is not None else redirect("guard:login")
        )
    account, onward = pending
    form = SecondFactorForm(unsent_forms.typed_fields(request))
    if request.method == "POST" and form.is_valid():
        if wait := login_limits.limit_second_factor(request, account):
            rate_limit_audit.note_code_limit(account)
            return unsent_forms.show_wait(request, wait, back=reverse("guard:second_step"))
        if totp.verify_app_code(account, form.cleaned_data["code"]):
            login_limits.forget_code_tries(account)
            return _start_session(request, account, onward)
        if totp.use_recovery_code(account, form.cleaned_data["code"]):
            login_limits.forget_code_tries(account)
            credential_actions.write_account_line(account, "came in with a code on paper")
            return _start_session(request, account, onward)
        form.add_error(
            "code",
            ValidationError(
                _("This code doesn’t work: mistyped, too old or already used. Try the next one."),
                code="code-used",
            ),
        )
    return _ask_for_second_step(request, account, unsent_forms.read_unsent_form(request), form)


@login_not_required
@require_POST
def passkey_options(request: HttpRequest) -> HttpResponse:
    """Options with which the browser asks for a passkey; they do not reveal which accounts exist."""
    if wait := count_attempt(login_limits.PASSKEY_SENDER, request):
        return wait.answer(request)
    pending = account_login.pending_account(request)
    whose = request.user if isinstance(request.user, Account) else pending[0] if pending else None
    return JsonResponse(passkeys.begin_login(request, whose))


@login_not_required
@require_POST
def passkey_login(request: HttpRequest) -> HttpResponse:
    """Log in by passkey, alone or as the second step."""
    pending = account_login.pending_account(request)
    try:
        passkey = passkeys.finish_login(request, request.POST.get("credential", ""))
        if pending is not None and pending[0] != passkey.account:
            raise passkeys.PasskeyRefused
    except passkeys.PasskeyRefused:
        form = LoginForm()
        trouble = _("Nothing is lost, but this passkey is not known here. Try again, or use your passphrase.")
        return render(
            request,
            "guard/login.html",
            {
                "form": form,
                "next": safe_next(request, ""),
                "unsent": unsent_forms.read_unsent_form(request),
                "passkeys": True,
                "trouble": trouble,
            },
        )
    onward = pending[1] if pending else safe_next(request, "")
    return _start_session(request, passkey.account, onward)


def reauthenticate(request: DeskRequest) -> HttpResponse:
    """Confirm the passphrase or a passkey again before an irreversible act."""
    onward = safe_next(request, reverse("guard:account"))
    by_passkey = bool(request.POST.get("credential"))
    form = ReauthenticationForm(None if by_passkey else request.POST or None)
    unsent = unsent_forms.read_unsent_form(request)
    if request.method == "POST" and by_passkey:
        if _same_passkey(request):
            return _go_on_confirmed(request, onward, unsent)
    elif request.method == "POST" and form.is_valid():
        if verify_passphrase(request.user, form.cleaned_data["passphrase"]):
            return _go_on_confirmed(request, onward, unsent)
        form.add_error(
            "passphrase",
            ValidationError(
                _("Nothing changed: that is not your passphrase. Please try again."), code="wrong-passphrase"
            ),
        )
    trouble = _("This passkey is not yours. Use your passphrase.") if by_passkey else ""
    return show_reauthentication(request, form, onward=onward, unsent=unsent, trouble=trouble)


def _go_on_confirmed(
    request: DeskRequest, onward: str, unsent: unsent_forms.UnsentForm | None
) -> HttpResponse:
    account_login.mark_recently_authenticated(request)
    return redirect(onward) if unsent is None else unsent_forms.show_unsent_form(request, unsent)


def _same_passkey(request: DeskRequest) -> bool:
    try:
        return passkeys.finish_login(request, request.POST["credential"]).account == request.user
    except passkeys.PasskeyRefused:
        return False


@require_POST
def logout(request: DeskRequest) -> HttpResponse:
    with scope.scope_to_everything("closing every vault of one account"):
        for organisation in organisations_of(request.user):
            unlock.lock_vault(organisation, by=request.user)
    end_session(request)
    response = redirect("guard:login")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
