"""Stating red lines, voting on them, counting, and letting one go."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.decide.access import access_row
from massline.desk.decide.ballots.count import needed
from massline.desk.decide.ballots.forms import BallotForm
from massline.desk.decide.ballots.models import Roll
from massline.desk.decide.ballots.rolls import members_of
from massline.desk.decide.principles import actions as action_principles
from massline.desk.decide.principles.forms import PrincipleForm, RetireForm
from massline.desk.decide.principles.models import Principle
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role
from massline.web.refusals import show_reasons


def principles(request: DeskRequest, org: str) -> HttpResponse:
    need = Role.ORGANISER if request.method == "POST" else Role.MEMBER
    organisation = access_organisation(request, org, need=need)
    form = PrincipleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        action_principles.add_principle(organisation=organisation, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept. It holds until the members have voted on it."))
        return redirect("decide:principles", org)
    rows = list(Principle.objects.filter(organisation=organisation))
    mine = Roll.objects.filter(organisation=organisation, account=request.user).values_list(
        "subject", flat=True
    )
    members = members_of(organisation)
    return render(
        request,
        "decide/principles.html",
        {
            "open": [(one, needed(members, one.quorum)) for one in rows if one.is_proposed],
            "settled": [one for one in rows if not one.is_proposed],
            "answered": set(mine),
            "members": members,
            "form": form,
            "retiring": RetireForm(),
        },
    )


@require_POST
def vote(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    principle = access_row(request, org, Principle, pk, need=Role.MEMBER)
    form = BallotForm(request.POST)
    if form.is_valid():
        with show_reasons(request, _("It is in the box. Only the total will be shown, after the count.")):
            action_principles.vote_on_principle(
                principle=principle, answer=form.cleaned_data["answer"], by=request.user
            )
    return redirect("decide:principles", org)


@require_POST
def count(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    principle = access_row(request, org, Principle, pk, need=Role.ORGANISER)
    with show_reasons(request, _("Counted. The list of who took part is torn up.")):
        action_principles.count_principle(principle=principle, by=request.user)
    return redirect("decide:principles", org)


@require_POST
def retire(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    principle = access_row(request, org, Principle, pk, need=Role.ORGANISER)
    because = RetireForm(request.POST).data.get("because", "")[:300]
    with show_reasons(request, _("It no longer binds us. The reason stands beside it.")):
        action_principles.retire_principle(principle=principle, because=because, by=request.user)
    return redirect("decide:principles", org)
