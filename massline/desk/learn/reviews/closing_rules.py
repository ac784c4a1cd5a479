"""What an event still lacks before its review can close it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from massline.core.refusal import Refused
from massline.desk.act.events.models import Event
from massline.desk.act.events.upcoming import next_mass_meeting


@dataclass(frozen=True)
class ClosingObstacle:
    """One thing that stands between an event and its close."""

    missing: str
    say: str

    def __str__(self) -> str:
        return self.say


class CannotClose(Refused):
    """The event stays open; the reasons say why."""

    reasons: tuple[ClosingObstacle, ...]


def find_closing_obstacles(event: Event, next_event: Event | None) -> list[ClosingObstacle]:
    return list(_lacking(event, next_event))


def _lacking(event: Event, next_event: Event | None) -> Iterator[ClosingObstacle]:
    if hasattr(event, "review"):
        yield ClosingObstacle("once", _("This event has its review already."))
    if event.starts_at > timezone.now():
        yield ClosingObstacle("over", _("It has not begun yet. Hold the review when it is over."))
    if next_event is None:
        yield ClosingObstacle(
            "next event", _("Nothing closes without what comes next. Choose the next event.")
        )
    elif next_event.pk == event.pk or next_event.cancelled or next_event.is_over:
        yield ClosingObstacle("next event", _("The next event must be one that is still to come."))
    if next_mass_meeting(event.organisation, besides=event) is None:
        yield ClosingObstacle("mass meeting", _("No mass meeting is set. Set the next one first."))
