"""Pages on which two or three keepers make sheets together: come together, see the words once, prove them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.keys import (
    contact_storage_conditions,
    joint_sheet_creation,
    sheet_rate_limits,
    unlock,
)
from massline.desk.guard.keys.sheet_forms import JoinCodeForm, PlacesForm, SizeForm, WordsForm
from massline.desk.guard.keys.sheet_refusal_reasons import NoSitting
from massline.desk.guard.keys.sheet_sessions import MOST_TRIES, SheetSession
from massline.desk.guard.second_person.invitation_circles import InvitationCircles
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Membership, Organisation
from massline.web.refusal_messages import form_errors, show_refusal


def together(
    request: DeskRequest, org: str, *, code_form: JoinCodeForm | None = None, places: PlacesForm | None = None
) -> HttpResponse:
    """Show a keeper the step that is theirs now."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    with joint_sheet_creation.MAKING.at(organisation.pk) as sitting:
        page = _page(request, organisation, sitting)
    page["code_form"] = code_form or JoinCodeForm(initial={"code": request.GET.get("code", "")[:20]})
    if places:
        page["places_form"] = places
    return render(request, "guard/together.html", page)


def _page(request: DeskRequest, organisation: Organisation, sitting: SheetSession | None) -> dict[str, Any]:
    """Gather what a keeper may see of a sitting; never anybody's words."""
    seat = sitting.seats.get(request.user.pk) if sitting else None
    pending = joint_sheet_creation.pending_set(organisation)
    step = _step(sitting, request.user.pk)
    page: dict[str, Any] = {
        "step": step,
        "sitting": sitting,
        "keepers": _keepers(sitting, pending),
        "pending": pending,
        "unlocked": unlock.is_unlocked(request, organisation),
        "is_done": pending is None and _has_proven(organisation, request.user),
        "mine": pending.sheets.filter(account=request.user).first() if pending else None,
    }
    if sitting and step == "invite":
        page["not_yet_two"] = not_yet_two(organisation, request.user)
        page["is_alone"] = not _others(organisation, request.user).exists()
        page["join_code"] = f"{sitting.code[:3]} {sitting.code[3:]}"
        query = urlencode({"code": sitting.code})
        page["address"] = request.build_absolute_uri(
            f"{reverse('guard:together', args=[organisation.slug])}?{query}"
        )
    if seat and step == "prove":
        page["places_form"] = PlacesForm(places=seat.asked)
    return page


def _has_proven(organisation: Organisation, account: Account) -> bool:
    paper_set = joint_sheet_creation.current_set(organisation)
    return paper_set is not None and paper_set.sheets.filter(account=account).exists()


def _others(organisation: Organisation, account: Account) -> QuerySet[Membership]:
    organisers = Membership.objects.live().filter(organisation=organisation, role__gte=Role.ORGANISER)
    return organisers.exclude(account=account)


def _step(sitting: SheetSession | None, account: int) -> str:
    if sitting is None:
        return "start"
    seat = sitting.seats.get(account)
    if seat is None:
        return "busy" if sitting.is_full else "join"
    if not sitting.is_full:
        return "invite" if sitting.starter == account else "wait"
    if not seat.is_shown:
        return "show"
    return "prove" if seat.words else "seen"


def _keepers(sitting: SheetSession | None, pending: Any) -> list[tuple[str, bool]]:
    """Names of those who are there, and whether each has proven a sheet."""
    if pending is not None and (sitting is None or sitting.is_full):
        sheets = pending.sheets.select_related("account")
        return [(sheet.account.name, sheet.proven_on is not None) for sheet in sheets if sheet.account]
    there = sitting.seats if sitting else {}
    names = dict(Account.objects.filter(pk__in=there).values_list("pk", "name"))
    return [(names[account], False) for account in there]


@require_POST
def start(request: DeskRequest, org: str) -> HttpResponse:
    """Make the sheets in memory, and show the code for the others."""
    organisation = access_organisation(request, org, need=Role.HOLDER)
    here = reverse("guard:together", args=[org])
    vault = unlock.open_vault(request, organisation)
    if vault is None:
        return redirect(f"{reverse('guard:unlock', args=[org])}?{urlencode({'next': here})}")
    form = SizeForm(request.POST)
    size = form.cleaned_data["size"] if form.is_valid() else 2
    joint_sheet_creation.start_sheet_session(organisation, size=size, vault=vault, by=request.user)
    return redirect(here)


@require_POST
def join(request: DeskRequest, org: str) -> HttpResponse:
    """Take a seat by the code that is read aloud or scanned."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = JoinCodeForm(request.POST)
    if form.is_valid():
        if wait := sheet_rate_limits.JOIN_ACCOUNT.take(str(request.user.pk)):
            return wait.answer(request)
        try:
            joint_sheet_creation.join_sheet_session(
                organisation, code=form.cleaned_data["code"], by=request.user
            )
        except Refused as refused:
            if any(isinstance(reason, NoSitting) for reason in refused.reasons):
                return _say_why(request, org, refused)
            form.add_error("code", form_errors(refused))
        else:
            sheet_rate_limits.JOIN_ACCOUNT.give_back(str(request.user.pk))
            return redirect("guard:together", org)
    return together(request, org, code_form=form)


def _say_why(request: DeskRequest, org: str, refused: Refused) -> HttpResponse:
    """Say on the page of the step that is next why this one was refused."""
    show_refusal(request, refused)
    return redirect("guard:together", org)


@require_POST
def show_words(request: DeskRequest, org: str) -> HttpResponse:
    """Show a keeper their words, this once."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    words = joint_sheet_creation.show_words(organisation, to=request.user)
    if not words:
        return redirect("guard:together", org)
    pending = joint_sheet_creation.pending_set(organisation)
    size = pending.sheets.count() if pending else len(words)
    return render(request, "guard/sheet_words.html", {"words": words, "size": size})


@sensitive_post_parameters()
@require_POST
def prove(request: DeskRequest, org: str) -> HttpResponse:
    """Prove a sheet by the words at the places that were drawn."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    with joint_sheet_creation.MAKING.at(organisation.pk) as sitting:
        seat = sitting.seats.get(request.user.pk) if sitting else None
        asked = seat.asked if seat else ()
    form = PlacesForm(request.POST, places=asked)
    if not asked or not form.is_valid():
        return together(request, org, places=form if asked else None)
    try:
        wrong = joint_sheet_creation.prove_by_places(organisation, typed=form.typed(), by=request.user)
    except Refused as refused:
        return _say_why(request, org, refused)
    if wrong:
        _mark_wrong(form, wrong)
        return together(request, org, places=form)
    return _proven(request, organisation)


def _mark_wrong(form: PlacesForm, wrong: list[int]) -> None:
    for place in wrong:
        form.add_error(
            f"word_{place}",
            ValidationError(
                _("Your sheet has a different word here. You have %(most)d tries in all.")
                % {"most": MOST_TRIES},
                code="wrong-word",
            ),
        )


@sensitive_post_parameters()
def test_sheet(request: DeskRequest, org: str) -> HttpResponse:
    """Prove one's own sheet by all its words: later, or once a year."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if wait := sheet_rate_limits.WORDS_ACCOUNT.take(str(request.user.pk)):
            return wait.answer(request)
        try:
            joint_sheet_creation.prove_by_all_words(
                organisation, words=form.cleaned_data["words"], by=request.user
            )
        except Refused as refused:
            form.add_error("words", form_errors(refused))
        else:
            sheet_rate_limits.WORDS_ACCOUNT.give_back(str(request.user.pk))
            return _proven(request, organisation)
    return render(request, "guard/test_sheet.html", {"form": form})


def _proven(request: DeskRequest, organisation: Organisation) -> HttpResponse:
    contact_storage_conditions.end_risk_if_safe(organisation)
    pending = joint_sheet_creation.pending_set(organisation)
    if pending is None:
        messages.success(
            request,
            _("All sheets are proven: the key is backed up. Keep the sheets in different homes."),
            extra_tags="sheets-proven",
        )
        return redirect("guard:paper", organisation.slug)
    messages.success(request, _("Your sheet is proven. Put it away safely."), extra_tags="sheet-proven")
    return redirect("guard:together", organisation.slug)


@require_POST
def accept_risk(request: DeskRequest, org: str) -> HttpResponse:
    """Let sign-ups be opened before keys are safe, at a risk that was stated."""
    organisation = access_organisation(request, org, need=Role.HOLDER)
    contact_storage_conditions.accept_risk(organisation, by=request.user)
    messages.success(
        request,
        _("You can open sign-ups now. Make the key safe as soon as you can: until then, each page says so."),
        extra_tags="risk-accepted",
    )
    return redirect("guard:paper", org)


def not_yet_two(organisation: Organisation, account: Account) -> list[str]:
    """Say of each other organiser why acts of two do not work with them yet."""
    circles = InvitationCircles.of(organisation)
    others = [holder for holder in circles.holders() if holder != account]
    reasons = [circles.reason_against(account, other) for other in others]
    return [str(reason) for reason in reasons if reason]
