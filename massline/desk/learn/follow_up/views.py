"""Pages on similar past actions, agreements, corrections and hypotheses."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.guard.concurrent_edits import edit_form, edits_in_turn, report_joined
from massline.desk.learn.follow_up import actions
from massline.desk.learn.follow_up.access import access_agreement, access_correction, access_hypothesis
from massline.desk.learn.follow_up.forms import (
    CorrectionForm,
    ErrorForm,
    EvidenceForm,
    HypothesisForm,
    PlannedActionForm,
    VerdictForm,
)
from massline.desk.learn.follow_up.models import Correction, Hypothesis
from massline.desk.learn.similar import past_actions
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


@require_POST
def finish_agreement(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    agreement = access_agreement(request, org, pk)
    actions.finish_agreement(agreement=agreement, by=request.user)
    return redirect("learn:review", org, agreement.review.event_id)


def list_corrections(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=needed_role(request))
    form = ErrorForm(request.POST or None, organisation=organisation, initial={"owner": request.user})
    if request.method == "POST" and form.is_valid():
        actions.admit_error(organisation=organisation, by=request.user, **form.cleaned_data)
        return redirect("learn:corrections", org)
    corrections = Correction.objects.filter(organisation=organisation).select_related("owner")[:60]
    return render(request, "learn/corrections.html", {"corrections": corrections, "form": form})


@edits_in_turn
def resolve_correction(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    correction = access_correction(request, org, pk)
    form = edit_form(
        request,
        correction,
        lambda: CorrectionForm(request.POST or None, initial={"right": correction.right}),
    )
    if request.method == "POST" and form.is_valid():
        actions.resolve_correction(correction=correction, by=request.user, **form.cleaned_data)
        messages.success(request, _("Corrected."))
        return redirect("learn:corrections", org)
    return render(request, "learn/correction.html", {"correction": correction, "form": form})


def list_hypotheses(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=needed_role(request))
    form = HypothesisForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        hypothesis = actions.add_hypothesis(organisation=organisation, by=request.user, **form.cleaned_data)
        return redirect("learn:hypothesis", org, hypothesis.pk)
    hypotheses = Hypothesis.objects.filter(organisation=organisation).prefetch_related("evidence")
    rows = [(hypothesis, _count_sides(hypothesis)) for hypothesis in hypotheses]
    return render(request, "learn/hypotheses.html", {"rows": rows, "form": form})


def _count_sides(hypothesis: Hypothesis) -> tuple[int, int]:
    """Count the evidence for and against a hypothesis; a count of what was cited, no estimate."""
    speaks_for = [evidence.speaks_for for evidence in hypothesis.evidence.all()]
    return sum(speaks_for), len(speaks_for) - sum(speaks_for)


def show_hypothesis(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    hypothesis = access_hypothesis(request, org, pk, need=needed_role(request))
    form = EvidenceForm(request.POST or None, organisation=request.organisation)
    if request.method == "POST" and form.is_valid():
        actions.add_evidence(hypothesis=hypothesis, by=request.user, **form.cleaned_data)
        return redirect("learn:hypothesis", org, pk)
    return _hypothesis_page(request, hypothesis, form, None)


@require_POST
@edits_in_turn
def review_hypothesis(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    hypothesis = access_hypothesis(request, org, pk, need=Role.ORGANISER)
    form = edit_form(request, hypothesis, lambda: _verdict_form(hypothesis, request.POST))
    if not form.is_valid():
        return _hypothesis_page(request, hypothesis, EvidenceForm(organisation=request.organisation), form)
    actions.review_hypothesis(hypothesis=hypothesis, by=request.user, **form.cleaned_data)
    report_joined(request, form)
    return redirect("learn:hypothesis", org, pk)


def _verdict_form(hypothesis: Hypothesis, data: Mapping[str, Any] | None = None) -> VerdictForm:
    return VerdictForm(data, initial={"verdict": hypothesis.verdict, "review_on": hypothesis.review_on})


def _hypothesis_page(
    request: DeskRequest, hypothesis: Hypothesis, form: EvidenceForm, again: VerdictForm | None
) -> HttpResponse:
    evidence = list(hypothesis.evidence.select_related("review__event"))
    page = {
        "hypothesis": hypothesis,
        "speak_for": [row for row in evidence if row.speaks_for],
        "speak_against": [row for row in evidence if not row.speaks_for],
        "form": form,
        "again": again or _verdict_form(hypothesis),
    }
    return render(request, "learn/hypothesis.html", page)
