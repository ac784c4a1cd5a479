"""The numbers of an event, gathered before its review, and compared in it."""

from dataclasses import asdict, dataclass

from massline.desk.act.attendance.turnout import count_next_steps, count_turnout
from massline.desk.act.events.models import Event
from massline.desk.learn.reviews.models import AfterActionReview
from massline.desk.people.models import Section
from massline.engine.coverage.estimate import RoomShare, compare_room_shares


@dataclass(frozen=True)
class EventNumbers:
    """Numbers forecast, promised and reached; None where nobody counted."""

    forecast: int | None
    said_yes: int
    came: int
    headcount: int | None
    new_people: int
    next_steps: int

    def as_dict(self) -> dict[str, int | None]:
        return asdict(self)


def gather_numbers(event: Event) -> EventNumbers:
    turnout = count_turnout([event])[event.pk]
    return EventNumbers(
        forecast=event.forecast,
        said_yes=turnout.said_yes,
        came=turnout.came,
        headcount=event.headcount,
        new_people=turnout.new_people,
        next_steps=count_next_steps(event),
    )


def compare_turnout_with_sections(review: AfterActionReview) -> list[RoomShare]:
    """Compare who came with who lives or works there, by section, where the review counted sections."""
    came = review.numbers.get("room") or {}
    sections = Section.objects.filter(organisation=review.event.organisation)
    headcount = {section.name: section.headcount for section in sections if section.headcount}
    known = {name: count for name, count in came.items() if name in headcount}
    return list(compare_room_shares(headcount, known)) if sum(known.values()) else []


def compare_with_forecast(review: AfterActionReview) -> int | None:
    """Return the turnout above (below: negative) the forecast in percent; None where either is unknown."""
    forecast, turnout = review.numbers.get("forecast"), review.turnout
    return round(100 * (turnout - forecast) / forecast) if forecast and turnout is not None else None
