"""Texts of each occasion, in the language the recipient chose."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from massline.desk.act.messages.contact_points import ContactPoint
from massline.desk.act.messages.message import Message, MessageText
from massline.desk.act.messages.models import Mailing, Occasion
from massline.desk.guard.keys.courier_keys import Address
from massline.square.calls.changes import AnnouncedFacts, describe_changes
from massline.square.calls.icalendar_export import export_calendar
from massline.square.calls.models import PublicEvent
from massline.square.envelopes import check_in_codes
from massline.square.envelopes.actions import hash_token
from massline.web.absolute_urls import public_url
from massline.web.languages import in_language
from massline.web.templatetags.massline import when

WITH_CODE = (Occasion.WELCOME, Occasion.DAY_BEFORE, Occasion.SAME_DAY)
WITH_CALENDAR = (Occasion.WELCOME, Occasion.CHANGED, Occasion.CANCELLED)


def build_calendar_entry(mailing: Mailing, event: PublicEvent) -> bytes:
    """Build the calendar entry attached to every message of a mailing; empty if the occasion has none."""
    return export_calendar(event.organisation, [event]) if mailing.occasion in WITH_CALENDAR else b""


def compose_message(
    mailing: Mailing, event: PublicEvent, to: ContactPoint, address: Address, entry: bytes = b""
) -> Message:
    """Compose one message. Its identity derives from the mailing and the address's digest, never the address."""
    wanted = address.language or event.organisation.language
    language = wanted if wanted in dict(settings.LANGUAGES) else "en"
    with in_language(language), timezone.override(event.organisation.zone):
        text = _compose_text(mailing, event, language, address)
    return Message(
        to=to,
        text=text,
        identity=f"{address.digest}.{mailing.occasion}.{mailing.sequence}.{event.uuid.hex[:12]}",
        stop=_link("stop", address.manage) if address.manage else "",
        calendar=entry,
    )


def _compose_text(mailing: Mailing, event: PublicEvent, language: str, address: Address) -> MessageText:
    secret = address.manage
    text = {
        Occasion.WELCOME: _welcome,
        Occasion.DAY_BEFORE: _day_before,
        Occasion.SAME_DAY: _same_day,
        Occasion.CHANGED: _changed,
        Occasion.CANCELLED: _cancelled,
        Occasion.MOVED_UP: _moved_up,
        Occasion.SLOT_LOST: _slot_lost,
        Occasion.AFTER: _after,
    }[Occasion(mailing.occasion)](mailing, event, secret)
    if address.waits and mailing.occasion in WITH_CODE:
        text = _waiting(event, address, text)
    footer = _("%(who)s is writing because you said you would come. We only write about this event.") % {
        "who": event.organisation.name
    }
    if secret:
        footer += " " + _("Stop these messages: %(link)s") % {"link": _link("stop", secret)}
    facts = _facts(event)
    if address.slot:
        facts += (_slot_fact(address),)
    if secret and mailing.occasion in WITH_CODE:
        code = check_in_codes.spell_code(check_in_codes.door_code(hash_token(secret)))
        facts += (_("Your code for the door: %(code)s") % {"code": code},)
    return replace(text, facts=text.facts or facts, footer=footer, language=language)


def _facts(event: PublicEvent) -> tuple[str, ...]:
    return (event.title, when(event.starts_at), event.place)


def _welcome(mailing: Mailing, event: PublicEvent, secret: str) -> MessageText:
    return MessageText(
        subject=_("You’re on the list: %(event)s") % {"event": event.title},
        lead=_("You’re on the list."),
        links=(*_manage_links(secret), _page_link(event)),
    )


def _waiting(event: PublicEvent, address: Address, text: MessageText) -> MessageText:
    """The same message for somebody who waits for a slot: they come, and have no task yet."""
    lead = _(
        "You are on the waiting list for “%(slot)s”. You move up by yourself as soon as a place is free."
    )
    return replace(
        text,
        subject=_("On the waiting list: %(event)s") % {"event": event.title},
        lead=lead % {"slot": address.slot},
    )


def _slot_fact(address: Address) -> str:
    if address.waits:
        return _("On the waiting list for: %(slot)s") % {"slot": address.slot}
    return _("You take: %(slot)s") % {"slot": address.slot}


def _slot_lost(mailing: Mailing, event: PublicEvent, secret: str) -> MessageText:
    return MessageText(
        subject=_("Your task has changed: %(event)s") % {"event": event.title},
        changed=_("The hour or role you had taken is not needed any more. You are still on the list."),
        links=(*_manage_links(secret), _page_link(event)),
    )


def _day_before(mailing: Mailing, event: PublicEvent, secret: str) -> MessageText:
    links = (
        (
            (_("Yes, I’m coming"), _link("confirm", secret)),
            (_("No, take me off the list"), _link("manage", secret)),
        )
        if secret
        else (_page_link(event),)
    )
    return MessageText(
        subject=_("Tomorrow: %(event)s") % {"event": event.title},
        lead=_("It’s tomorrow! Are you coming?"),
        links=links,
    )


def _same_day(mailing: Mailing, event: PublicEvent, secret: str) -> MessageText:
    return MessageText(
        subject=_("Today: %(event)s") % {"event": event.title},
        lead=_("It’s today! Bring someone along."),
        links=(_page_link(event), *_manage_links(secret)),
    )


def _changed(mailing: Mailing, event: PublicEvent, secret: str) -> MessageText:
    return MessageText(
        subject=_("Changed: %(event)s") % {"event": event.title},
        changed=summarise_change(mailing.was, event),
        links=(_page_link(event), *_manage_links(secret)),
    )


def _cancelled(mailing: Mailing, event: PublicEvent, secret: str) -> MessageText:
    return MessageText(
        subject=_("Cancelled: %(event)s") % {"event": event.title},
        changed=" ".join(part for part in (_("This is cancelled."), event.what_changed) if part),
        links=_next_links(event) or ((_("What’s next"), _next_page_url(event)),),
    )


def _moved_up(mailing: Mailing, event: PublicEvent, secret: str) -> MessageText:
    return MessageText(
        subject=_("There is a place for you: %(event)s") % {"event": event.title},
        changed=_("A place is free, and it’s yours: you are off the waiting list."),
        links=(*_manage_links(secret), _page_link(event)),
    )


def _after(mailing: Mailing, event: PublicEvent, secret: str) -> MessageText:
    return MessageText(
        subject=_("Thank you, and what comes next"),
        lead=_("Thank you to everyone who came. This is what comes next:"),
        facts=(event.organisation.name,),
        links=_next_links(event) or ((_("What’s next"), _next_page_url(event)),),
    )


def _page_link(event: PublicEvent) -> tuple[str, str]:
    return _("What, when, where"), public_url(event.get_absolute_url())


def _manage_links(secret: str) -> tuple[tuple[str, str], ...]:
    return ((_("Change or cancel (no login needed)"), _link("manage", secret)),) if secret else ()


def _next_links(event: PublicEvent) -> tuple[tuple[str, str], ...]:
    following = PublicEvent.objects.exclude(pk=event.pk).next_mass_meeting(event.organisation)
    if following is None:
        return ()
    label = _("Next mass meeting: %(when)s, %(place)s") % {
        "when": when(following.starts_at),
        "place": following.place,
    }
    return ((label, public_url(following.get_absolute_url())),)


def _next_page_url(event: PublicEvent) -> str:
    return public_url(reverse("home:next", args=[event.organisation.slug], urlconf="massline.urls_square"))


def summarise_change(was: dict[str, str], event: PublicEvent) -> str:
    """Describe the difference from what people knew, in the active language; empty if there is none."""
    now = AnnouncedFacts(event.starts_at, event.ends_at, event.place, event.title)
    before = AnnouncedFacts(
        datetime.fromisoformat(was["starts_at"]),
        datetime.fromisoformat(was["ends_at"]),
        was["place"],
        was["title"],
    )
    return describe_changes(
        before, now, language=translation.get_language() or "en", zone=event.organisation.zone
    )


def _link(name: str, secret: str) -> str:
    return public_url(reverse(f"envelopes:{name}", args=[secret], urlconf="massline.urls_square"))
