"""A report-back, and the readers' answer to it."""

from uuid import UUID

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from massline.core.disclosure_threshold import threshold
from massline.square import rate_limits
from massline.square.conversations.actions import add_statement
from massline.square.conversations.voting.voter_cookie import fresh_token, set_cookie, token_of
from massline.square.organisations.access import access_organisation
from massline.square.reports import reader_answers
from massline.square.reports.access import access_report
from massline.square.reports.answers_leaflet import answers_leaflet_pdf
from massline.square.reports.approved_replies import approved_replies
from massline.square.reports.forms import InsteadForm
from massline.square.reports.models import HeardAnswer
from massline.square.reports.report_back_pdf import report_back_pdf
from massline.square.reports.section_answers import GOAL, claims_with_shares, section_of_reader
from massline.square.reports.wins_and_promises import RUNNING, WINS, PublicState

ANSWERS_SHOWN = 40
SALT = "massline.heard"


@never_cache
@require_safe
def show_report(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    report = access_report(org, slug)
    token = token_of(request)
    least = threshold(report.organisation)
    key = report.pseudonym(token) if token else ""
    return render(
        request,
        "reports/report.html",
        {
            "organisation": report.organisation,
            "report": report,
            "claims": claims_with_shares(report, key, least),
            "sections": reader_answers.sections_of(report) if report.asks_back else [],
            "my_section": section_of_reader(report, key),
            "goal": GOAL,
            "calls": report.calls.select_related("event", "organisation"),
            "choices": HeardAnswer.choices,
            "least": least.k,
            "replies": approved_replies(report),
            "reader": signing.dumps(token or fresh_token(), salt=SALT),
        },
    )


@require_safe
def sheet(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    """The whole of it on one A4, to print."""
    report = access_report(org, slug)
    answer = HttpResponse(report_back_pdf(report), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{report.slug}.pdf"'
    return answer


@require_safe
def answers(request: HttpRequest, org: str) -> HttpResponse:
    """Questions and the organisation's answers, the newest first."""
    organisation = access_organisation(org)
    shown = organisation.answers.all()[:ANSWERS_SHOWN]
    return render(request, "reports/answers.html", {"organisation": organisation, "answers": shown})


@require_safe
def answers_sheet(request: HttpRequest, org: str) -> HttpResponse:
    """The newest answers as a leaflet; with ?event=, those about this event first."""
    organisation = access_organisation(org)
    shown = list(organisation.answers.all()[:ANSWERS_SHOWN])
    try:
        event = UUID(request.GET.get("event", ""))
    except ValueError:
        event = None
    if event is not None:
        shown.sort(key=lambda answer: answer.event != event)
    if not shown:
        raise Http404
    address = reverse("reports:answers", args=[org], urlconf="massline.urls_square")
    answer = HttpResponse(
        answers_leaflet_pdf(organisation, shown, address=address), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'inline; filename="{org}-answers.pdf"'
    return answer


@require_safe
def show_wins(request: HttpRequest, org: str) -> HttpResponse:
    """What was won, what was promised by when, and what was not kept."""
    organisation = access_organisation(org)
    outcomes = organisation.outcomes.all()
    page = {
        "organisation": organisation,
        "wins": outcomes.filter(state__in=WINS)[:ANSWERS_SHOWN],
        "running": outcomes.filter(state__in=RUNNING).order_by("due_on")[:ANSWERS_SHOWN],
        "broken": outcomes.filter(state=PublicState.BROKEN)[:ANSWERS_SHOWN],
        "lost": outcomes.filter(state=PublicState.LOST)[:ANSWERS_SHOWN],
    }
    return render(request, "reports/won.html", page)


@require_POST
def say_instead(request: HttpRequest, org: str, slug: str, claim: UUID) -> HttpResponse:
    """Keep what a reader says a claim got wrong, in the conversation it came from, until an organiser has read it."""
    report = access_report(org, slug)
    asked = get_object_or_404(report.claims, uuid=claim)
    if not report.asks_back or report.conversation is None:
        raise Http404
    form = InsteadForm(request.POST)
    if not form.is_valid():
        return redirect(f"{report.get_absolute_url()}#claim-{asked.order}")
    if not rate_limits.words.allows(request):
        return render(
            request, "conversations/too_many.html", {"organisation": report.organisation}, status=429
        )
    add_statement(
        report.conversation, text=form.cleaned_data["words"], token=token_of(request) or None, hold=True
    )
    return render(
        request, "reports/said_instead.html", {"organisation": report.organisation, "report": report}
    )


@require_POST
def record_heard_answer(request: HttpRequest, org: str, slug: str, claim: UUID) -> HttpResponse:
    """Keep one answer to one claim, by the browser the form was made for; the cookie that allows to change it is set now."""
    report = access_report(org, slug)
    if not report.asks_back:
        raise Http404
    asked = get_object_or_404(report.claims.select_related("report"), uuid=claim)
    try:
        value = HeardAnswer(int(request.POST.get("heard", "")))
        reader = signing.loads(request.POST.get("reader", ""), salt=SALT)
    except (ValueError, signing.BadSignature):
        return render(request, "web/stale.html", status=403)
    token = token_of(request) or reader
    if token != reader:
        return render(request, "web/stale.html", status=403)
    wait = rate_limits.votes.wait_of(request)
    if wait is None and not reader_answers.has_answered(report, token):
        wait = rate_limits.wait_of_newcomer(request, f"report {report.pk}")
    if wait is not None:
        return wait.answer(request, "conversations/too_many.html", {"organisation": report.organisation})
    asked.report = report
    reader_answers.record_answer(asked, token=token, value=value, section=request.POST.get("section", ""))
    response = redirect(report)
    response["Location"] += f"#claim-{asked.order}"
    set_cookie(response, token)
    return response
