"""Statistics of the messages sent about an event."""

from dataclasses import dataclass

from django.db.models import Count

from massline.desk.act.events.models import Event
from massline.desk.act.messages.models import Delivery, DeliveryState, Occasion


@dataclass(frozen=True)
class DeliveryCounts:
    """Deliveries of one occasion of an event, by state."""

    occasion: str
    sent: int
    waiting: int
    refused: int
    no_way: int
    let_go: int = 0


def count_deliveries(event: Event) -> list[DeliveryCounts]:
    """Count the deliveries of each mailing, oldest first; empty from two days after the event."""
    counted = Delivery.objects.filter(mailing__event=event).values_list(
        "mailing", "mailing__occasion", "state"
    )
    by_mailing: dict[int, tuple[str, dict[str, int]]] = {}
    for mailing, occasion, state, n in counted.annotate(n=Count("pk")).order_by("mailing"):
        by_mailing.setdefault(mailing, (occasion, {}))[1][state] = n
    return [
        DeliveryCounts(
            str(Occasion(occasion).label),
            by_state.get(DeliveryState.SENT, 0),
            by_state.get(DeliveryState.WAITING, 0) + by_state.get(DeliveryState.GOING, 0),
            by_state.get(DeliveryState.REFUSED, 0),
            by_state.get(DeliveryState.NO_WAY, 0),
            by_state.get(DeliveryState.LET_GO, 0),
        )
        for occasion, by_state in by_mailing.values()
    ]
