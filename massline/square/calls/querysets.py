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
        """Events that are not over, cancelled ones included, so that pages can say so."""
        return self.filter(ends_at__gte=timezone.now())

    def mass_meetings(self) -> "PublicEventQuerySet":
        return self.filter(kind="mass_meeting")

    def with_page(self) -> "PublicEventQuerySet":
        """Events with the rows that their address and their hours need."""
        return self.select_related("organisation", "call__organisation")

    def next_mass_meeting(self, organisation: "PublicOrganisation") -> "PublicEvent | None":
        """The organisation's next mass meeting, or its parent's if it has none."""
        own = self.filter(organisation=organisation).mass_meetings().coming_up()
        meeting = own.with_page().first()
        if meeting is None and organisation.parent_id is not None:
            parents = self.filter(organisation_id=organisation.parent_id).mass_meetings().coming_up()
            meeting = parents.with_page().first()
        return meeting


class PublishedCallQuerySet(models.QuerySet["PublishedCall"]):
    def with_owed(self) -> "PublishedCallQuerySet":
        """Calls that know whether a step they put off is late, without another query."""
        late = models.Q(debts__paid_at=None, debts__due_at__lt=timezone.now())
        return self.annotate(owes=models.Exists(self.model.objects.filter(late, pk=models.OuterRef("pk"))))

    def concerning(self, organisation: "PublicOrganisation") -> "PublishedCallQuerySet":
        """Running calls of an organisation, those it calls with others, and those of the union it is a chapter of.

        Its own come first; each has its own organisation.
        """
        from massline.square.calls.sponsors import CallSponsor

        with_us = models.Exists(
            CallSponsor.objects.filter(call=models.OuterRef("pk"), organisation=organisation)
        )
        ours, of_union = models.Q(organisation=organisation), models.Q(organisation=organisation.parent_id)
        found = models.Q(ours | models.Q(with_us))
        if organisation.parent_id is not None:
            found |= of_union
        rank = models.Case(models.When(ours, then=0), models.When(with_us, then=1), default=2)
        return self.running().filter(found).order_by(rank, "event__starts_at")

    def running(self) -> "PublishedCallQuerySet":
        """Calls whose event is neither over nor cancelled and that have no outcome yet, the soonest first."""
        ahead = self.filter(event__ends_at__gte=timezone.now(), outcome="").exclude(event__state="cancelled")
        return ahead.select_related("event", "organisation").order_by("event__starts_at")
