"""Pages on hypotheses and their evidence."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.guard.concurrent_edits import edit_form, report_merged_edit, serialise_edits
from massline.desk.learn.hypotheses import actions
from massline.desk.learn.hypotheses.access import access_hypothesis
from massline.desk.learn.hypotheses.forms import EvidenceForm, HypothesisForm, VerdictForm
from massline.desk.learn.hypotheses.models import Hypothesis
from massline.desk.people.choices import Role


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
@serialise_edits
def review_hypothesis(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    hypothesis = access_hypothesis(request, org, pk, need=Role.ORGANISER)
    form = edit_form(request, hypothesis, lambda: _verdict_form(hypothesis, request.POST))
    if not form.is_valid():
        return _hypothesis_page(request, hypothesis, EvidenceForm(organisation=request.organisation), form)
    actions.review_hypothesis(hypothesis=hypothesis, by=request.user, **form.cleaned_data)
    report_merged_edit(request, form)
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
