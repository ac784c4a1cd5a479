"""Reasons an event cannot be closed by its review."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from massline.core.refusal import Refused
from massline.desk.act.events.models import Event
from massline.desk.act.events.next_mass_meeting import next_mass_meeting


@dataclass(frozen=True)
class ClosingObstacle:
    """A reason an event stays open; `missing` names it for tests and templates."""

    missing: str
    words: str

    def __str__(self) -> str:
        return self.words


class CannotClose(Refused):
    """A review was refused and its event stays open."""

    reasons: tuple[ClosingObstacle, ...]


def find_closing_obstacles(event: Event, next_event: Event | None) -> list[ClosingObstacle]:
    return list(_obstacles(event, next_event))


def review_held_already() -> ClosingObstacle:
    return ClosingObstacle("once", _("This event already has a review."))


def _obstacles(event: Event, next_event: Event | None) -> Iterator[ClosingObstacle]:
    if hasattr(event, "review"):
        yield review_held_already()
    if event.starts_at > timezone.now():
        yield ClosingObstacle("over", _("It has not started yet. Do the review when it is over."))
    if next_event is None:
        yield ClosingObstacle("next event", _("Choose the next event first. Every review ends with one."))
    elif next_event.pk == event.pk or next_event.cancelled or next_event.is_over:
        yield ClosingObstacle("next event", _("The next event must be in the future."))
    if next_mass_meeting(event.organisation, besides=event) is None:
        yield ClosingObstacle("mass meeting", _("No mass meeting is planned. Plan the next one first."))
