"""Pages for founding, how things stand, unlocking and locking, the privacy threshold and the record."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.disclosure_threshold import threshold
from massline.core.phone_countries import time_zone_of_country
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.accounts import login, unsent_forms
from massline.desk.guard.accounts.login import safe_next
from massline.desk.guard.accounts.reauthentication import ask_two_holders
from massline.desk.guard.audit import published_heads
from massline.desk.guard.audit.models import AuditHead, AuditLine
from massline.desk.guard.backup import status
from massline.desk.guard.concurrent_edits import edit_form, serialise_edits, show_sent_again
from massline.desk.guard.installation_health import installation_health
from massline.desk.guard.keys import contact_storage_conditions, organisation_setup
from massline.desk.guard.keys import unlock as key_unlock
from massline.desk.guard.keys.forms import UnlockForm
from massline.desk.guard.keys.founding_form import FoundForm
from massline.desk.guard.keys.organisation_settings_forms import country_form, threshold_form
from massline.desk.guard.second_person.independence import measure_independence
from massline.desk.guard.security_overview import security_rows
from massline.desk.people import scope
from massline.desk.people.choices import Role
from massline.web.language_choice import interface_language
from massline.web.rate_limits import TooManyTries

LINES_SHOWN = 30


def found_organisation(request: DeskRequest) -> HttpResponse:
    """Found an organisation with what its founder says and what their browser lets us guess; its vault is then open."""
    form = FoundForm(request.POST or None, account=request.user, initial=_guesses(request))
    if request.method == "POST" and form.is_valid():
        organisation, vault = organisation_setup.found_organisation(by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is set up.") % {"name": organisation}, extra_tags="founded")
        response = redirect("home:today", organisation.slug)
        with scope.scope_to(organisation, "founded just now"):
            cookie = key_unlock.unlock_with_private_key(
                request.user, organisation.keys.get(), vault.private_key
            )
        key_unlock.set_cookie(response, organisation, cookie)
        return response
    return render(request, "guard/found.html", {"form": form})


def _guesses(request: DeskRequest) -> dict[str, str]:
    """Guess time zone and language from what the browser says it reads; a script knows the zone better."""
    asked = [part.partition(";")[0].strip() for part in request.headers.get("Accept-Language", "").split(",")]
    countries = [tag.rpartition("-")[2] for tag in asked if "-" in tag]
    zones = [zone for country in countries if (zone := time_zone_of_country(country))]
    language = interface_language(request.user.language or next(iter(asked), ""))
    return {
        "timezone_name": next(iter(zones), timezone.get_default_timezone_name()),
        "language": language,
    }


def unlock_vault(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    form = UnlockForm(unsent_forms.typed_fields(request))
    onward = safe_next(request, reverse("guard:guard", args=[org]))
    unsent = unsent_forms.read_unsent_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            cookie = key_unlock.unlock_vault(
                account=request.user, organisation=organisation, passphrase=form.cleaned_data["passphrase"]
            )
        except TooManyTries as refused:
            return unsent_forms.show_wait(request, refused.wait, back=reverse("guard:unlock", args=[org]))
        if cookie is not None:
            login.mark_recently_authenticated(request)
            request.COOKIES[key_unlock.cookie_name(organisation)] = cookie  # the page says that they are open
            response = (
                redirect(onward)
                if unsent is None
                else unsent_forms.show_unsent_form(request, unsent, unlocked=True)
            )
            key_unlock.set_cookie(response, organisation, cookie)
            return response
        form.add_error(
            "passphrase",
            ValidationError(
                _("Nothing changed: that passphrase doesn’t unlock these contacts. Please try again."),
                code="wrong-passphrase",
            ),
        )
    return render(request, "guard/unlock.html", {"form": form, "next": onward, "unsent": unsent})


@require_POST
def lock_vault(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    everybody = "everybody" in request.POST
    key_unlock.lock_vault(organisation, by=request.user, everybody=everybody)
    messages.success(request, _("Contacts locked for everyone.") if everybody else _("Contacts locked."))
    response = redirect(safe_next(request, reverse("guard:guard", args=[org])))
    response.delete_cookie(key_unlock.cookie_name(organisation), samesite="Strict")
    return response


def guard(request: DeskRequest, org: str) -> HttpResponse:
    """Show how things stand in five rows."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    unlocked = key_unlock.is_unlocked(request, organisation)
    independence = measure_independence(organisation, request.user)
    rows = security_rows(organisation, unlocked=unlocked, independence=independence)
    return render(request, "guard/guard.html", {"rows": rows, "unlocked": unlocked})


def contacts(request: DeskRequest, org: str) -> HttpResponse:
    """Show whether contacts are locked, and the smallest number that is shown."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    return render(
        request,
        "guard/contacts.html",
        {
            "unlocked": key_unlock.is_unlocked(request, organisation),
            "threshold": threshold(organisation),
            "threshold_form": threshold_form(organisation),
            "country_form": country_form(organisation),
            "missing": contact_storage_conditions.missing_safeguards(organisation),
        },
    )


def record(request: DeskRequest, org: str) -> HttpResponse:
    """Show the activity log with what contradicts it, and the backups."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    lines = AuditLine.objects.filter(organisation=organisation).select_related("account")
    return render(
        request,
        "guard/record.html",
        {
            "lines": lines.order_by("-sequence")[:LINES_SHOWN],
            "troubles": published_heads.chain_problems(organisation),
            "head": AuditHead.objects.filter(organisation=organisation).last(),
            "backups": status.backup_status(),
            "house": installation_health(),
        },
    )


@require_POST
@serialise_edits
def set_threshold(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    form = edit_form(request, organisation, lambda: threshold_form(organisation, request.POST))
    if not form.is_valid():
        return show_sent_again(
            request,
            form,
            heading=_("How small a number we show"),
            back=reverse("guard:contacts", args=[org]),
        )
    if form.cleaned_data["small_cell"] < organisation.small_cell:
        return ask_two_holders(request, org, what="cells", value=form.cleaned_data["small_cell"])
    organisation_setup.set_threshold(
        organisation=organisation, small_cell=form.cleaned_data["small_cell"], by=request.user
    )
    messages.success(
        request,
        _("Figures of fewer than %(n)d people are hidden now.") % {"n": threshold(organisation).k},
    )
    return redirect("guard:contacts", org)


@require_POST
@serialise_edits
def set_country(request: DeskRequest, org: str) -> HttpResponse:
    """Set the country of phone numbers that are written without one."""
    organisation = access_organisation(request, org, need=Role.HOLDER)
    form = edit_form(request, organisation, lambda: country_form(organisation, request.POST))
    if form.is_valid():
        organisation_setup.set_country(
            organisation=organisation, country=form.cleaned_data["country"], by=request.user
        )
        messages.success(request, _("Saved. New numbers are read this way."), extra_tags="country-set")
        return redirect("guard:contacts", org)
    back = reverse("guard:contacts", args=[org])
    return show_sent_again(request, form, heading=_("Phone numbers"), back=back)
