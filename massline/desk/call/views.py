"""The room of the stage: call."""

from django.http import HttpResponse
from django.shortcuts import render

from massline.desk.call.models import Call
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role


def calls(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    rows = Call.objects.filter(organisation=organisation)
    return render(request, "call/calls.html", {"rows": rows})
