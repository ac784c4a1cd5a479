"""The moments of an event, from what is prepared before to what is looked back on after; one of them is now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from massline.desk.act.events.models import Event

KEYS = ("before", "door", "hall", "after")
# The door opens so long before the beginning, and the last come so long after it.
DOOR_OPENS = timedelta(hours=2)
DOOR_CLOSES = timedelta(minutes=30)


@dataclass(frozen=True)
class EventPhase:
    """A part of the page of an event, with what it is for in a few words."""

    key: str
    name: str
    what: str
    is_now: bool
    has_errors: bool = False

    @property
    def template(self) -> str:
        return f"act/parts/moment_{self.key}.html"


def phase_of_event(event: Event, now: datetime) -> str:
    """The key of the moment an event is in; once heads are counted, it is time to look back."""
    if event.cancelled or event.closed_at or event.is_over or event.headcount is not None:
        return "after"
    # Days that nobody can mean, in a row from elsewhere, are compared and never reckoned with.
    if now + DOOR_OPENS < event.starts_at:
        return "before"
    return "door" if now - DOOR_CLOSES < event.starts_at else "hall"


def list_event_phases(event: Event, now: datetime, *, asked: str = "", wrong: str = "") -> list[EventPhase]:
    """The four moments in their order. `asked` is opened instead of the present one, `wrong` has a form with errors."""
    here = asked if asked in KEYS else phase_of_event(event, now)
    names = {
        "before": (pgettext("part of an event", "Before"), _("Shifts, messages, changes")),
        "door": (_("At the door"), _("Who is coming in")),
        "hall": (_("In the hall"), _("Head count, agenda, next steps")),
        "after": (_("Afterwards"), _("How many came, and the review")),
    }
    return [EventPhase(key, *names[key], is_now=key == here, has_errors=key == wrong) for key in KEYS]
