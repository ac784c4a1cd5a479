"""The room of the stage: sumup."""

from django.http import HttpResponse
from django.shortcuts import render

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role
from massline.desk.sumup.models import SumUp


def sum_ups(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    rows = SumUp.objects.filter(round__organisation=organisation)
    return render(request, "sumup/sum_ups.html", {"rows": rows})
