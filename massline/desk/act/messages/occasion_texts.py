"""Texts of each occasion, in the language the recipient chose."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from massline.core.contact_points import ContactPoint
from massline.core.date_formats import zone_place_name
from massline.desk.act.messages.message import Message, MessageText
from massline.desk.act.messages.message_links import (
    envelope_link,
    manage_links,
    next_links,
    next_page_url,
    page_link,
    stop_link,
)
from massline.desk.act.messages.models import Mailing, Occasion
from massline.desk.guard.keys.courier_keys import Address
from massline.square.calls.change_sentences import AnnouncedFacts, describe_changes
from massline.square.calls.icalendar_export import export_calendar
from massline.square.calls.localized_call import call_wording_for
from massline.square.calls.models import PublicEvent
from massline.square.calls.states import Joining
from massline.square.envelopes import check_in_codes
from massline.square.envelopes.actions import hash_token
from massline.web.language_choice import in_language, interface_language
from massline.web.templatetags.massline import when

WITH_CODE = (Occasion.WELCOME, Occasion.DAY_BEFORE, Occasion.SAME_DAY)
WITH_LINK = (
    Occasion.WELCOME,
    Occasion.DAY_BEFORE,
    Occasion.SAME_DAY,
    Occasion.CHANGED,
    Occasion.MOVED_UP,
    Occasion.LINK,
    Occasion.WORDS,
)
WITH_CALENDAR = (Occasion.WELCOME, Occasion.CHANGED, Occasion.CANCELLED, Occasion.LINK)


def build_calendar_entry(
    mailing: Mailing, event: PublicEvent, language: str = "", *, link: str = ""
) -> bytes:
    """Build the calendar entry attached to the messages in one language; empty if the occasion has none."""
    has_entry = mailing.occasion in WITH_CALENDAR
    return export_calendar(event.organisation, [event], language=language, link=link) if has_entry else b""


def _in_words_of(event: PublicEvent, language: str) -> PublicEvent:
    """The event with title and place as its call words them in this language; as it is where nobody worded them."""
    call = getattr(event, "call", None)
    if call is None:
        return event
    call.event = event
    words = call_wording_for(call, language)
    if words.is_original:
        return event
    shown = copy(event)
    shown.title, shown.place, shown.joining = words.what, words.place, Joining.IN_PERSON
    return shown


def compose_message(
    mailing: Mailing, event: PublicEvent, to: ContactPoint, household: Sequence[Address], entry: bytes = b""
) -> Message:
    """Compose one message to all who signed up with one address, or signed up twice.

    Its identity derives from the mailing and the address's digest, never the address.
    """
    first = household[0]
    wanted = first.language or event.organisation.language
    language = interface_language(wanted)
    with in_language(language), timezone.override(event.organisation.zone):
        text = _compose_text(mailing, _in_words_of(event, wanted), language, household)
        if mailing.occasion == Occasion.CHANGED:
            text = replace(text, changed=summarise_change(mailing.was, event))
    return Message(
        to=to,
        text=text.with_sender(event.organisation),
        identity=message_identity(mailing, event, first),
        stop=stop_link(household),
        calendar=entry,
    )


def message_identity(mailing: Mailing, event: PublicEvent, first: Address) -> str:
    return f"{first.digest}.{mailing.occasion}.{mailing.sequence}.{event.uuid.hex[:12]}"


def _compose_text(
    mailing: Mailing, event: PublicEvent, language: str, household: Sequence[Address]
) -> MessageText:
    secret = household[0].manage
    text = {
        Occasion.WELCOME: _welcome,
        Occasion.DAY_BEFORE: _day_before,
        Occasion.SAME_DAY: _same_day,
        Occasion.CHANGED: _changed,
        Occasion.CANCELLED: _cancelled,
        Occasion.MOVED_UP: _moved_up,
        Occasion.LINK: _link,
        Occasion.SLOT_LOST: _slot_lost,
        Occasion.AFTER: _after,
        Occasion.WORDS: _own_words,
    }[Occasion(mailing.occasion)](mailing, event, secret)
    if mailing.occasion in WITH_CODE:
        text = _if_waiting(event, household, text)
    footer = _("%(who)s is writing because you said you would come. We only write about this event.") % {
        "who": event.organisation.name
    }
    if stop := stop_link(household):
        footer += " " + _("Stop these messages: %(link)s") % {"link": stop}
    text = _with_join_link(text, join_link_for(mailing, household))
    facts = text.facts or (*_facts(event), *_sign_up_facts(mailing, household))
    return replace(
        text, facts=facts, links=text.links + _further_links(household), footer=footer, language=language
    )


def join_link_for(mailing: Mailing, household: Sequence[Address]) -> str:
    """The link to join online, for an address with a place at least once; empty for all others, and once it is off."""
    has_place = any(not address.awaits_place for address in household)
    is_told = has_place and mailing.occasion in WITH_LINK and not mailing.event.cancelled
    return mailing.event.online_link if is_told else ""


def _with_join_link(text: MessageText, link: str) -> MessageText:
    """The link after the first of the message's own, which a text message holds too."""
    if not link:
        return text
    return replace(text, links=(*text.links[:1], (_("Join online"), link), *text.links[1:]), join=link)


def _sign_up_facts(mailing: Mailing, household: Sequence[Address]) -> Iterator[str]:
    """What each sign-up has: its hour or role, and the code at the door of those who have a place."""
    for address in household:
        if address.awaits_place:
            yield _("On the waiting list: every place is taken.")
        elif address.slot:
            yield _slot_fact(address)
        if address.manage and mailing.occasion in WITH_CODE and not address.awaits_place:
            yield _("Your code for the door: %(code)s") % {"code": spell_door_code(address.manage)}


def _further_links(household: Sequence[Address]) -> tuple[tuple[str, str], ...]:
    """A link to each further sign-up with this address, so that all of them can be changed."""
    label = _("Change or cancel the sign-up with the code %(code)s")
    return tuple(
        (label % {"code": spell_door_code(address.manage)}, envelope_link("manage", address.manage))
        for address in household[1:]
        if address.manage
    )


def spell_door_code(secret: str) -> str:
    return check_in_codes.spell_code(check_in_codes.check_in_code(hash_token(secret)))


def _facts(event: PublicEvent) -> tuple[str, ...]:
    zone = _("%(place)s time") % {"place": zone_place_name()}
    return (event.title, f"{when(event.starts_at)} ({zone})", event.where)


def _welcome(mailing: Mailing, event: PublicEvent, secret: str) -> MessageText:
    return MessageText(
        subject=_("You’re on the list: %(event)s") % {"event": event.title},
        lead=_("You’re on the list."),
        links=(*manage_links(secret), page_link(event)),
    )


def _if_waiting(event: PublicEvent, household: Sequence[Address], text: MessageText) -> MessageText:
    """The same message where nobody of them has a place, or the task that they asked for."""
    first = household[0]
    if all(address.awaits_place for address in household):
        lead = _("Every place is taken, and you are on the waiting list. We write as soon as one is free.")
        links = (*manage_links(first.manage), page_link(event))
    elif all(address.waits for address in household):
        lead = _(
            "You are on the waiting list for “%(slot)s”. You move up by yourself as soon as a place is free."
        ) % {"slot": first.slot}
        links = text.links
    else:
        return text
    return replace(
        text, subject=_("On the waiting list: %(event)s") % {"event": event.title}, lead=lead, links=links
    )


def _slot_fact(address: Address) -> str:
    if address.waits:
        return _("On the waiting list for: %(slot)s") % {"slot": address.slot}
    return _("You take: %(slot)s") % {"slot": address.slot}


def _slot_lost(mailing: Mailing, event: PublicEvent, secret: str) -> MessageText:
    return MessageText(
        subject=_("Your task has changed: %(event)s") % {"event": event.title},
        changed=_("The hour or role you had taken is not needed any more. You are still on the list."),
        links=(*manage_links(secret), page_link(event)),
    )


def _day_before(mailing: Mailing, event: PublicEvent, secret: str) -> MessageText:
    links = (
        (
            (_("Yes, I’m coming"), envelope_link("confirm", secret)),
            (_("No, take me off the list"), envelope_link("manage", secret)),
        )
        if secret
        else (page_link(event),)
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
        links=(page_link(event), *manage_links(secret)),
    )


def _changed(mailing: Mailing, event: PublicEvent, secret: str) -> MessageText:
    return MessageText(
        subject=_("Changed: %(event)s") % {"event": event.title},
        links=(page_link(event), *manage_links(secret)),
    )


def _cancelled(mailing: Mailing, event: PublicEvent, secret: str) -> MessageText:
    return MessageText(
        subject=_("Cancelled: %(event)s") % {"event": event.title},
        changed=" ".join(part for part in (_("This is cancelled."), event.what_changed) if part),
        links=next_links(event) or ((_("What’s next"), next_page_url(event)),),
    )


def _moved_up(mailing: Mailing, event: PublicEvent, secret: str) -> MessageText:
    return MessageText(
        subject=_("There is a place for you: %(event)s") % {"event": event.title},
        changed=_("A place is free, and it’s yours: you are off the waiting list."),
        links=(*manage_links(secret), page_link(event)),
    )


def _link(mailing: Mailing, event: PublicEvent, secret: str) -> MessageText:
    return MessageText(
        subject=_("The link to join: %(event)s") % {"event": event.title},
        changed=_("This is the link to join online. An earlier one may not work any more."),
        links=(*manage_links(secret), page_link(event)),
    )


def _own_words(mailing: Mailing, event: PublicEvent, secret: str) -> MessageText:
    return MessageText(
        subject=event.title, lead=mailing.reason, links=(page_link(event), *manage_links(secret))
    )


def _after(mailing: Mailing, event: PublicEvent, secret: str) -> MessageText:
    return MessageText(
        subject=_("Thank you, and what comes next"),
        lead=_("Thank you to everyone who came. This is what comes next:"),
        facts=(event.organisation.name,),
        links=next_links(event) or ((_("What’s next"), next_page_url(event)),),
    )


def summarise_change(was: dict[str, str], event: PublicEvent) -> str:
    """Describe the difference from what people knew, in the active language; empty if there is none, or it is lost."""
    if not was:
        return ""
    now = AnnouncedFacts(event.starts_at, event.ends_at, event.place, event.title, joining=event.joining)
    before = AnnouncedFacts(
        datetime.fromisoformat(was["starts_at"]),
        datetime.fromisoformat(was["ends_at"]),
        was["place"],
        was["title"],
        joining=was.get("joining", Joining.IN_PERSON),
    )
    return describe_changes(
        before, now, language=translation.get_language() or "en", zone=event.organisation.zone
    )
