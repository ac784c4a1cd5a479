"""The answers to have at hand at a door or on the phone: those about the event first, then the newest."""

from uuid import UUID

from massline.square.reports.models import PublicAnswer

AT_HAND = 4
LOOKED_AT = 40


def answers_at_hand(*, organisation: UUID, event: UUID | None = None) -> list[PublicAnswer]:
    """Return at most four published answers of an organisation."""
    newest = list(PublicAnswer.objects.filter(organisation__uuid=organisation)[:LOOKED_AT])
    newest.sort(key=lambda answer: event is None or answer.event != event)
    return newest[:AT_HAND]
