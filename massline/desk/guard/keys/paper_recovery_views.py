"""Pages for recovery on paper: sealing the key, proving the sheets, and recovering the key."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.keys import contact_storage_conditions, joint_sheet_creation, paper_recovery, unlock
from massline.desk.guard.keys.forms import AnswerForm, PaperForm, RecoverKeyForm
from massline.desk.guard.keys.models import AcceptedRisk, RecoverySeal
from massline.desk.guard.keys.recovery_sheets import RecoveryRefused, encode_armour
from massline.desk.people.choices import Role
from massline.desk.people.models import Membership, Organisation
from massline.square.envelopes.models import Envelope
from massline.web.refusal_messages import form_errors


def newest_recovery_seal(organisation: Organisation) -> RecoverySeal | None:
    return RecoverySeal.objects.filter(key__organisation=organisation).order_by("-key__epoch").first()


def paper(request: DeskRequest, org: str) -> HttpResponse:
    """Show how safe the key is, who has a sheet, and the ways to make and use sheets."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    paper_set = joint_sheet_creation.current_set(organisation)
    members = Membership.objects.live().filter(organisation=organisation)
    return render(
        request,
        "guard/paper.html",
        {
            "seal": newest_recovery_seal(organisation),
            "pending": joint_sheet_creation.pending_set(organisation),
            "keepers": paper_set.sheets.select_related("account") if paper_set else [],
            "members": set(members.values_list("account_id", flat=True)),
            "missing": contact_storage_conditions.missing_safeguards(organisation),
            "risk": AcceptedRisk.objects.filter(organisation=organisation).first(),
            "waiting": Envelope.objects.to_collect().filter(organisation__uuid=organisation.uuid).count(),
        },
    )


def offline(
    request: DeskRequest,
    org: str,
    *,
    paper_form: PaperForm | None = None,
    answer_form: AnswerForm | None = None,
    back_form: RecoverKeyForm | None = None,
) -> HttpResponse:
    """Show the next step of the way by an off-line computer."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    seal = newest_recovery_seal(organisation)
    return render(
        request,
        "guard/paper_offline.html",
        {
            "seal": seal,
            "question": encode_armour("massline-question", bytes(seal.challenge)) if seal else "",
            "sealed": encode_armour("massline-seal", bytes(seal.sealed)) if seal else "",
            "paper_form": paper_form or PaperForm(),
            "answer_form": answer_form or AnswerForm(),
            "back_form": back_form or RecoverKeyForm(),
        },
    )


@require_POST
def trust_paper(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    vault = unlock.open_vault(request, organisation)
    if vault is None:
        return redirect(
            f"{reverse('guard:unlock', args=[org])}?next={reverse('guard:paper_offline', args=[org])}"
        )
    form = PaperForm(request.POST)
    if not form.is_valid():
        return offline(request, org, paper_form=form)
    paper_recovery.set_up_paper_recovery(
        organisation, public=form.cleaned_data["public"], vault=vault, by=request.user
    )
    messages.success(
        request, _("The key is locked to the paper sheets. Now test once that the sheets open it.")
    )
    return redirect("guard:paper_offline", org)


@require_POST
def prove_paper(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.HOLDER)
    form = AnswerForm(request.POST)
    seal = newest_recovery_seal(organisation)
    if seal is not None and form.is_valid():
        if paper_recovery.prove_paper(seal, answer=form.cleaned_data["answer"], by=request.user):
            contact_storage_conditions.end_risk_if_safe(organisation)
            messages.success(
                request, _("Tested: it works. Keep the sheets in different places, with different people.")
            )
            return redirect("guard:paper", org)
        form.add_error(
            "answer",
            ValidationError(
                _("Nothing changed: that is not the answer. Please read it once more."), code="wrong-answer"
            ),
        )
    return offline(request, org, answer_form=form)


@require_POST
def recover_key(request: DeskRequest, org: str) -> HttpResponse:
    """Make an organiser a key-holder with the paper sheets; while others hold the key, only who counts as a person."""
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    form = RecoverKeyForm(request.POST)
    if form.is_valid():
        try:
            paper_recovery.recover_key_from_paper(organisation, account=request.user, **form.cleaned_data)
        except (RecoveryRefused, Refused) as problem:
            form.add_error("text", form_errors(problem))
        else:
            messages.success(request, _("You have the key. Unlock contacts with your own passphrase."))
            return redirect("guard:unlock", org)
    return offline(request, org, back_form=form)
