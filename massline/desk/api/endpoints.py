"""Endpoints of the API. Each needs a key with one scope; none gives access to a contact.

Docstrings of the functions are part of the published description.
"""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import NinjaAPI, Query, Status
from ninja.errors import HttpError

from massline import __version__
from massline.core.invisible_characters import strip_control_characters
from massline.desk.api import list_rows as api_rows
from massline.desk.api import public_figures, rate_limits
from massline.desk.api.access import KeyAuthentication
from massline.desk.api.models import ApiKey, ApiScope
from massline.desk.api.schemas import (
    CallOut,
    ClaimOut,
    ConversationOut,
    DecisionOut,
    EventOut,
    FieldReportIn,
    FieldReportOut,
    LessonOut,
    Page,
    Problem,
    ReportOut,
    ResultOut,
    TooOftenOut,
    digest_of_report,
)
from massline.desk.listen.field_reports.actions import VoiceText, write_field_report
from massline.desk.listen.rounds.models import FieldReport, ListeningRound, middle_mood
from massline.desk.people.models import Organisation, Section

REFUSALS = {frozenset({401, 403, 422}): Problem, 429: TooOftenOut}
api = NinjaAPI(
    title="Massline",
    version=__version__,
    description="What an organisation says and decides, and the counts behind it. Never contacts.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
    openapi_extra={
        "tags": [
            {"name": "said in public", "description": "What the organisation published."},
            {"name": "decided and learnt", "description": "What it decided, and what it learnt."},
            {"name": "counted", "description": "Counts. A number by which few could be known is null."},
            {"name": "written", "description": "What other programs bring in."},
        ]
    },
)
api.add_exception_handler(rate_limits.TooManyRequests, rate_limits.too_often_response)


@api.exception_handler(UnicodeEncodeError)
def refuse_half_letters(request: HttpRequest, problem: UnicodeEncodeError) -> HttpResponse:
    """Answer 422: JSON can hold halves of letters, which no database keeps."""
    return JsonResponse(
        {"detail": "A text holds half a letter (a lone surrogate). Nothing was kept."}, status=422
    )


def _organisation_of(request: HttpRequest) -> Organisation:
    key: ApiKey = request.auth  # type: ignore[attr-defined]
    return key.organisation


@api.get(
    "/calls",
    response={200: list[CallOut], **REFUSALS},
    auth=KeyAuthentication(ApiScope.CALLS),
    url_name="calls",
    tags=["said in public"],
)
def calls(request: HttpRequest, response: HttpResponse, page: Query[Page]) -> list[CallOut]:
    """Calls that are or were out, the newest first."""
    return api_rows.list_calls(_organisation_of(request)).page(page, request, response)


@api.get(
    "/events",
    response={200: list[EventOut], **REFUSALS},
    auth=KeyAuthentication(ApiScope.CALLS),
    url_name="events",
    tags=["said in public"],
)
def events(request: HttpRequest, response: HttpResponse, page: Query[Page]) -> list[EventOut]:
    """Events that people come to, the latest first."""
    return api_rows.list_events(_organisation_of(request)).page(page, request, response)


@api.get(
    "/report-backs",
    response={200: list[ReportOut], **REFUSALS},
    auth=KeyAuthentication(ApiScope.REPORTS),
    url_name="reports",
    tags=["said in public"],
)
def report_backs(request: HttpRequest, response: HttpResponse, page: Query[Page]) -> list[ReportOut]:
    """Report-backs to the people who spoke, as they were published."""
    return api_rows.list_report_backs(_organisation_of(request)).page(page, request, response)


@api.get(
    "/decisions",
    response={200: list[DecisionOut], **REFUSALS},
    auth=KeyAuthentication(ApiScope.DECISIONS),
    url_name="decisions",
    tags=["decided and learnt"],
)
def decisions(request: HttpRequest, response: HttpResponse, page: Query[Page]) -> list[DecisionOut]:
    """Published decisions, with the dissent and the day of review."""
    return api_rows.list_decisions(_organisation_of(request)).page(page, request, response)


@api.get(
    "/lessons",
    response={200: list[LessonOut], **REFUSALS},
    auth=KeyAuthentication(ApiScope.LESSONS),
    url_name="lessons",
    tags=["decided and learnt"],
)
def lessons(request: HttpRequest, response: HttpResponse, page: Query[Page]) -> list[LessonOut]:
    """Lessons of the organisation's own reviews."""
    return api_rows.list_lessons(_organisation_of(request)).page(page, request, response)


@api.get(
    "/results",
    response={200: list[ResultOut], **REFUSALS},
    auth=KeyAuthentication(ApiScope.RESULTS),
    url_name="results",
    tags=["counted"],
)
def results(request: HttpRequest, response: HttpResponse, page: Query[Page]) -> list[ResultOut]:
    """Counts by section. A number that is null is hidden: few could be known by it."""
    return api_rows.list_results(_organisation_of(request)).page(page, request, response)


@api.get(
    "/conversations",
    response={200: list[ConversationOut], **REFUSALS},
    auth=KeyAuthentication(ApiScope.HEARD),
    url_name="conversations",
    tags=["counted"],
)
def conversations(request: HttpRequest, response: HttpResponse, page: Query[Page]) -> list[ConversationOut]:
    """Conversations and how each statement was answered, as the public results show it; the newest first."""
    return public_figures.list_conversations(_organisation_of(request)).page(page, request, response)


@api.get(
    "/claims",
    response={200: list[ClaimOut], **REFUSALS},
    auth=KeyAuthentication(ApiScope.HEARD),
    url_name="claims",
    tags=["counted"],
)
def claims(request: HttpRequest, response: HttpResponse, page: Query[Page]) -> list[ClaimOut]:
    """The sentences of report-backs, and how many readers said that they were heard right."""
    return public_figures.list_claims(_organisation_of(request)).page(page, request, response)


@api.post(
    "/field-reports",
    response={201: FieldReportOut, 404: Problem, 409: Problem, **REFUSALS},
    tags=["written"],
    auth=KeyAuthentication(ApiScope.WRITE_VOICES),
    url_name="field_reports",
)
def write_field_report_of_voice(request: HttpRequest, body: FieldReportIn) -> Status[FieldReportOut]:
    """Keep what was heard, word for word, in an open listening round.

    The same id twice is kept once, also when the round has closed since. With something else in it than the first
    time it is refused with 409, unless words of it were corrected or deleted since.
    """
    organisation = _organisation_of(request)
    digest = digest_of_report(body)
    already = FieldReport.objects.filter(uuid=body.id, round__organisation=organisation).first()
    if already is not None:
        if already.round_id != body.round or already.sent_digest not in {"", digest}:
            raise HttpError(409, "This id was kept before, with something else in it. Nothing was changed.")
        return Status(201, FieldReportOut(id=already.uuid, voices=already.voices.count()))
    round_ = ListeningRound.objects.of(organisation).filter(pk=body.round).first()
    if round_ is None:
        raise Http404
    if not round_.is_open:
        raise HttpError(409, "This round is not open. Nothing was kept.")
    if body.day is not None and body.day > timezone.localdate():
        raise HttpError(422, "This day is still to come. Nothing was kept.")
    if body.steps and (min(body.steps) < 0 or not 0 < sum(body.steps) <= body.people):
        raise HttpError(422, "The steps add up to nobody or to more than took part. Nothing was kept.")
    name = strip_control_characters(body.section)
    section = Section.objects.filter(organisation=organisation, name=name).first()
    if name != body.section:
        section = None
    if body.section and section is None:
        raise HttpError(422, "No section has this name. Nothing was kept.")
    report = write_field_report(
        round_=round_,
        by=None,
        section=section,
        channel=body.channel,
        voices=[
            VoiceText(
                strip_control_characters(voice.text), voice.kind, strip_control_characters(voice.language)
            )
            for voice in body.voices
        ],
        mood=middle_mood(body.steps) if body.steps else body.mood,
        people=body.people,
        steps=body.steps,
        day=body.day,
        uuid=body.id,
        sent_digest=digest,
    )
    return Status(201, FieldReportOut(id=report.uuid, voices=report.voices.count()))
