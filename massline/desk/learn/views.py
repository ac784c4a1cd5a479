"""The room of the stage: learn."""

from django.http import HttpResponse
from django.shortcuts import render

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.learn.models import AfterActionReview
from massline.desk.people.states import Role


def reviews(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    rows = AfterActionReview.objects.filter(event__organisation=organisation)
    return render(request, "learn/reviews.html", {"rows": rows})
