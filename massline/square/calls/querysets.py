"""Named sets of public events."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from massline.square.calls.models import PublicEvent
    from massline.square.organisations.models import PublicOrganisation


class PublicEventQuerySet(models.QuerySet["PublicEvent"]):
    def coming_up(self) -> "PublicEventQuerySet":
        return self.filter(ends_at__gte=timezone.now()).exclude(state="cancelled")

    def mass_meetings(self) -> "PublicEventQuerySet":
        return self.filter(kind="mass_meeting")

    def next_mass_meeting(self, organisation: "PublicOrganisation") -> "PublicEvent | None":
        """The organisation's next mass meeting; a chapter's falls back to the one of the whole."""
        own = self.filter(organisation=organisation).mass_meetings().coming_up()
        found = own.select_related("organisation", "call").first()
        if found is None and organisation.parent_id is not None:
            whole = self.filter(organisation_id=organisation.parent_id).mass_meetings().coming_up()
            found = whole.select_related("organisation", "call").first()
        return found
