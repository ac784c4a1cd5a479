"""Sign-ups that no message reaches, with the reason, and with names while names are unlocked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from massline.desk.act.attendance.attendees import Attendee
from massline.desk.act.events.models import Event
from massline.desk.act.messages.models import Delivery, DeliveryProblem


@dataclass(frozen=True)
class Unreached:
    """Sign-ups that no message reaches for one reason. Names and addresses are there while names are unlocked."""

    why: str
    count: int
    people: tuple[Attendee, ...]


def list_unreached(event: Event, attendees: Iterable[Attendee]) -> list[Unreached]:
    """List who has to be told in another way, by reason; each sign-up once, by its latest message."""
    rows = Delivery.objects.filter(mailing__event=event).unreached().exclude(problem="").order_by("pk")
    reasons = dict(rows.exclude(envelope=None).values_list("envelope", "problem"))
    counts = Counter(reasons.values())
    return [
        Unreached(
            str(DeliveryProblem(problem).label),
            count,
            tuple(person for person in attendees if reasons.get(person.attendance.envelope) == problem),
        )
        for problem, count in sorted(counts.items())
    ]
