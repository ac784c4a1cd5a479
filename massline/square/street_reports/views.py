"""The page of what was seen and verified."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from massline.square.organisations.access import access_organisation

SHOWN = 40


@require_safe
def show_street_reports(request: HttpRequest, org: str) -> HttpResponse:
    organisation = access_organisation(org)
    page = {"organisation": organisation, "sightings": organisation.sightings.all()[:SHOWN]}
    return render(request, "street/seen.html", page)
