"""The room of the stage: act."""

from django.http import HttpResponse
from django.shortcuts import render

from massline.desk.act.models import Event
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role


def events(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    rows = Event.objects.filter(organisation=organisation)
    return render(request, "act/events.html", {"rows": rows})
