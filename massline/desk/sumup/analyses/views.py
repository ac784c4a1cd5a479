"""Pages of analyses: writing one for a question that many ask, reading it, and publishing it as the second person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from massline.core.refusal import Refused
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role
from massline.desk.sumup.analyses import actions
from massline.desk.sumup.analyses.forms import AnalysisForm
from massline.desk.sumup.analyses.models import Analysis
from massline.desk.sumup.masking.personal_data import flags_of, masking_of
from massline.desk.sumup.questions.access import access_question
from massline.desk.sumup.questions.open_questions import load_wordings, select_questions
from massline.web.absolute_urls import public_url
from massline.web.refusal_messages import form_errors, show_reasons


def access_analysis(request: DeskRequest, org: str, pk: int, *, need: Role) -> Analysis:
    organisation = access_organisation(request, org, need=need)
    rows = Analysis.objects.filter(organisation=organisation).select_related(
        "organisation", "written_by", "round"
    )
    return get_object_or_404(rows, pk=pk)


def edit_analysis(request: DeskRequest, org: str, key: str) -> HttpResponse:
    """Write an analysis for a question and for those that ask nearly the same."""
    asked, waiting = access_question(request, org, key, need=Role.ORGANISER)
    form = AnalysisForm(request.POST or None)
    is_sent = request.method == "POST"
    also = request.POST.getlist("also") if is_sent else [other.key for other in asked.near]
    if request.method == "POST" and form.is_valid():
        others = select_questions([other for other in waiting if other is not asked], also)
        facts = form.cleaned_data | {"points": actions.parse_sourced_points(form.cleaned_data["points"])}
        try:
            exposure = actions.write_analysis(
                organisation=request.organisation, questions=[asked, *others], by=request.user, **facts
            )
        except Refused as refused:
            form.add_error(None, form_errors(refused))
        else:
            messages.success(
                request,
                _("Saved. Another organiser checks the sources and publishes it."),
                extra_tags="written",
            )
            return redirect("sumup:exposure", org, exposure.pk)
    flagged = asked.first is not None and masking_of(asked.first) is None and bool(flags_of(asked.first))
    page = {"asked": load_wordings([asked])[0], "form": form, "also": also, "flagged": flagged}
    return render(request, "sumup/write_exposure.html", page, status=422 if form.errors else 200)


@require_safe
def show_analysis(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    exposure = access_analysis(request, org, pk, need=Role.MEMBER)
    report = actions.find_published_analysis(exposure)
    page = {
        "exposure": exposure,
        "questions": {row.text: None for row in exposure.questions.all()},
        "public": public_url(report.get_absolute_url()) if report else "",
        "sheet": public_url(report.get_sheet_url()) if report else "",
        "is_mine": exposure.written_by_id == request.user.pk,
    }
    return render(request, "sumup/exposure.html", page)


@require_POST
def publish_reviewed_analysis(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    exposure = access_analysis(request, org, pk, need=Role.ORGANISER)
    done = _("Published, with a leaflet. Replies wait for you to read them.")
    with show_reasons(request, done, part="exposure-published"):
        actions.publish_analysis(exposure=exposure, by=request.user)
    return redirect("sumup:exposure", org, pk)
