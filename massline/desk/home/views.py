"""The way in, and today."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from massline.desk.guard.access import DeskRequest, access_organisation, organisations_of


def doors(request: DeskRequest) -> HttpResponse:
    """Go to today of the organisation one is in; choose where there are several; found one where there is none."""
    organisations = organisations_of(request.user)
    if not organisations:
        return redirect("guard:found")
    if len(organisations) == 1:
        return redirect("home:today", organisations[0].slug)
    return render(request, "desk_home/doors.html", {"organisations": organisations})


def today(request: DeskRequest, org: str) -> HttpResponse:
    access_organisation(request, org)
    return render(request, "desk_home/today.html", {})
