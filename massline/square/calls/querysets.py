"""Named sets of public events and of the calls to them."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from massline.square.calls.models import PublicEvent, PublishedCall  # noqa: F401
    from massline.square.organisations.models import PublicOrganisation


class PublicEventQuerySet(models.QuerySet["PublicEvent"]):
    def coming_up(self) -> "PublicEventQuerySet":
        return self.filter(ends_at__gte=timezone.now()).exclude(state="cancelled")

    def not_over(self) -> "PublicEventQuerySet":
        """What is still ahead; a cancelled one stays in sight and says so."""
        return self.filter(ends_at__gte=timezone.now())

    def mass_meetings(self) -> "PublicEventQuerySet":
        return self.filter(kind="mass_meeting")

    def with_page(self) -> "PublicEventQuerySet":
        """Everything its address and its times are made of."""
        return self.select_related("organisation", "call__organisation")

    def next_mass_meeting(self, organisation: "PublicOrganisation") -> "PublicEvent | None":
        """The organisation's next mass meeting; a chapter's falls back to the one of the whole."""
        own = self.filter(organisation=organisation).mass_meetings().coming_up()
        found = own.with_page().first()
        if found is None and organisation.parent_id is not None:
            whole = self.filter(organisation_id=organisation.parent_id).mass_meetings().coming_up()
            found = whole.with_page().first()
        return found


class PublishedCallQuerySet(models.QuerySet["PublishedCall"]):
    def running(self) -> "PublishedCallQuerySet":
        """Calls people can still follow, the soonest first."""
        ahead = self.filter(event__ends_at__gte=timezone.now()).exclude(event__state="cancelled")
        return ahead.select_related("event", "organisation").order_by("event__starts_at")
