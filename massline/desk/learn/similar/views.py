"""The page that shows the past actions most like a planned one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.learn.similar import past_actions
from massline.desk.learn.similar.forms import PlannedActionForm
from massline.desk.people.choices import Role


@require_safe
def find_similar(request: DeskRequest, org: str) -> HttpResponse:
    """Show the three past actions most similar to a planned one."""
    organisation = access_organisation(request, org, need=Role.MEMBER)
    form = PlannedActionForm(request.GET if "text" in request.GET else None)
    matches = (
        past_actions.find_similar(organisation, **form.cleaned_data)
        if form.is_bound and form.is_valid()
        else None
    )
    return render(request, "learn/before.html", {"form": form, "matches": matches})
