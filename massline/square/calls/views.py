"""Pages of calls and events with their sign-up form, and their calendars."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from massline.core.disclosure_threshold import threshold
from massline.core.moments import in_zone
from massline.square import rate_limits
from massline.square.calls.access import access_call, access_event
from massline.square.calls.icalendar_export import export_calendar
from massline.square.calls.localized import all_wordings, choose_wording
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.calls.sharing.openings import count_opening
from massline.square.envelopes import actions as envelopes
from massline.square.envelopes.forms import ComingForm
from massline.square.envelopes.places import count_sign_ups, is_full
from massline.square.organisations.access import access_organisation
from massline.web.languages import WRITTEN_LANGUAGES

ASKED_SHOWN = 6


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    call = access_call(org, slug)
    if request.method == "GET" and "s" in request.GET:
        count_opening(call, request.GET["s"])
        return redirect(call)
    return _page(request, call.event, call)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def event(request: HttpRequest, org: str, uuid: UUID) -> HttpResponse:
    event = access_event(org, uuid)
    if hasattr(event, "call"):
        return redirect(event.call)
    return _page(request, event, None)


def _page(request: HttpRequest, event: PublicEvent, call: PublishedCall | None) -> HttpResponse:
    form = ComingForm(
        request.POST if request.method == "POST" else None,
        about=event.uuid,
        country=event.organisation.phone_country,
    )
    status = 200
    published = call or event
    if request.method == "POST" and not published.takes_sign_ups:
        form.add_error(None, _("Nothing was saved: sign-up is closed."))
        status = 409
    elif request.method == "POST" and form.is_valid():
        if rate_limits.sign_ups.allows(request):
            return redirect("envelopes:thanks", _leave(event, form))
        form.add_error(
            None,
            _(
                "Nothing was saved: too many sign-ups came from your connection. Please try again in "
                "ten minutes."
            ),
        )
        status = 429
    counted = count_sign_ups([event.uuid])[event.uuid]
    return render(
        request,
        "calls/call.html" if call else "calls/event.html",
        {
            "organisation": event.organisation,
            "event": event,
            "call": call,
            **(_languages(request, call) if call else {}),
            "owed": call.debts.overdue() if call and getattr(call, "owes", False) else [],
            "asked": event.organisation.answers.filter(event=event.uuid)[:ASKED_SHOWN],
            "form": form,
            "is_over": published.is_over,
            "takes_sign_ups": published.takes_sign_ups,
            "is_full": published.takes_sign_ups and is_full(event.uuid, counted),
            "coming": counted.coming if threshold(event.organisation).shows(counted.coming) else None,
        },
        status=status,
    )


def _languages(request: HttpRequest, call: PublishedCall) -> dict[str, object]:
    """The call's words in the reader's language if somebody wrote them, and all other versions."""
    written = all_wordings(call)
    words = choose_wording(written, request.LANGUAGE_CODE)
    return {
        "words": words,
        "picture": call.get_picture_url(words.language),
        "others": [version for version in written if version.language != words.language],
        "sponsors": call.sponsors.select_related("organisation"),
    }


def _leave(event: PublicEvent, form: ComingForm) -> str:
    _envelope, secret = envelopes.leave_envelope(
        organisation=event.organisation,
        about=event.uuid,
        contents=form.contents(),
        form_id=form.cleaned_data["form_id"],
        happens_on=in_zone(event.ends_at, event.organisation.zone).date(),
        slot=form.chosen_slot,
        people=form.cleaned_data["people"],
    )
    return secret


@require_safe
def event_calendar(request: HttpRequest, org: str, uuid: UUID) -> HttpResponse:
    event = access_event(org, uuid)
    return _calendar(export_calendar(event.organisation, [event]), f"{org}-{event.starts_at:%Y-%m-%d}.ics")


@require_safe
def feed(request: HttpRequest, org: str, code: str = "") -> HttpResponse:
    """All events of an organisation; with a language, in its words where somebody wrote them."""
    organisation = access_organisation(org)
    if code and code not in WRITTEN_LANGUAGES:
        raise Http404
    events = organisation.events.with_page()
    if code:
        events = events.prefetch_related("call__versions")
    body = export_calendar(organisation, events, name=organisation.name, language=code)
    return _calendar(body, f"{org}-{code}.ics" if code else f"{org}.ics")


def _calendar(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
