"""Pages of the ladder and of study paths. They show counts, no names."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from massline.desk.act.growth.access import access_rung
from massline.desk.act.growth.forms import RungForm, StudyForm
from massline.desk.act.growth.ladder import count_contacts_by_rung
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.people import ladder_and_study_actions
from massline.desk.people.rung_models import StudyPath


def ladder(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=needed_role(request))
    form = RungForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ladder_and_study_actions.add_rung(organisation=organisation, by=request.user, **form.cleaned_data)
        return redirect("people:ladder", org)
    return render(
        request, "people/ladder.html", {"standings": count_contacts_by_rung(organisation), "form": form}
    )


@require_POST
def remove_rung(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    ladder_and_study_actions.remove_rung(rung=access_rung(request, org, pk), by=request.user)
    return redirect("people:ladder", org)


def study(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=needed_role(request))
    form = StudyForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        ladder_and_study_actions.add_study_step(
            organisation=organisation, by=request.user, **form.cleaned_data
        )
        return redirect("people:study", org)
    paths = StudyPath.objects.filter(organisation=organisation)
    paths = paths.prefetch_related("steps__teacher", "steps__learnt__taught_by")
    return render(request, "people/study.html", {"paths": paths, "form": form})
