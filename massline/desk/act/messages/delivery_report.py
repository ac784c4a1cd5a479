"""What was written about an event so far, in numbers."""

from dataclasses import dataclass

from django.db.models import Count

from massline.desk.act.events.models import Event
from massline.desk.act.messages.models import Delivery, DeliveryState, Occasion


@dataclass(frozen=True)
class ToldOf:
    """One occasion of an event, and how many it reached."""

    occasion: str
    sent: int
    waiting: int
    refused: int
    no_way: int


def told_of(event: Event) -> list[ToldOf]:
    """Count the deliveries of each mailing, in the order they were begun. Two days after the event nothing is left."""
    counted = Delivery.objects.filter(mailing__event=event).values_list(
        "mailing", "mailing__occasion", "state"
    )
    found: dict[int, tuple[str, dict[str, int]]] = {}
    for mailing, occasion, state, n in counted.annotate(n=Count("pk")).order_by("mailing"):
        found.setdefault(mailing, (occasion, {}))[1][state] = n
    return [
        ToldOf(
            str(Occasion(occasion).label),
            by_state.get(DeliveryState.SENT, 0),
            by_state.get(DeliveryState.WAITING, 0) + by_state.get(DeliveryState.GOING, 0),
            by_state.get(DeliveryState.REFUSED, 0),
            by_state.get(DeliveryState.NO_WAY, 0),
        )
        for occasion, by_state in found.values()
    ]
