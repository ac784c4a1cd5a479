"""The numbers of an event, filled in before anybody sits down to the review."""

from dataclasses import asdict, dataclass

from massline.desk.act.models import Event
from massline.desk.act.numbers import next_steps_given, numbers_of


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
    counted = numbers_of([event])[event.pk]
    return Numbers(
        forecast=event.forecast,
        said_yes=counted.said_yes,
        came=counted.came,
        headcount=event.headcount,
        new_people=counted.new_people,
        next_steps=next_steps_given(event),
    )
