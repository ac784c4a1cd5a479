"""Pages for writing, signing and publishing sum-ups."""

from collections.abc import Callable, Sequence
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.disclosure import threshold
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.edits import edit_form, edits_in_turn, report_joined
from massline.desk.listen.rounds.access import access_round
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Membership
from massline.desk.people.states import Role
from massline.desk.sumup.bench.bench import Bench
from massline.desk.sumup.bench.resonance import last_report_back
from massline.desk.sumup.bench.selection import Selection
from massline.desk.sumup.claims import actions, readiness
from massline.desk.sumup.claims.access import access_claim, access_removed_claim, access_sum_up
from massline.desk.sumup.claims.forms import BeginForm, ClaimForm, DescribeForm
from massline.desk.sumup.claims.models import Claim, SumUp
from massline.desk.sumup.claims.number_check import Evidence
from massline.desk.sumup.claims.report_back import report_of
from massline.desk.sumup.drafts.remote_model import configured_endpoint
from massline.desk.sumup.estimates import mood, pulse, themes
from massline.square.reports.by_section import GOAL, claims_with_shares
from massline.web.refusals import name_of_reason


def sum_ups(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    waiting = ListeningRound.objects.of(organisation).filter(sum_ups=None).with_counts()
    rows = SumUp.objects.of(organisation).with_counts()
    return render(request, "sumup/sum_ups.html", {"sum_ups": rows, "waiting": waiting})


def begin_sum_up(request: DeskRequest, org: str, round_pk: int) -> HttpResponse:
    round_ = access_round(request, org, round_pk, need=Role.ORGANISER)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sum_up = actions.begin_sum_up(round_=round_, title=form.cleaned_data["title"], by=request.user)
        _request_estimates(round_)
        return redirect("sumup:sum_up", org, sum_up.pk)
    return render(request, "sumup/begin.html", {"round": round_, "form": form})


def sum_up(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    chosen = access_sum_up(request, org, pk, need=Role.MEMBER)
    return _page(request, chosen, ClaimForm(round_=chosen.round))


@require_POST
def add_claim(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    sum_up = access_sum_up(request, org, pk, need=Role.ORGANISER)
    if "look" in request.POST:
        return _page(request, sum_up, ClaimForm(round_=sum_up.round, kept=request.POST))
    form = ClaimForm(request.POST, round_=sum_up.round)
    if not form.is_valid():
        return _page(request, sum_up, form)
    done = _("The claim stands at the end of the list.")
    verb = partial(actions.add_claim, sum_up=sum_up, by=request.user, **form.cleaned_data)
    return _do(request, sum_up, verb, done, kept=form)


@edits_in_turn
def claim(request: DeskRequest, org: str, pk: int, claim: int) -> HttpResponse:
    chosen = access_claim(request, org, pk, claim, need=Role.ORGANISER)
    if "look" in request.POST:
        kept = ClaimForm(round_=chosen.sum_up.round, kept=request.POST)
        return _page(request, chosen.sum_up, kept, editing=chosen)
    form = edit_form(
        request,
        chosen,
        lambda: ClaimForm(request.POST or None, round_=chosen.sum_up.round, claim=chosen),
    )
    if request.method != "POST" or not form.is_valid():
        return _page(request, chosen.sum_up, form, editing=chosen)
    change = form.cleaned_data
    report_joined(request, form)
    done = _("Changed. Every quote was taken fresh from its source.")
    verb = partial(actions.edit_claim, claim=chosen, by=request.user, **change)
    return _do(request, chosen.sum_up, verb, done, kept=form, editing=chosen)


@require_POST
def remove_claim(request: DeskRequest, org: str, pk: int, claim: int) -> HttpResponse:
    chosen = access_claim(request, org, pk, claim, need=Role.ORGANISER)
    done = _("Taken out. It can be put back, and the words it rested on are all still there.")
    return _do(request, chosen.sum_up, lambda: actions.remove_claim(claim=chosen, by=request.user), done)


@require_POST
def restore_claim(request: DeskRequest, org: str, pk: int, taken: int) -> HttpResponse:
    chosen = access_removed_claim(request, org, pk, taken, need=Role.ORGANISER)
    done = _("It stands where it stood, and cites what it cited.")
    return _do(
        request,
        chosen.sum_up,
        lambda: actions.restore_claim(taken=chosen, by=request.user),
        done,
        part="claim-restored",
    )


@require_POST
def renew_estimates(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Request new estimates of themes, mood and trends."""
    sum_up = access_sum_up(request, org, pk, need=Role.ORGANISER)
    _request_estimates(sum_up.round)
    messages.success(request, _("The worker is at it. Load this page again in a minute."))
    return redirect("sumup:sum_up", org, pk)


def _request_estimates(round_: ListeningRound) -> None:
    themes.request_themes(round_)
    mood.request_mood(round_.organisation)
    pulse.request_pulse(round_.organisation)


@require_POST
def move_claim(request: DeskRequest, org: str, pk: int, claim: int) -> HttpResponse:
    chosen = access_claim(request, org, pk, claim, need=Role.ORGANISER)
    up = "up" in request.POST
    return _do(request, chosen.sum_up, lambda: actions.move_claim(claim=chosen, up=up, by=request.user))


@require_POST
@edits_in_turn
def describe_sum_up(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    sum_up = access_sum_up(request, org, pk, need=Role.ORGANISER)
    form = edit_form(request, sum_up, lambda: DescribeForm(request.POST, sum_up=sum_up))
    if not form.is_valid():
        return _page(request, sum_up, ClaimForm(round_=sum_up.round), about=form)
    verb = partial(actions.describe_sum_up, sum_up=sum_up, by=request.user, **form.cleaned_data)
    report_joined(request, form)
    return _do(request, sum_up, verb, _("Kept."), kept=form)


@require_POST
def sign_sum_up(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    sum_up = access_sum_up(request, org, pk, need=Role.ORGANISER)
    done = _("Signed: every quote was held against its source, byte for byte.")
    return _do(request, sum_up, lambda: actions.sign_sum_up(sum_up=sum_up, by=request.user), done)


@require_POST
def publish_sum_up(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    sum_up = access_sum_up(request, org, pk, need=Role.ORGANISER)
    done = _("Published. Now ask those who spoke: did we hear you right?")
    return _do(request, sum_up, lambda: actions.publish_sum_up(sum_up=sum_up, by=request.user), done)


def _do(
    request: DeskRequest,
    sum_up: SumUp,
    verb: Callable[[], object],
    done: str = "",
    *,
    part: str = "",
    kept: ClaimForm | DescribeForm | None = None,
    editing: Claim | None = None,
) -> HttpResponse:
    """Call `verb`, and show `done` or all reasons for the refusal. Typed text stays on the page."""
    try:
        verb()
    except readiness.NotReady as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason), extra_tags=name_of_reason(reason))
        if kept is not None and sum_up.is_published:
            return _published(request, sum_up, unsaved=_typed(kept))
        if isinstance(kept, ClaimForm):
            return _page(request, sum_up, kept, editing=editing)
    else:
        if done:
            messages.success(request, done, extra_tags=part)
    return redirect("sumup:sum_up", request.organisation.slug, sum_up.pk)


def _page(
    request: DeskRequest,
    sum_up: SumUp,
    form: ClaimForm,
    *,
    editing: Claim | None = None,
    about: DescribeForm | None = None,
) -> HttpResponse:
    if sum_up.is_published:
        return _published(request, sum_up)
    evidence, claims = Evidence(sum_up.round), list(sum_up.claims.with_words())
    lacks = readiness.reasons_unpublishable if sum_up.is_signed else readiness.missing_parts
    bench = Bench(
        sum_up.round,
        evidence=evidence,
        ticked=form.ticked_voices,
        ticked_statements=form.ticked_statements,
        look=Selection.at(request.POST if "look" in request.POST else request.GET),
    )
    return render(
        request,
        "sumup/sum_up.html",
        {
            "sum_up": sum_up,
            "claims": claims,
            "bench": bench,
            "last_time": last_report_back(sum_up.round, but=sum_up),
            "taken_out": sum_up.taken_out.all()[:3],
            "drafts": configured_endpoint() is not None,
            "rests_on": evidence.rests,
            "form": form,
            "about": about or DescribeForm(sum_up=sum_up),
            "editing": editing,
            "may_write": request.role >= Role.ORGANISER,
            "missing": lacks(sum_up, claims=claims, evidence=evidence),
            "is_alone": partial(_is_alone, request),
            "is_mine": sum_up.written_by_id == request.user.pk,
            "least": threshold(sum_up.round.organisation).k,
        },
    )


def _is_alone(request: DeskRequest) -> bool:
    """True if nobody else could sign; called by the template only when needed."""
    others = Membership.objects.live().filter(organisation=request.organisation, role__gte=Role.ORGANISER)
    return not others.exclude(account=request.user).exists()


def _typed(form: ClaimForm | DescribeForm) -> list[str]:
    """Texts typed into a form, shown for copying."""
    return [value for value in form.cleaned_data.values() if isinstance(value, str) and value.strip()]


def _published(request: DeskRequest, sum_up: SumUp, *, unsaved: Sequence[str] = ()) -> HttpResponse:
    """The published report-back and the responses to it."""
    report, least = report_of(sum_up), threshold(sum_up.round.organisation)
    claims = claims_with_shares(report, "", least) if report else []
    ours = sum_up.claims.prefetch_related("demands")
    demands = {demand.pk: demand for claim in ours for demand in claim.demands.all()}
    return render(
        request,
        "sumup/published.html",
        {
            "sum_up": sum_up,
            "report": report,
            "claims": claims,
            "demands": list(demands.values()),
            "unsaved": unsaved,
            "least": least.k,
            "goal": GOAL,
        },
    )
