"""The front page of the square, and the page of an organisation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from massline.square.organisations.models import PublicOrganisation


def front(request: HttpRequest) -> HttpResponse:
    """Show who stands here; where it is one organisation alone, its own page."""
    organisations = list(PublicOrganisation.objects.filter(parent=None))
    if len(organisations) == 1:
        return redirect(organisations[0])
    return render(request, "square_home/front.html", {"organisations": organisations})


def organisation(request: HttpRequest, org: str) -> HttpResponse:
    found = get_object_or_404(PublicOrganisation, slug=org)
    return render(request, "square_home/organisation.html", {"organisation": found})
