"""Filters and tags that are loaded in every template."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms.utils import ErrorList
from django.template import RequestContext
from django.utils import formats, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from massline.core.date_formats import (
    fix_english_day_order,
    write_day,
    write_hour,
    write_short_day,
    zone_place_name,
)
from massline.core.percentages import write_percent
from massline.core.time_zones import in_active_zone
from massline.web import absolute_urls, organisation_branding
from massline.web.edit_forms import opened_with
from massline.web.form_errors import list_form_errors
from massline.web.language_choice import UNREAD_LANGUAGES
from massline.web.qr_codes import draw_qr
from massline.web.refusal_messages import name_of_reason, to_kebab_case

register = template.Library()

# Between two facts in one line, as the languages written in Arabic letters set it.
ARABIC_COMMA = {"ar", "fa", "ur", "ps", "ckb", "sd", "ug"}
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur", "ps", "ckb", "yi", "dv", "sd", "ug"}


@register.filter
def direction(language: str) -> str:
    """Return the writing direction of a language, for `dir=`."""
    return "rtl" if (language or "").split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


@register.filter
def when(moment: datetime | None) -> str:
    """Format a moment as on a poster, in the active time zone; the year is shown if it is not this one."""
    if moment is None:
        return ""
    here = in_active_zone(moment)
    return f"{formats.date_format(here, 'l')} {write_day(here)}{comma()}{write_hour(here)}"


@register.filter
def short_when(moment: datetime | None) -> str:
    """Format a moment for a narrow line: "Sat 5 Dec, 18:30"."""
    if moment is None:
        return ""
    here = in_active_zone(moment)
    return f"{formats.date_format(here, 'D')} {write_short_day(here)}{comma()}{write_hour(here)}"


@register.simple_tag
def comma() -> str:
    """The comma of the page's language and the space after it."""
    language = (translation.get_language() or "").split("-")[0]
    if language == "zh":
        return "\uff0c"
    return "، " if language in ARABIC_COMMA else ", "


@register.simple_tag
def is_unread_translation() -> bool:
    """True if no native speaker has read the translation that the page is in."""
    return translation.get_language() in UNREAD_LANGUAGES


@register.filter
def on_day(day: date) -> str:
    return formats.date_format(day, fix_english_day_order("j F Y", "DATE_FORMAT"))


@register.filter
def short_day(day: date) -> str:
    """Format a day as "5 Dec", with the year if it is not this one."""
    return write_short_day(day)


@register.filter
def hour(moment: datetime) -> str:
    """Format the hour of a moment as the language of the page counts hours."""
    return write_hour(moment)


@register.simple_tag
def zone_place() -> str:
    """The place after which the page's time zone is named."""
    return zone_place_name()


@register.filter
def percent(share: float | None) -> str:
    return "–" if share is None else write_percent(share)


@register.filter
def whole_percent(number: int) -> str:
    """Write a number that counts percent already."""
    return write_percent(number / 100)


@register.filter
def public(path: str) -> str:
    return absolute_urls.public_url(path)


@register.filter
def typeable(path: str) -> str:
    return absolute_urls.typeable_url(path)


@register.filter
def qr_code(address: str) -> SafeString:
    """Draw a whole address as a QR code to scan from the screen."""
    return draw_qr(address)


@register.filter
def svg(picture: str) -> SafeString:
    """Let a chart of massline.web.charts through; its words were escaped when it was drawn."""
    return mark_safe(picture)


@register.filter
def marked(stretches: Iterable[Any]) -> SafeString:
    """Write stretches of a text, those of a kind in `<mark>`, with no white space that nobody wrote."""
    written = ((format_html("<mark>{}</mark>", part.text) if part.kind else part.text,) for part in stretches)
    return format_html_join("", "{}", written)


@register.simple_block_tag
def rest(content: str, count: int) -> str:
    """Fold what a long list holds after its first few, behind the number of what is folded; nothing if there is none."""
    if not count:
        return ""
    title = ngettext("%(n)d more", "%(n)d more", count) % {"n": count}
    return format_html(
        '<details class="rest"><summary data-part="rest">{}</summary>{}</details>', title, content
    )


@register.inclusion_tag("web/parts/pages_of_list.html", takes_context=True)
def pages_of_list(context: RequestContext, page: "Page[Any]", part: str = "") -> dict[str, Any]:
    """Lead to the pages of a long list, newest first; what else the address asks for is kept."""
    return {"request": context["request"], "page": page, "part": part}


@register.inclusion_tag("web/parts/field.html")
def field(bound: Any, hint: str = "", later: bool = False) -> dict[str, Any]:
    """Draw one form field: label, hint, error, input; tied together for screen readers.

    A field that may be left for later, and is needed in the end, is not marked as one that may stay empty.
    """
    return {"field": bound, "hint": hint or bound.help_text, "later": later}


@register.filter
def named(errors: ErrorList) -> list[SafeString]:
    """Write each error of a form field in an element that bears the error's code."""
    return [
        format_html(
            '<span data-part="{}">{}</span>', to_kebab_case(error.code or "error"), " ".join(error.messages)
        )
        for error in errors.as_data()
    ]


@register.inclusion_tag("web/parts/error_summary.html", takes_context=True)
def error_summary(context: RequestContext) -> dict[str, Any]:
    """List what is wrong in the forms of the page, each with a link to its field. It takes the focus."""
    return {"errors": list_form_errors(context.flatten().values())}


@register.simple_tag(takes_context=True)
def error_title(context: RequestContext) -> str:
    """Begin the title of a page whose form was refused, so that a screen reader says so first."""
    return f"{translation.gettext('Error')}: " if list_form_errors(context.flatten().values()) else ""


@register.simple_tag(name="opened_with")
def opened_with_texts(**texts: str) -> str:
    """The version of a form whose inputs are written by hand, as a hidden input."""
    return opened_with(texts)


@register.filter
def part_name(reason: object) -> str:
    """Return the name of a reason, for `data-part=`."""
    return name_of_reason(reason)


@register.simple_tag
def language_name(code: str) -> str:
    """The name that a language has for itself; the code where we know of none."""
    try:
        return str(translation.get_language_info(code)["name_local"])
    except KeyError:
        return code


@register.filter
def has_face(organisation: Any) -> bool:
    """True if an organisation has a mark or a colour of its own; False without an organisation."""
    return bool(organisation) and organisation_branding.has_branding(organisation)


@register.filter
def face_version(organisation: Any) -> str:
    return organisation_branding.branding_version(organisation)
