"""Pages of calls and events with their sign-up form, and their calendars."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from massline.core.db.group_commit import DeferredOutcome, UnknownOutcome
from massline.core.time_zones import in_zone
from massline.square import rate_limits
from massline.square.calls.access import access_call, access_event
from massline.square.calls.calendar_cache import serve_calendar
from massline.square.calls.icalendar_export import export_calendar
from massline.square.calls.models import PublicEvent
from massline.square.calls.sharing.open_counts import count_opening
from massline.square.calls.sign_up_page import (
    HasCall,
    SignUpPage,
    load_page,
    page_of_call,
    page_of_event,
    render_page,
    show_empty_form,
)
from massline.square.envelopes import actions as envelopes
from massline.square.envelopes.forms import ComingForm
from massline.square.organisations.access import access_organisation
from massline.web.language_choice import WRITTEN_LANGUAGES

LATER_SECONDS = 5


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    if request.method == "GET" and "s" in request.GET:
        call = access_call(org, slug)
        count_opening(call, request.GET["s"])
        return redirect(call)
    return _page(request, ("call", org, slug), lambda: page_of_call(access_call(org, slug)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def event(request: HttpRequest, org: str, uuid: UUID) -> HttpResponse:
    try:
        return _page(request, ("event", org, str(uuid)), lambda: page_of_event(access_event(org, uuid)))
    except HasCall as elsewhere:
        return redirect(elsewhere.call)


def _page(request: HttpRequest, key: tuple[str, ...], load: Callable[[], SignUpPage]) -> HttpResponse:
    if request.method != "POST":
        return show_empty_form(request, key, load)
    page = load_page(key, load)
    timezone.activate(page.event.organisation.zone)
    checked = page.check(request.POST)
    if not page.takes_sign_ups:
        return _refuse(request, page, 409, _("Nothing was saved: sign-up is closed."))
    if not checked.is_valid():
        return HttpResponse(render_page(request, page, page.form(request.POST)))
    if not rate_limits.sign_ups.allows(request):
        sentence = _(
            "Nothing was saved: too many sign-ups came from your connection. Please try again in ten minutes."
        )
        return _refuse(request, page, 429, sentence)
    try:
        return redirect("envelopes:thanks", _leave(page.event, checked))
    except UnknownOutcome:
        sentence = _(
            "We can’t tell yet whether you’re on the list: very many are signing up now. Send it again in a moment. "
            "You’re counted only once."
        )
        response = _refuse(request, page, 503, ValidationError(sentence, code="cannot-tell-yet"))
    except DeferredOutcome:
        sentence = _("Nothing was saved: very many are signing up now. Send it again in a moment.")
        response = _refuse(request, page, 503, ValidationError(sentence, code="many-at-once"))
    response["Retry-After"] = str(LATER_SECONDS)
    return response


def _refuse(
    request: HttpRequest, page: SignUpPage, status: int, reason: str | ValidationError
) -> HttpResponse:
    """The form with what was typed, and why it was not taken."""
    form = page.form(request.POST)
    form.add_error(None, reason)
    return HttpResponse(render_page(request, page, form), status=status)


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
    return serve_calendar(
        request,
        event.organisation,
        PublicEvent.objects.filter(pk=event.pk),
        lambda: export_calendar(event.organisation, [event]),
        name=f"{org}-{event.starts_at:%Y-%m-%d}.ics",
    )


@require_safe
def feed(request: HttpRequest, org: str, code: str = "") -> HttpResponse:
    """All events of an organisation; with a language, in its words where somebody wrote them."""
    organisation = access_organisation(org)
    if code and code not in WRITTEN_LANGUAGES:
        raise Http404
    events = organisation.events.with_page()
    if code:
        events = events.prefetch_related("call__translations")
    return serve_calendar(
        request,
        organisation,
        events,
        lambda: export_calendar(organisation, events, name=organisation.name, language=code),
        name=f"{org}-{code}.ics" if code else f"{org}.ics",
        language=code,
    )
