"""Pages on the line: the newest, drawn by the worker on demand, and earlier ones."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from massline.core.disclosure_threshold import threshold
from massline.desk.decide.access import access_row
from massline.desk.decide.line.actions import ask_for_line, is_line_requested
from massline.desk.decide.line.line_page import LinePresentation
from massline.desk.decide.line.models import Line
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.people.choices import Role

SHOWN = 10


def show_newest_line(request: DeskRequest, org: str) -> HttpResponse:
    """Show the newest line; a POST asks for another."""
    organisation = access_organisation(request, org, need=needed_role(request))
    if request.method == "POST":
        ask_for_line(organisation=organisation, by=request.user)
        messages.success(request, _("Comparing. Look again in a moment."))
        return redirect("decide:line", org)
    lines = list(Line.objects.filter(organisation=organisation)[:SHOWN])
    least = threshold(organisation)
    page = {
        "drawn": LinePresentation(lines[0], least) if lines else None,
        "least": least.k,
        "older": lines[1:],
        "is_waiting": is_line_requested(organisation),
    }
    return render(request, "decide/line.html", page)


def show_line(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    line = access_row(request, org, Line, pk, need=Role.MEMBER)
    least = threshold(line.organisation)
    page = {"drawn": LinePresentation(line, least), "least": least.k, "is_older": True}
    return render(request, "decide/line.html", page)
