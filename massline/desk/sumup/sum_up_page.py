"""The pages of a sum-up, which every action on it or on its claims shows again."""

from collections.abc import Callable, Sequence
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from massline.core.disclosure_threshold import threshold
from massline.desk.guard.access import DeskRequest
from massline.desk.people.choices import Role
from massline.desk.people.models import Membership
from massline.desk.sumup.claims import signing_readiness
from massline.desk.sumup.claims.cited_figures import CitedData
from massline.desk.sumup.claims.forms import ClaimForm, DescribeForm
from massline.desk.sumup.claims.models import Citation, Claim, SumUp
from massline.desk.sumup.claims.report_back import find_report_back_of
from massline.desk.sumup.drafts.remote_model import configured_endpoint
from massline.desk.sumup.quote_placement.forms import StartClaimForm, find_source
from massline.desk.sumup.quote_placement.slip_table import SlipTable
from massline.desk.sumup.source_material.material_selection import Selection
from massline.desk.sumup.source_material.report_back_responses import last_report_back
from massline.desk.sumup.source_material.round_material import Bench
from massline.square.reports.section_answers import GOAL, claims_with_shares
from massline.web.refusal_messages import name_of_reason


def run_verb_or_show_reasons(
    request: DeskRequest,
    sum_up: SumUp,
    verb: Callable[[], object],
    done: str = "",
    *,
    part: str = "",
    kept: ClaimForm | DescribeForm | StartClaimForm | None = None,
    editing: Claim | None = None,
) -> HttpResponse:
    """Call `verb`, and show `done` or all reasons for the refusal. Typed text stays on the page."""
    try:
        verb()
    except signing_readiness.NotReady as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason), extra_tags=name_of_reason(reason))
        if kept is not None and sum_up.is_published:
            return render_published(request, sum_up, unsaved=_typed(kept))
        if isinstance(kept, ClaimForm):
            return render_words(request, sum_up, kept, editing=editing)
        if isinstance(kept, StartClaimForm):
            return render_sum_up(request, sum_up, start=kept)
    else:
        if done:
            messages.success(request, done, extra_tags=part)
    return redirect("sumup:sum_up", request.organisation.slug, sum_up.pk)


def render_sum_up(
    request: DeskRequest,
    sum_up: SumUp,
    *,
    about: DescribeForm | None = None,
    start: StartClaimForm | None = None,
) -> HttpResponse:
    """The table of slips: words to place, findings, and what is still open before it goes out."""
    if sum_up.is_published:
        return render_published(request, sum_up)
    evidence, claims = CitedData(sum_up.round), list(sum_up.claims.with_words())
    bench = Bench(sum_up.round, evidence=evidence)
    page, first = request.GET.get("page", ""), request.GET.get("first", "")
    table = SlipTable(
        sum_up,
        bench,
        claims,
        show=request.GET.get("show", "")[:20],
        page=int(page) if page.isdecimal() and len(page) < 5 else 1,
    )
    return render(
        request,
        "sumup/sum_up.html",
        _shared(request, sum_up, claims, evidence)
        | {
            "table": table,
            "bench": bench,
            "last_time": last_report_back(sum_up.round, but=sum_up),
            "taken_out": sum_up.taken_out.all()[:3],
            "about": about or DescribeForm(sum_up=sum_up),
            "start": start or StartClaimForm(initial={"slip": first}),
            "first": find_source(sum_up, first),
            "is_alone": partial(_is_alone, request),
            "is_mine": sum_up.written_by_id == request.user.pk,
        },
    )


def render_words(
    request: DeskRequest, sum_up: SumUp, form: ClaimForm, *, editing: Claim | None = None
) -> HttpResponse:
    """All words and numbers of the round, where a finding is written on many at once."""
    if sum_up.is_published:
        return render_published(request, sum_up)
    evidence, claims = CitedData(sum_up.round), list(sum_up.claims.with_words())
    bench = Bench(
        sum_up.round,
        evidence=evidence,
        ticked=form.ticked_voices,
        ticked_statements=form.ticked_statements,
        look=Selection.at(request.POST if "look" in request.POST else request.GET),
    )
    return render(
        request,
        "sumup/words.html",
        _shared(request, sum_up, claims, evidence)
        | {
            "bench": bench,
            "last_time": last_report_back(sum_up.round, but=sum_up),
            "drafts": configured_endpoint() is not None,
            "form": form,
            "editing": editing,
        },
    )


def _shared(
    request: DeskRequest, sum_up: SumUp, claims: list[Claim], evidence: CitedData
) -> dict[str, object]:
    lacks = (
        signing_readiness.reasons_unpublishable if sum_up.is_signed else signing_readiness.find_missing_parts
    )
    return {
        "sum_up": sum_up,
        "claims": claims,
        "rests_on": evidence.rests,
        "may_write": request.role >= Role.ORGANISER,
        "missing": lacks(sum_up, claims=claims, evidence=evidence),
        "least": threshold(sum_up.round.organisation).k,
    }


def _is_alone(request: DeskRequest) -> bool:
    """True if nobody else could sign; called by the template only when needed."""
    others = Membership.objects.live().filter(organisation=request.organisation, role__gte=Role.ORGANISER)
    return not others.exclude(account=request.user).exists()


def _typed(form: ClaimForm | DescribeForm | StartClaimForm) -> list[str]:
    """Texts typed into a form, shown for copying."""
    shown = [name for name, field in form.fields.items() if not field.widget.is_hidden]
    values = [form.cleaned_data[name] for name in shown]
    return [value for value in values if isinstance(value, str) and value.strip()]


def render_published(request: DeskRequest, sum_up: SumUp, *, unsaved: Sequence[str] = ()) -> HttpResponse:
    """The published report-back and the responses to it."""
    report, least = find_report_back_of(sum_up), threshold(sum_up.round.organisation)
    claims = claims_with_shares(report, "", least) if report else []
    ours = sum_up.claims.prefetch_related("demands")
    demands = {demand.pk: demand for claim in ours for demand in claim.demands.all()}
    return render(
        request,
        "sumup/published.html",
        {
            "sum_up": sum_up,
            "cited": Citation.objects.filter(claim__in=ours, voice__isnull=False).order_by("pk"),
            "report": report,
            "claims": claims,
            "demands": list(demands.values()),
            "unsaved": unsaved,
            "least": least.k,
            "goal": GOAL,
        },
    )
