"""Pages on which keepers put their sheets together, each on their own phone, to get the key back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.keys import joint_paper_recovery, sheet_rate_limits
from massline.desk.guard.keys.sheet_forms import JoinOpeningForm, WordsForm
from massline.desk.people.choices import Role
from massline.desk.people.models import Account
from massline.web.refusal_messages import form_errors, show_refusal


@sensitive_post_parameters()
def open_together(request: DeskRequest, org: str, *, form: WordsForm | None = None) -> HttpResponse:
    """Type one's own words, as the first or with the code of the first."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    with joint_paper_recovery.OPENING.at(organisation.pk) as sitting:
        is_there = sitting is not None and request.user.pk in sitting.seats
        code = sitting.code if sitting and is_there else ""
        starter = sitting.starter if sitting else 0
        left = sitting.size - len(sitting.seats) if sitting else 0
    page = {
        "step": "wait" if is_there else "join" if starter else "start",
        "code": f"{code[:3]} {code[3:]}",
        "address": request.build_absolute_uri(f"{request.path}?{urlencode({'code': code})}"),
        "starter": Account.objects.filter(pk=starter).first(),
        "left": left,
        "form": form or _empty_form(request, is_first=not starter),
        "has_seal": joint_paper_recovery.newest_seal(organisation) is not None,
    }
    return render(request, "guard/open_together.html", page)


def _empty_form(request: DeskRequest, *, is_first: bool) -> WordsForm:
    return WordsForm() if is_first else JoinOpeningForm(initial={"code": request.GET.get("code", "")[:20]})


@sensitive_post_parameters()
@require_POST
def add_words(request: DeskRequest, org: str) -> HttpResponse:
    """Add one's own words: begin an opening, or with its code join it."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    joins = "code" in request.POST
    form: WordsForm = JoinOpeningForm(request.POST) if joins else WordsForm(request.POST)
    if not form.is_valid():
        return open_together(request, org, form=form)
    if wait := sheet_rate_limits.WORDS_ACCOUNT.take(str(request.user.pk)):
        return wait.answer(request)
    given, is_open = form.cleaned_data, False
    try:
        if joins:
            is_open = joint_paper_recovery.join_joint_recovery(
                organisation, code=given["code"], words=given["words"], by=request.user
            )
        else:
            joint_paper_recovery.start_joint_recovery(organisation, words=given["words"], by=request.user)
    except Refused as refused:
        if joint_paper_recovery.is_recovery_waiting(organisation, request.user):
            show_refusal(request, refused)
            return redirect("guard:open_together", org)
        form.add_error("words", form_errors(refused))
        return open_together(request, org, form=form)
    sheet_rate_limits.WORDS_ACCOUNT.give_back(str(request.user.pk))
    if is_open:
        messages.success(
            request,
            _("The key is open. Each of you holds it now: unlock with your own passphrase."),
            extra_tags="key-taken-back",
        )
        return redirect(reverse("guard:unlock", args=[org]))
    return redirect("guard:open_together", org)
