"""Tags of the square's pages."""

from datetime import date
from typing import Any

import segno
from django import template
from django.conf import settings
from django.template import Context
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from massline.square.calls.models import PublicEvent
from massline.square.calls.sharing.json_ld import schema_status
from massline.square.home.whats_next import CurrentItems, whats_next_of
from massline.square.reports.basis import describe_basis
from massline.web.absolute_urls import public_url
from massline.web.microcache import Microcache
from massline.web.templatetags.massline import on_day, when

register = template.Library()
register.filter(schema_status)
register.filter("rests", describe_basis)
_current: Microcache[CurrentItems] = Microcache()


@register.simple_tag(takes_context=True)
def here(context: Context) -> CurrentItems | None:
    """The organisation's current public items, fetched once a page; once a second while very many read at once."""
    known = context.get("now")
    if isinstance(known, CurrentItems):
        return known
    organisation = context.get("organisation")
    if not organisation:
        return None
    return _current.get(organisation.pk, lambda: whats_next_of(organisation))


@register.simple_tag
def other_languages() -> list[tuple[str, str]]:
    """Every language but the one the page is in."""
    spoken = translation.get_language()
    return [(code, name) for code, name in settings.LANGUAGES if code != spoken]


@register.filter
def qr(path: str) -> SafeString:
    """Draw a public address as a QR code for the printed page; at least 25 mm wide with its quiet zone."""
    drawn = segno.make(public_url(path), error="m", micro=False).svg_inline(border=4, omitsize=True)
    return mark_safe(drawn)


@register.filter
def kind_of(thing: Any) -> str:
    """Name what a row is, for a template that shows one of several."""
    return type(thing).__name__


@register.filter
def share_text(event: PublicEvent) -> str:
    """Text to pass on: the slogan or title, when, where, and an address short enough to type."""
    call = getattr(event, "call", None)
    words, path = (call.slogan, call.get_short_url()) if call else (event.title, event.get_absolute_url())
    facts = gettext("%(words)s %(when)s, %(place)s. Come with me: %(address)s")
    return facts % {
        "words": words if words[-1:] in ".!?" else f"{words}.",
        "when": when(event.starts_at),
        "place": event.where,
        "address": public_url(path),
    }


@register.filter
def day_of(day: str) -> str:
    """A day kept as 2026-11-19, as people say it; anything else as it was written."""
    try:
        return on_day(date.fromisoformat(day))
    except (TypeError, ValueError):
        return str(day)
