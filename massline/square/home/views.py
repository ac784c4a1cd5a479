"""The front page of the square, the page of an organisation, "what's next", and the choice of language."""

from hashlib import blake2b

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag, url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from massline.files.schema_files import SCHEMA_NAMES, file_of, read_schema_text
from massline.square.calls.models import PublicEvent
from massline.square.elections.models import PublishedElection
from massline.square.home.feeds import atom_feed
from massline.square.home.whats_next import whats_next_of
from massline.square.organisations.access import access_organisation
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.wins_and_promises import WINS
from massline.web.language_choice import WRITTEN_LANGUAGES
from massline.web.organisation_branding import KEPT, serve_branding_css, serve_mark


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show who stands here; where it is one organisation alone, its own page."""
    organisations = list(PublicOrganisation.objects.filter(parent=None))
    if len(organisations) == 1:
        return redirect(organisations[0])
    meetings = PublicEvent.objects.mass_meetings().coming_up().with_page()
    soonest: dict[int, PublicEvent] = {}
    for meeting in meetings:
        soonest.setdefault(meeting.organisation_id, meeting)
    listed = [(organisation, soonest.get(organisation.pk)) for organisation in organisations]
    return render(request, "square_home/front.html", {"listed": listed})


@require_safe
def show_organisation(request: HttpRequest, org: str) -> HttpResponse:
    organisation = access_organisation(org)
    now = whats_next_of(organisation)
    return render(
        request,
        "square_home/organisation.html",
        {
            "organisation": organisation,
            "now": now,
            "events": organisation.events.not_over().with_page()[:12],
            "reports": organisation.reports.select_related("organisation")[:6],
            "answers": organisation.answers.all()[:3],
            "wins": organisation.outcomes.filter(state__in=WINS)[:3],
            "has_outcomes": organisation.outcomes.exists(),
            "conversations": organisation.conversations.talks().begun().select_related("organisation")[:6],
            "elections": PublishedElection.objects.begun().of(organisation)[:3],
            "chapters": organisation.chapters.all(),
        },
    )


@require_safe
def whats_next(request: HttpRequest, org: str) -> HttpResponse:
    organisation = access_organisation(org)
    now = whats_next_of(organisation)
    return render(
        request, "square_home/next.html", {"organisation": organisation, "now": now, "next": now.next}
    )


@require_safe
def news(request: HttpRequest, org: str, code: str = "") -> HttpResponse:
    organisation = access_organisation(org)
    if code and code not in WRITTEN_LANGUAGES:
        raise Http404
    feed = atom_feed(organisation, code).encode()
    etag = quote_etag(blake2b(feed, digest_size=16).hexdigest())
    response: HttpResponse = get_conditional_response(request, etag=etag) or HttpResponse(
        feed, content_type="application/atom+xml; charset=utf-8"
    )
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=300"
    return response


@require_safe
def document_schema(request: HttpRequest, name: str) -> HttpResponse:
    """Serve the JSON Schema of a document under an address that stays, such as /-/schemas/mood-1.json."""
    known = {file_of(each).stem: each for each in SCHEMA_NAMES}
    if name not in known:
        raise Http404
    response = HttpResponse(read_schema_text(known[name]), content_type="application/schema+json")
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language chosen and go back to the page it was chosen on."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    back = request.GET.get("next", "/")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = redirect(back if ours else "/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=60 * 60 * 24 * 365,
        path="/",
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


@require_safe
def face_css(request: HttpRequest, org: str) -> HttpResponse:
    """Serve an organisation's own colours as a stylesheet."""
    return serve_branding_css(access_organisation(org), kept=KEPT)


@require_safe
def mark(request: HttpRequest, org: str) -> HttpResponse:
    """Serve an organisation's own mark as a picture."""
    return serve_mark(access_organisation(org).mark, kept=KEPT)
