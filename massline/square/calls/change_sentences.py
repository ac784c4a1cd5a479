"""A sentence about what changed in a call or an event, in one language: the new fact first, the old one after it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from massline.core.date_formats import format_day
from massline.square.calls.states import Joining
from massline.web.language_choice import in_language
from massline.web.templatetags.massline import when

if TYPE_CHECKING:
    from massline.square.calls.models import PublicEvent

MAX_LENGTH = 240


@dataclass(frozen=True)
class AnnouncedFacts:
    """Facts whose change is announced to people who come. Anything else changes silently."""

    starts_at: datetime
    ends_at: datetime
    place: str
    title: str
    ask: str = ""
    joining: str = Joining.IN_PERSON.value


def describe_changes(old: AnnouncedFacts, new: AnnouncedFacts, *, language: str, zone: ZoneInfo) -> str:
    """Describe the changes in at most 240 characters; empty if nothing changed."""
    with in_language(language), timezone.override(zone):
        sentences = []
        if new.starts_at != old.starts_at:
            sentences.append(
                _("Now %(new)s, no longer %(old)s.") % _pair(when(new.starts_at), when(old.starts_at))
            )
        elif new.ends_at != old.ends_at:
            sentences.append(_("Now until %(new)s.") % {"new": when(new.ends_at)})
        if new.joining != old.joining:
            sentences.append(_describe_joining(new))
        elif new.place != old.place and new.place and old.place:
            sentences.append(_("Now at %(new)s, no longer at %(old)s.") % _pair(new.place, old.place))
        if new.title != old.title:
            sentences.append(_("Now: %(new)s.") % {"new": new.title})
        if new.ask != old.ask:
            sentences.append(_("The ask is now: %(new)s") % {"new": new.ask})
    text = " ".join(sentences)
    return text if len(text) <= MAX_LENGTH else f"{text[: MAX_LENGTH - 1]}…"


def _describe_joining(new: AnnouncedFacts) -> str:
    if new.joining == Joining.ONLINE:
        return _("Now online.")
    if new.joining == Joining.MIXED:
        return _("Now in person and online: %(place)s.") % {"place": new.place}
    return _("Now in person, no longer online: %(place)s.") % {"place": new.place}


def change_day_sentence(event: "PublicEvent") -> str:
    """The day an event was changed or cancelled, in the active language and zone; empty if neither happened."""
    day = format_day(timezone.localtime(event.changed_at))
    if event.is_cancelled:
        return _("Cancelled on %(day)s") % {"day": day}
    return _("Changed on %(day)s") % {"day": day} if event.sequence else ""


def _pair(new: str, old: str) -> dict[str, str]:
    return {"new": new, "old": old}
