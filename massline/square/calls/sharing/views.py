"""Short addresses, pictures for links, linked data, and a frame for other sites."""

from uuid import UUID

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from massline.square import rate_limits
from massline.square.calls.access import access_call, access_code, access_event
from massline.square.calls.localized_call import call_wording_for
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.calls.printed.printed_subject import SubjectOnPaper
from massline.square.calls.printed.subjects import access_subject
from massline.square.calls.sharing.json_ld import event_json_ld
from massline.square.calls.sharing.open_counts import TYPED, count_opening
from massline.square.calls.sharing.picture import CONTENT_TYPES, FILES, render_picture
from massline.square.organisations.access import access_organisation
from massline.square.organisations.models import PublicOrganisation
from massline.web.language_choice import in_language
from massline.web.rate_limits import TooManyTries

ANYWHERE = {"frame-ancestors": ["*"]}


@never_cache
@require_safe
def redirect_short_address(request: HttpRequest, code: str, source: str = TYPED) -> HttpResponse:
    """Count the opening and redirect to the call, whose address does not contain the source."""
    call = access_code(code)
    if request.method == "GET" and rate_limits.openings.allows(request):
        count_opening(call, source.lower())
    return redirect(call)


@require_safe
def share_picture(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    """The wide picture beside a link to a call; ?in= names the language."""
    return _picture(request, access_subject(org, "calls", slug, request.GET.get("in", "")), "wide.png")


@require_safe
def share_file(request: HttpRequest, org: str, kind: str, key: str, file: str) -> HttpResponse:
    """A picture or loop of a call, event, listening round or report-back; ?in= names a call's language."""
    if file not in FILES:
        raise Http404
    return _picture(request, access_subject(org, kind, key, request.GET.get("in", "")), file)


def _picture(request: HttpRequest, subject: SubjectOnPaper, file: str) -> HttpResponse:
    def count_drawing() -> None:
        if wait := rate_limits.pictures.wait_of(request):
            raise TooManyTries(wait)

    response = HttpResponse(
        render_picture(subject, FILES[file], before_drawing=count_drawing),
        content_type=CONTENT_TYPES[file.rpartition(".")[2]],
    )
    # It is made to be shown by others, beside a link to us.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = "public, max-age=600"
    return response


@require_safe
def linked_data(request: HttpRequest, org: str, uuid: UUID) -> HttpResponse:
    event = access_event(org, uuid)
    return JsonResponse(
        event_json_ld(event),
        content_type="application/ld+json; charset=utf-8",
        json_dumps_params={"ensure_ascii": False},
    )


@xframe_options_exempt
@require_safe
def widget(request: HttpRequest, org: str, slug: str) -> HttpResponseBase:
    """A call in a frame on another site: no form, no cookie, one link to the page."""
    call = access_call(org, slug)
    return _framed(request, call, call.event)


@xframe_options_exempt
@require_safe
def widget_now(request: HttpRequest, org: str) -> HttpResponseBase:
    """A frame that needs no update: the current call, else the next mass meeting, else a note that none is planned."""
    organisation = access_organisation(org)
    call = organisation.calls.running().first()
    if call is not None:
        call.organisation = call.event.organisation = organisation
        return _framed(request, call, call.event)
    meeting = PublicEvent.objects.next_mass_meeting(organisation)
    return _framed(request, None, meeting, organisation=organisation)


def _framed(
    request: HttpRequest,
    call: PublishedCall | None,
    event: PublicEvent | None,
    **known: PublicOrganisation,
) -> HttpResponseBase:
    # A frame is read where our own cookie is not: it speaks the call's language unless ?in= names another.
    wanted = request.GET.get("in", call.language if call else "")
    words = call_wording_for(call, wanted) if call else None
    organisation = event.organisation if event else known["organisation"]
    context = {"organisation": organisation, "event": event, "call": call, "words": words}

    @csp_replace(ANYWHERE)
    def draw(request: HttpRequest) -> HttpResponse:
        return render(request, "calls/widget.html", context)

    with in_language(words.language if words else wanted, organisation.language):
        response = draw(request)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
