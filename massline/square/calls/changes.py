"""What changed about a call or an event, in the words of one language: new first, old after it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from massline.web.templatetags.massline import when

if TYPE_CHECKING:
    from massline.square.calls.models import PublicEvent

MOST = 240


@dataclass(frozen=True)
class Told:
    """What people who come have been told. A change of anything else is made in silence."""

    starts_at: datetime
    ends_at: datetime
    place: str
    title: str
    ask: str = ""


def what_changed(old: Told, new: Told, *, language: str, zone: ZoneInfo) -> str:
    """Say it in at most 240 characters; nothing where nothing changed."""
    with translation.override(language), timezone.override(zone):
        said = []
        if new.starts_at != old.starts_at:
            said.append(
                _("Now %(new)s, no longer %(old)s.") % _pair(when(new.starts_at), when(old.starts_at))
            )
        elif new.ends_at != old.ends_at:
            said.append(_("Now until %(new)s.") % {"new": when(new.ends_at)})
        if new.place != old.place:
            said.append(_("Now at %(new)s, no longer at %(old)s.") % _pair(new.place, old.place))
        if new.title != old.title:
            said.append(_("Now: %(new)s.") % {"new": new.title})
        if new.ask != old.ask:
            said.append(_("The ask is now: %(new)s") % {"new": new.ask})
    told = " ".join(said)
    return told if len(told) <= MOST else f"{told[: MOST - 1]}…"


def stamp(event: "PublicEvent") -> str:
    """Say on what day the event was changed or called off, in the language and zone that are active; else nothing."""
    day = formats.date_format(timezone.localtime(event.changed_at), "j F")
    if event.is_cancelled:
        return _("Called off on %(day)s") % {"day": day}
    return _("Changed on %(day)s") % {"day": day} if event.sequence else ""


def _pair(new: str, old: str) -> dict[str, str]:
    return {"new": new, "old": old}
