"""Pages on principles: stating them, voting, counting, and retiring them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.decide.access import access_row
from massline.desk.decide.ballots.forms import BallotForm
from massline.desk.decide.ballots.majority_count import compute_quorum
from massline.desk.decide.ballots.models import Roll
from massline.desk.decide.ballots.secret_ballots import count_members, fresh_nonce
from massline.desk.decide.principles import actions
from massline.desk.decide.principles.forms import PrincipleForm, RetireForm
from massline.desk.decide.principles.models import Principle
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.people.choices import Role
from massline.web.refusal_messages import show_reasons


def list_principles(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=needed_role(request))
    form = PrincipleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_principle(organisation=organisation, by=request.user, **form.cleaned_data)
        messages.success(request, _("Principle saved. It applies until the members have voted."))
        return redirect("decide:principles", org)
    principles = list(Principle.objects.filter(organisation=organisation))
    rolls = Roll.objects.filter(organisation=organisation, account=request.user)
    members = count_members(organisation)
    return render(
        request,
        "decide/principles.html",
        {
            "open": [
                (principle, compute_quorum(members, principle.quorum))
                for principle in principles
                if principle.is_proposed
            ],
            "settled": [principle for principle in principles if not principle.is_proposed],
            "answered": set(rolls.values_list("subject", flat=True)),
            "members": members,
            "form": form,
            "nonce": fresh_nonce(),
            "retiring": RetireForm(),
        },
    )


@require_POST
def vote_on_principle(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    principle = access_row(request, org, Principle, pk, need=Role.MEMBER)
    form = BallotForm(request.POST)
    if form.is_valid():
        with show_reasons(request, _("You have voted. Only the total is shown, after the count.")):
            actions.vote_on_principle(principle=principle, by=request.user, **form.cleaned_data)
    return redirect("decide:principles", org)


@require_POST
def count_principle(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    principle = access_row(request, org, Principle, pk, need=Role.ORGANISER)
    with show_reasons(request, _("Counted. The list of who voted has been deleted.")):
        actions.count_principle(principle=principle, by=request.user)
    return redirect("decide:principles", org)


@require_POST
def retire_principle(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    principle = access_row(request, org, Principle, pk, need=Role.ORGANISER)
    because = RetireForm(request.POST).data.get("because", "")[:300]
    with show_reasons(request, _("Principle dropped. The reason is shown beside it.")):
        actions.retire_principle(principle=principle, because=because, by=request.user)
    return redirect("decide:principles", org)
