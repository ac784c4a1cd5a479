"""Facts of an event as organisers plan it."""

from dataclasses import dataclass

from massline.square.calls.facts import EventFacts


@dataclass(frozen=True, kw_only=True)
class EventPlan(EventFacts):
    """The facts of an event, and how many people are expected, which only organisers see."""

    forecast: int | None = None
