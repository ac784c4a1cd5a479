"""The room of the stage: people."""

from django.http import HttpResponse
from django.shortcuts import render

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.models import Section
from massline.desk.people.states import Role


def people(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    rows = Section.objects.filter(organisation=organisation)
    return render(request, "people/people.html", {"rows": rows})
