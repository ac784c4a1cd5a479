"""Pages of one's own sign-up: thanks, change, cancel, confirm, stop. The secret in the address is the only key."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from massline.square.calls.icalendar_export import export_calendar
from massline.square.calls.models import PublicEvent
from massline.square.envelopes import actions
from massline.square.envelopes.access import access_envelope
from massline.square.envelopes.event_capacity import TooFewPlaces
from massline.square.envelopes.forms import ComingForm
from massline.square.envelopes.join_links import open_join_link
from massline.square.envelopes.models import Envelope


def _event_of(envelope: Envelope) -> PublicEvent | None:
    """The event that an envelope is about, if it is still on the square."""
    return PublicEvent.objects.select_related("organisation", "call").filter(uuid=envelope.about).first()


@never_cache
@require_safe
def thanks(request: HttpRequest, secret: str) -> HttpResponse:
    envelope = access_envelope(secret)
    if envelope.on_paper:
        return redirect("envelopes:manage", secret)
    return render(request, "envelopes/thanks.html", _about(envelope, secret))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, secret: str) -> HttpResponse:
    envelope = access_envelope(secret)
    event = _event_of(envelope)
    taken = str(envelope.slot.uuid) if envelope.slot else ""
    form = ComingForm(
        request.POST or None,
        about=envelope.about,
        country=envelope.organisation.phone_country,
        initial={"slot": taken, "people": envelope.people},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_envelope(
                envelope,
                contents=form.contents(),
                secret=secret,
                slot=form.chosen_slot,
                people=form.cleaned_data["people"],
            )
        except TooFewPlaces as refusal:
            form.refuse_people(refusal.left)
        else:
            return redirect("envelopes:manage" if envelope.on_paper else "envelopes:thanks", secret)
    return render(
        request,
        "envelopes/manage.html",
        {
            "organisation": envelope.organisation,
            "envelope": envelope,
            "event": event,
            "joins": _joins(envelope, event, secret),
            "form": form,
            "secret": secret,
        },
    )


@require_POST
def cancel(request: HttpRequest, secret: str) -> HttpResponse:
    actions.cancel_envelope(access_envelope(secret))
    return redirect("envelopes:manage", secret)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """The page a reminder links to. A button confirms, because mail programs open links on their own."""
    envelope = access_envelope(secret)
    if request.method == "POST":
        actions.confirm_sign_up(envelope)
        return redirect("envelopes:confirm", secret)
    return render(request, "envelopes/confirm.html", _about(envelope, secret))


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, secret: str) -> HttpResponse:
    """Stop all messages. Mail programs post here by themselves (RFC 8058), without cookies; the secret is enough.

    A message about several sign-ups with one address joins their secrets by hyphens.
    """
    envelope = access_envelope(secret.partition("-")[0])
    if request.method == "POST":
        for part in secret.split("-"):
            actions.stop_messages(access_envelope(part))
    secret = secret.partition("-")[0]
    return render(
        request, "envelopes/stop.html", _about(envelope, secret) | {"stopped": request.method == "POST"}
    )


@never_cache
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The event for one's own calendar, with the link to join online where one has a place."""
    envelope = access_envelope(secret)
    event = _event_of(envelope)
    if event is None:
        raise Http404
    joins = _joins(envelope, event, secret)
    body = export_calendar(
        event.organisation, [event], language=request.LANGUAGE_CODE, link=joins.link if joins else ""
    )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{event.organisation.slug}.ics"'
    return response


@dataclass(frozen=True)
class Joins:
    """How somebody with a place joins online; the link is empty until it is there."""

    link: str


def _joins(envelope: Envelope, event: PublicEvent | None, secret: str) -> Joins | None:
    """None where nothing is online, and for who has no place, wrote off or was handed a link on paper."""
    if event is None or not event.is_online or event.is_cancelled:
        return None
    link = open_join_link(envelope, secret)
    has_place = not (envelope.is_cancelled or envelope.awaits_place or envelope.on_paper)
    return Joins(link) if has_place else None


def _about(envelope: Envelope, secret: str) -> dict[str, object]:
    event = _event_of(envelope)
    joins = _joins(envelope, event, secret)
    own = reverse("envelopes:calendar", args=[secret]) if joins else ""
    return {
        "organisation": envelope.organisation,
        "envelope": envelope,
        "event": event,
        "joins": joins,
        "event_calendar": own or (event.get_calendar_url() if event else ""),
        "secret": secret,
    }
