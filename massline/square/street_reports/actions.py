"""Saying in public what was seen and verified, and taking it back."""

from datetime import datetime
from uuid import UUID

from massline.square.organisations.models import PublicOrganisation
from massline.square.street_reports.models import Sighting


def publish_sighting(
    *, organisation: PublicOrganisation, uuid: UUID, what: str, place: str, seen_at: datetime
) -> Sighting:
    """Show a verified sighting; shown again, its words are replaced."""
    facts = {"organisation": organisation, "what": what, "place": place, "seen_at": seen_at}
    return Sighting.objects.update_or_create(uuid=uuid, defaults=facts)[0]


def withdraw_sighting(*, uuid: UUID) -> None:
    """Take a sighting off the square; where it is not there, nothing happens."""
    Sighting.objects.filter(uuid=uuid).delete()
