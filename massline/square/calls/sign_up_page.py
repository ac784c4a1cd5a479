"""The page with the sign-up form: made anew for each, and once a second for all while very many come at once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from secrets import token_hex
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from massline.core.disclosure_threshold import threshold
from massline.square.calls.localized_call import all_wordings, choose_wording
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.envelopes.event_capacity import count_sign_ups, is_full
from massline.square.envelopes.forms import ComingForm, fresh_form_id
from massline.square.envelopes.timeslots import FilledSlot, slots_of
from massline.web.microcache import Microcache

ASKED_SHOWN = 6
# Stand in a page that is kept for a moment; each reader gets a number and a token of their own in their place.
# They are drawn at random, so that nobody can write them into a text of the page and have a token put there.
_FORM_ID, _CSRF_TOKEN = token_hex(16), token_hex(16)


@dataclass(frozen=True)
class SignUpPage:
    """What a form is held against: the event, its call if it has one, and its hours and roles."""

    event: PublicEvent
    call: PublishedCall | None
    slots: list[FilledSlot]

    @property
    def takes_sign_ups(self) -> bool:
        return (self.call or self.event).takes_sign_ups

    def check(self, sent: QueryDict) -> ComingForm:
        """Return the form with what was sent, to be checked; whoever shows it makes one of its own by `form`."""
        if sent.get("as_it_is"):  # asks for less of one field
            return self.form(sent)
        return self._unsent.bound_to(sent)

    @cached_property
    def _unsent(self) -> ComingForm:
        return self.form()

    def form(self, *args: object, **kwargs: object) -> ComingForm:
        country = self.event.organisation.phone_country
        return ComingForm(*args, about=self.event.uuid, country=country, slots=self.slots, **kwargs)


class HasCall(Exception):
    """The event has a call, and one page for both."""

    def __init__(self, call: PublishedCall) -> None:
        super().__init__(call)
        self.call = call


def page_of_call(call: PublishedCall) -> SignUpPage:
    return SignUpPage(call.event, call, slots_of(call.event.uuid))


def page_of_event(event: PublicEvent) -> SignUpPage:
    """The page of an event without a call; raises HasCall for one that has."""
    if hasattr(event, "call"):
        raise HasCall(event.call)
    return SignUpPage(event, None, slots_of(event.uuid))


_loaded: Microcache[SignUpPage] = Microcache()
_blank: Microcache[tuple[UUID, str]] = Microcache()


def load_page(key: tuple[str, ...], load: Callable[[], SignUpPage]) -> SignUpPage:
    """What a form that was sent is held against, at most a second old."""
    return _loaded.get(key, load)


def show_empty_form(
    request: HttpRequest, key: tuple[str, ...], load: Callable[[], SignUpPage]
) -> HttpResponse:
    """Answer with an empty form, which has a number and a token of its own whoever else has read the same page."""
    about, html = _blank.get(
        (*key, request.LANGUAGE_CODE, request.path), lambda: _make_blank(request, load())
    )
    if _FORM_ID in html:
        html = html.replace(_FORM_ID, fresh_form_id(about)).replace(_CSRF_TOKEN, get_token(request))
    return HttpResponse(html)


def _make_blank(request: HttpRequest, page: SignUpPage) -> tuple[UUID, str]:
    form = page.form(initial={"form_id": _FORM_ID})
    return page.event.uuid, render_page(request, page, form, csrf_token=_CSRF_TOKEN)


def render_page(request: HttpRequest, page: SignUpPage, form: ComingForm, **context: object) -> str:
    event, call = page.event, page.call
    counted = count_sign_ups([event.uuid])[event.uuid]
    return render_to_string(
        "calls/call.html" if call else "calls/event.html",
        {
            "organisation": event.organisation,
            "event": event,
            "call": call,
            **(_languages(request, call) if call else {}),
            "owed": call.debts.overdue() if call and getattr(call, "owes", False) else [],
            "asked": event.organisation.answers.filter(event=event.uuid)[:ASKED_SHOWN],
            "form": form,
            "is_over": (call or event).is_over,
            "takes_sign_ups": page.takes_sign_ups,
            "is_full": page.takes_sign_ups and is_full(event.uuid, counted),
            "coming": counted.coming if threshold(event.organisation).shows(counted.coming) else None,
            **context,
        },
        request,
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
