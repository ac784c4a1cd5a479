"""The numbers of an event, filled in before anybody sits down to the review."""

from dataclasses import asdict, dataclass
from typing import Any

from massline.desk.act.attendance.turnout import count_next_steps, count_turnout
from massline.desk.act.events.models import Event
from massline.desk.learn.reviews.models import AfterActionReview
from massline.desk.people.models import Section
from massline.engine.coverage.estimate import RoomShare, room


@dataclass(frozen=True)
class Numbers:
    """What was forecast, promised and done. None means that nobody counted, never nought."""

    forecast: int | None
    said_yes: int
    came: int
    headcount: int | None
    new_people: int
    next_steps: int

    def as_dict(self) -> dict[str, int | None]:
        return asdict(self)


def numbers(event: Event) -> Numbers:
    counted = count_turnout([event])[event.pk]
    return Numbers(
        forecast=event.forecast,
        said_yes=counted.said_yes,
        came=counted.came,
        headcount=event.headcount,
        new_people=counted.new_people,
        next_steps=count_next_steps(event),
    )


def room_of(review: AfterActionReview) -> list[RoomShare]:
    """Who was in the room against who lives or works there, where the review counted it by section."""
    came = review.numbers.get("room") or {}
    sections = Section.objects.filter(organisation=review.event.organisation)
    headcount = {section.name: section.headcount for section in sections if section.headcount}
    known = {name: count for name, count in came.items() if name in headcount}
    return list(room(headcount, known)) if sum(known.values()) else []


def against_forecast(numbers: dict[str, Any]) -> int | None:
    """By how many in a hundred the forecast was passed (or missed, below 0); None where either is not known."""
    forecast, there = numbers.get("forecast"), numbers.get("headcount") or numbers.get("came")
    return round(100 * (there - forecast) / forecast) if forecast and there is not None else None
