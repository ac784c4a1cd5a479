"""Sign-ups that no message reaches, with the reason, and with names while names are unlocked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from massline.desk.act.attendance.attendees import Attendee, open_attendees
from massline.desk.act.attendance.models import Attendance
from massline.desk.act.events.models import Event
from massline.desk.act.messages.models import Delivery, DeliveryProblem
from massline.desk.guard.keys.vault import Vault

MOST_NAMED = 100


@dataclass(frozen=True)
class UnreachedSignUps:
    """Sign-ups that no message reaches for one reason. Names and addresses are there while names are unlocked."""

    why: str
    count: int
    people: tuple[Attendee, ...]


def list_unreached(event: Event, vault: Vault | None) -> list[UnreachedSignUps]:
    """List who has to be told in another way, by reason; each sign-up once, by its latest message.

    Without a vault nobody is named, and no more than the first hundred are.
    """
    rows = Delivery.objects.filter(mailing__event=event).unreached().exclude(problem="").order_by("pk")
    reasons = {
        envelope: problem
        for envelope, problem in rows.values_list("envelope", "problem")
        if envelope is not None
    }
    counts = Counter(reasons.values())
    people = _open(event, list(reasons)[:MOST_NAMED], vault) if vault is not None and reasons else []
    return [
        UnreachedSignUps(
            str(DeliveryProblem(problem).label),
            count,
            tuple(
                person
                for person in people
                if person.attendance.envelope and reasons.get(person.attendance.envelope) == problem
            ),
        )
        for problem, count in sorted(counts.items())
    ]


def _open(event: Event, envelopes: Iterable[UUID], vault: Vault) -> list[Attendee]:
    attendances = Attendance.objects.filter(event=event, envelope__in=list(envelopes)).not_cancelled()
    attendances = attendances.select_related("contact__organisation").prefetch_related(
        "contact__next_steps__owner"
    )
    people = open_attendees(event, attendances, vault)
    return sorted(people, key=lambda person: (person.name.casefold(), person.contact.pk))
