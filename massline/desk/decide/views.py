"""The room of the stage: decide."""

from django.http import HttpResponse
from django.shortcuts import render

from massline.desk.decide.models import Decision
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role


def decide(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    rows = Decision.objects.filter(organisation=organisation)
    return render(request, "decide/decide.html", {"rows": rows})
