"""The living page of parts: every part of the desk's pages in its states, drawn by the templates that the pages include."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.home.part_samples import sample_context
from massline.desk.people.choices import Role


@require_safe
def show_parts(request: DeskRequest, org: str) -> HttpResponse:
    """Show the parts; `?refused` shows the form as it looks when something is wrong."""
    access_organisation(request, org, need=Role.ORGANISER)
    return render(request, "desk_home/parts_page.html", sample_context(refused="refused" in request.GET))
