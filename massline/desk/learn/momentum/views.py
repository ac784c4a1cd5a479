"""The page Momentum."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.learn.momentum.turnout_series import Momentum
from massline.desk.people.choices import Role


@require_safe
def show_momentum(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    return render(request, "learn/momentum.html", {"momentum": Momentum(organisation)})
