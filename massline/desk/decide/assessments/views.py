"""Is it time? Criteria with their evidence, dissent that stays, and forecasts that are settled."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.decide.access import access_row
from massline.desk.decide.assessments import actions
from massline.desk.decide.assessments.calibration import calibration
from massline.desk.decide.assessments.evidence import chosen, shown
from massline.desk.decide.assessments.forms import (
    ConclusionForm,
    ForecastForm,
    PointForm,
    QuestionForm,
    SettleForm,
)
from massline.desk.decide.assessments.models import Assessment, Criterion, Forecast, Point
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.listen.rounds.models import ListeningRound, Mood
from massline.desk.people.models import Organisation
from massline.desk.people.states import Role
from massline.desk.sumup.bench.mood_counts import SectionMood, moods
from massline.web.refusals import show_reasons


def assessments(request: DeskRequest, org: str) -> HttpResponse:
    need = Role.ORGANISER if request.method == "POST" else Role.MEMBER
    organisation = access_organisation(request, org, need=need)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.begin_assessment(
            organisation=organisation, question=form.cleaned_data["question"], by=request.user
        )
        return redirect("decide:assessment", org, made.pk)
    forecasts = list(Forecast.objects.filter(organisation=organisation))
    page = {
        "assessments": Assessment.objects.filter(organisation=organisation).prefetch_related("points"),
        "open": [one for one in forecasts if one.came_true is None],
        "settled": [one for one in forecasts if one.came_true is not None],
        "calibration": calibration(forecasts),
        "form": form,
    }
    return render(request, "decide/assessments.html", page)


def assessment(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """One assessment; a POST keeps the conclusion and the dissent."""
    need = Role.ORGANISER if request.method == "POST" else Role.MEMBER
    found = access_row(request, org, Assessment, pk, need=need)
    form = ConclusionForm(
        request.POST or None, initial={"conclusion": found.conclusion, "dissent": found.dissent}
    )
    if request.method == "POST" and form.is_valid():
        actions.conclude(assessment=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept, the dissent too."))
        return redirect("decide:assessment", org, pk)
    return _page(request, found, conclusion=form)


def _page(request: DeskRequest, found: Assessment, **forms: Any) -> HttpResponse:
    sources = ("claim", "line", "force", "mood", "pulse")
    points = {
        one.criterion: one
        for one in found.points.prefetch_related(*(f"evidence__{name}" for name in sources))
    }
    begun = {"conclusion": found.conclusion, "dissent": found.dissent}
    page = {
        "assessment": found,
        "points": [
            (points[name], [shown(one, request.organisation.slug) for one in points[name].evidence.all()])
            for name in Criterion.values
            if name in points
        ],
        "forecasts": found.forecasts.all(),
        "moods": _moods(found.organisation),
        "ladder": Mood.labels,
        "conclusion": ConclusionForm(initial=begun),
        "forecast": ForecastForm(),
    }
    return render(request, "decide/assessment.html", page | forms)


def _moods(organisation: Organisation) -> list[SectionMood]:
    """The newest round's mood by section, small cells hidden."""
    newest = ListeningRound.objects.filter(organisation=organisation).order_by("-pk").first()
    return [one for one in moods(newest) if one.people and not one.row.is_held_back] if newest else []


def point(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Weigh one criterion and cite what it rests on."""
    one = access_row(request, org, Point, pk, need=Role.ORGANISER, path="assessment__organisation")
    found = one.assessment
    begun = {"leaning": one.leaning, "words": one.words}
    form = PointForm(request.POST or None, organisation=found.organisation, initial=begun)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.weigh(point=one, leaning=given["leaning"], words=given["words"], by=request.user)
        except Refused as refused:
            form.add_error("words", str(refused))
        else:
            source = chosen(found.organisation, given["cites"])
            if source:
                actions.cite(point=one, kind=source[0], source=source[1], by=request.user)
            return redirect("decide:assessment", org, found.pk)
    evidence = [shown(each, org) for each in one.evidence.all()]
    return render(
        request, "decide/point.html", {"assessment": found, "point": one, "evidence": evidence, "form": form}
    )


@require_POST
def forecast(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_row(request, org, Assessment, pk, need=Role.ORGANISER)
    form = ForecastForm(request.POST)
    if not form.is_valid():
        return _page(request, found, forecast=form)
    try:
        actions.forecast(
            organisation=found.organisation, assessment=found, by=request.user, **form.cleaned_data
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, found, forecast=form)
    messages.success(request, _("Kept. On that day you are asked whether it came true."))
    return redirect("decide:assessment", org, pk)


@require_POST
def settle(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_row(request, org, Forecast, pk, need=Role.ORGANISER)
    form = SettleForm(request.POST)
    if form.is_valid():
        with show_reasons(request, _("Settled. It counts in how well we judge.")):
            actions.settle(forecast=found, came_true=form.cleaned_data["came_true"], by=request.user)
    return redirect("decide:assessments", org)
