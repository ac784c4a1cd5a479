"""Pages on assessments: criteria with their evidence, conclusion and dissent, and forecasts."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.decide.access import access_row
from massline.desk.decide.assessments import actions
from massline.desk.decide.assessments.evidence import build_evidence_link, parse_choice
from massline.desk.decide.assessments.forecast_calibration import measure_calibration
from massline.desk.decide.assessments.forms import (
    ConclusionForm,
    ForecastForm,
    PointForm,
    QuestionForm,
    ReadingsForm,
    SettleForm,
)
from massline.desk.decide.assessments.models import Assessment, Criterion, Forecast, Point, ReadingState
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.guard.concurrent_edits import (
    edit_form,
    report_merged_edit,
    serialise_edits,
    show_sent_again,
)
from massline.desk.listen.rounds.models import ListeningRound, Mood
from massline.desk.people.choices import Role
from massline.desk.people.models import Organisation
from massline.desk.sumup.source_material.mood_board import MoodBoard
from massline.desk.sumup.source_material.mood_counts import SectionMood, section_moods
from massline.desk.sumup.source_material.pulse_board import PulseBoard
from massline.web.refusal_messages import form_errors, show_reasons

SOURCES = ("claim", "line", "force", "mood", "pulse")


def list_assessments(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=needed_role(request))
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        assessment = actions.begin_assessment(
            organisation=organisation, question=form.cleaned_data["question"], by=request.user
        )
        return redirect("decide:assessment", org, assessment.pk)
    forecasts = list(Forecast.objects.filter(organisation=organisation))
    page = {
        "assessments": Assessment.objects.filter(organisation=organisation).prefetch_related("points"),
        "open": [forecast for forecast in forecasts if forecast.came_true is None],
        "settled": [forecast for forecast in forecasts if forecast.came_true is not None],
        "calibration": measure_calibration(forecasts),
        "form": form,
        "alarms": PulseBoard(organisation).alarms,
        "turned": [turn.sentence for turn in MoodBoard(organisation).fresh_turns],
    }
    return render(request, "decide/assessments.html", page)


@serialise_edits
def show_assessment(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show one assessment; a POST records its conclusion and the dissent."""
    assessment = access_row(request, org, Assessment, pk, need=needed_role(request))
    form = edit_form(
        request, assessment, lambda: ConclusionForm(request.POST or None, initial=_conclusion(assessment))
    )
    if request.method == "POST" and form.is_valid():
        actions.conclude_assessment(assessment=assessment, by=request.user, **form.cleaned_data)
        report_merged_edit(request, form)
        messages.success(request, _("Saved, with the other views."))
        return redirect("decide:assessment", org, pk)
    return _page(request, assessment, conclusion=form)


def _page(request: DeskRequest, assessment: Assessment, **forms: Any) -> HttpResponse:
    points = {
        point.criterion: point
        for point in assessment.points.prefetch_related(
            "readings", *(f"evidence__{name}" for name in SOURCES)
        )
    }
    org = request.organisation.slug
    page = {
        "assessment": assessment,
        "points": [
            (points[name], [build_evidence_link(evidence, org) for evidence in points[name].evidence.all()])
            for name in Criterion.values
            if name in points
        ],
        "forecasts": assessment.forecasts.all(),
        "unread": sum(
            reading.state == ReadingState.OPEN
            for point in points.values()
            for reading in point.readings.all()
        ),
        "alarms": PulseBoard(assessment.organisation).alarms,
        "turned": [turn.sentence for turn in MoodBoard(assessment.organisation).fresh_turns],
        "moods": _newest_moods(assessment.organisation),
        "ladder": Mood.labels,
        "readings_form": ReadingsForm(assessment=assessment),
        "conclusion": ConclusionForm(initial=_conclusion(assessment)),
        "forecast": ForecastForm(),
    }
    return render(request, "decide/assessment.html", page | forms)


def _conclusion(assessment: Assessment) -> dict[str, str]:
    return {"conclusion": assessment.conclusion, "dissent": assessment.dissent}


def _newest_moods(organisation: Organisation) -> list[SectionMood]:
    """Return the newest round's mood by section, without small cells."""
    newest = ListeningRound.objects.filter(organisation=organisation).order_by("-pk").first()
    if newest is None:
        return []
    return [section for section in section_moods(newest) if section.people and not section.row.is_held_back]


@serialise_edits
def weigh_point(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Weigh one criterion of an assessment and cite a source for it."""
    point = access_row(request, org, Point, pk, need=Role.ORGANISER)
    assessment = point.assessment
    form = edit_form(
        request,
        point,
        lambda: PointForm(
            request.POST or None,
            organisation=request.organisation,
            initial={"leaning": point.leaning, "words": point.words},
        ),
    )
    if request.method == "POST" and form.is_valid():
        leaning, words = form.cleaned_data["leaning"], form.cleaned_data["words"]
        try:
            actions.record_leaning(point=point, leaning=leaning, words=words, by=request.user)
        except Refused as refused:
            form.add_error("words", form_errors(refused))
        else:
            source = parse_choice(assessment.organisation, form.cleaned_data["cites"])
            if source:
                actions.cite_evidence(point=point, kind=source[0], source=source[1], by=request.user)
            report_merged_edit(request, form)
            return redirect("decide:assessment", org, assessment.pk)
    links = [build_evidence_link(evidence, org) for evidence in point.evidence.all()]
    page = {"assessment": assessment, "point": point, "evidence": links, "form": form}
    return render(request, "decide/point.html", page)


@require_POST
@serialise_edits
def accept_or_overrule_readings(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Accept the numbers of an assessment, besides those that are overruled in words."""
    assessment = access_row(request, org, Assessment, pk, need=Role.ORGANISER)
    form = edit_form(request, assessment, lambda: ReadingsForm(request.POST, assessment=assessment))
    if not form.is_valid():
        back = reverse("decide:assessment", args=[org, pk])
        heading = _("Why does this number mislead?")
        return show_sent_again(request, form, heading=heading, back=back, status=409)
    actions.accept_or_overrule_readings(assessment=assessment, overruled=form.overruled, by=request.user)
    report_merged_edit(request, form)
    messages.success(request, _("Saved. Now judge each part, then decide."), extra_tags="readings-judged")
    return redirect("decide:assessment", org, pk)


@require_POST
def add_forecast(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    assessment = access_row(request, org, Assessment, pk, need=Role.ORGANISER)
    form = ForecastForm(request.POST)
    if not form.is_valid():
        return _page(request, assessment, forecast=form)
    try:
        actions.add_forecast(
            organisation=assessment.organisation, assessment=assessment, by=request.user, **form.cleaned_data
        )
    except Refused as refused:
        form.add_error(None, form_errors(refused))
        return _page(request, assessment, forecast=form)
    messages.success(request, _("Forecast saved. On that day we ask you whether it came true."))
    return redirect("decide:assessment", org, pk)


@require_POST
def settle_forecast(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    forecast = access_row(request, org, Forecast, pk, need=Role.ORGANISER)
    form = SettleForm(request.POST)
    if form.is_valid():
        with show_reasons(request, _("Saved. It now counts in how good our forecasts are.")):
            actions.settle_forecast(
                forecast=forecast, came_true=form.cleaned_data["came_true"], by=request.user
            )
    return redirect("decide:assessments", org)
