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

from massline.core.db.batch_writer import DeferredOutcome
from massline.core.time_zones import in_zone
from massline.square import rate_limits
from massline.square.calls.access import access_call, access_event
from massline.square.calls.calendar_cache import answer_with_calendar
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
    show_blank,
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
        return show_blank(request, key, load)
    page = load_page(key, load)
    timezone.activate(page.event.organisation.zone)
    form, status = page.form(request.POST), 200
    if not page.takes_sign_ups:
        form.add_error(None, _("Nothing was saved: sign-up is closed."))
        status = 409
    elif form.is_valid():
        try:
            if rate_limits.sign_ups.allows(request):
                return redirect("envelopes:thanks", _leave(page.event, form))
        except DeferredOutcome:
            status = 503
            sentence = _("Nothing was saved: very many are signing up now. Send it again in a moment.")
            form.add_error(None, ValidationError(sentence, code="many-at-once"))
        else:
            status = 429
            form.add_error(
                None,
                _(
                    "Nothing was saved: too many sign-ups came from your connection. Please try again in "
                    "ten minutes."
                ),
            )
    response = HttpResponse(render_page(request, page, form), status=status)
    if status == 503:
        response["Retry-After"] = str(LATER_SECONDS)
    return response


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
    return answer_with_calendar(
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
        events = events.prefetch_related("call__versions")
    return answer_with_calendar(
        request,
        organisation,
        events,
        lambda: export_calendar(organisation, events, name=organisation.name, language=code),
        name=f"{org}-{code}.ics" if code else f"{org}.ics",
        language=code,
    )
