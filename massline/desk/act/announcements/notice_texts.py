"""The words of a notice, in the language its reader asked for."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.core.contact_points import ContactPoint
from massline.core.date_formats import zone_place_name
from massline.desk.act.announcements.models import Announcement, Notice
from massline.desk.act.messages.message import Message, MessageText
from massline.square.calls.localized_call import call_wording_for
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.news_requests import NewsKind
from massline.web.absolute_urls import public_url
from massline.web.language_choice import in_language, interface_language
from massline.web.templatetags.massline import when


def compose_notice(
    announcement: Announcement, event: PublicEvent, notice: Notice, to: ContactPoint, opened: dict[str, str]
) -> Message:
    """Compose one message; its identity follows from the notice, so that a second copy is known as such."""
    wanted = opened.get("language") or event.organisation.language
    language = interface_language(wanted)
    stop = public_url(
        reverse(
            "home:stop_news", args=[event.organisation.slug, opened["manage"]], urlconf="massline.urls_square"
        )
    )
    with in_language(language), timezone.override(event.organisation.zone):
        return Message(
            to=to,
            text=_text(announcement, event, wanted, language, stop).with_sender(event.organisation),
            identity=f"{notice.uuid.hex}.told",
            stop=stop,
        )


def _text(
    announcement: Announcement, event: PublicEvent, wanted: str, language: str, stop: str
) -> MessageText:
    """The call's words where somebody wrote them in this language, else in their own; then our own words."""
    call = getattr(event, "call", None)
    hour = _("%(when)s (%(place)s time)") % {"when": when(event.starts_at), "place": zone_place_name()}
    if call is not None:
        words = call_wording_for(call, wanted)
        subject, what, place, ask = words.slogan, words.what, words.place, words.ask
        page = public_url(call.get_short_url())
    else:
        subject, what, place, ask = event.title, "", event.where, ""
        page = public_url(event.get_absolute_url())
    reason = (
        _("%(who)s is writing because you asked to be told about calls.")
        if announcement.kind == NewsKind.CALLS
        else _("%(who)s is writing because you asked to be told about mass meetings.")
    )
    stops = _("No more of these: %(link)s") % {"link": stop}
    return MessageText(
        subject=subject,
        lead="\n\n".join(part for part in (announcement.words, ask) if part),
        facts=tuple(part for part in (what, hour, place) if part),
        links=((_("What, when, where, and “I’m coming”"), page),),
        footer=f"{reason % {'who': event.organisation.name}} {stops}",
        language=language,
    )
