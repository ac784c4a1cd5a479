"""Public events and the calls to them."""

import secrets
from datetime import date, timedelta
from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils import timezone

from massline.core.expiry import Stays
from massline.core.time_zones import days_after, in_zone
from massline.square.calls.fact_columns import CallColumns, EventColumns
from massline.square.calls.facts import EventFacts, facts_of
from massline.square.calls.printed.models import ChosenDesign  # noqa: F401
from massline.square.calls.querysets import PublicEventQuerySet, PublishedCallQuerySet
from massline.square.calls.sharing.models import SharePicture, SourceDay  # noqa: F401
from massline.square.calls.sponsors import CallSponsor  # noqa: F401
from massline.square.calls.states import EventState
from massline.square.calls.translations import PublishedVersion  # noqa: F401
from massline.square.calls.urgent_call_debts import CallDebt  # noqa: F401
from massline.square.envelopes.models import KEPT_AFTER_EVENT
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack
from massline.web.absolute_urls import TYPEABLE


def fresh_code() -> str:
    """Draw a short code that people can type from a poster: no letter looks like a digit."""
    return "".join(secrets.choice(TYPEABLE) for _ in range(6))


class PublicEvent(EventColumns):
    """An event that is open to everybody."""

    lives = Stays("what, where and when, for everybody", public=True)

    uuid = models.UUIDField(unique=True, default=uuid4)
    organisation = models.ForeignKey(PublicOrganisation, on_delete=models.CASCADE, related_name="events")
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    access = models.CharField(max_length=240, blank=True, help_text="steps, toilets, interpreters")
    state = models.CharField(max_length=10, choices=EventState.choices, default=EventState.PLANNED)
    sequence = models.PositiveIntegerField(default=0, help_text="iCalendar SEQUENCE")
    changed_at = models.DateTimeField(default=timezone.now)
    what_changed = models.CharField(max_length=240, blank=True)

    objects = PublicEventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="event_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def facts(self) -> EventFacts:
        return facts_of(EventFacts, self)

    def get_absolute_url(self) -> str:
        call = getattr(self, "call", None)
        if call is not None:
            address: str = call.get_absolute_url()
            return address
        return reverse(
            "calls:event", args=[self.organisation.slug, self.uuid], urlconf="massline.urls_square"
        )

    @property
    def is_cancelled(self) -> bool:
        return self.state == EventState.CANCELLED

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()

    @property
    def is_changed(self) -> bool:
        return self.state == EventState.CHANGED

    @property
    def takes_sign_ups(self) -> bool:
        late = self.ends_at < timezone.now() - timedelta(hours=1)
        return self.organisation.takes_envelopes and not self.is_cancelled and not late

    @property
    def kept_until(self) -> date:
        """The last day on which sign-ups for this event are kept."""
        return days_after(in_zone(self.ends_at, self.organisation.zone).date(), KEPT_AFTER_EVENT)

    def get_calendar_url(self) -> str:
        return reverse(
            "calls:calendar", args=[self.organisation.slug, self.uuid], urlconf="massline.urls_square"
        )


class PublishedCall(CallColumns):
    """A published call, with the report-back it is based on and what came of it."""

    lives = Stays("published words of the organisation", public=True)

    uuid = models.UUIDField(unique=True, default=uuid4)
    organisation = models.ForeignKey(PublicOrganisation, on_delete=models.CASCADE, related_name="calls")
    event = models.OneToOneField(PublicEvent, on_delete=models.CASCADE, related_name="call")
    report = models.ForeignKey(
        ReportBack, null=True, blank=True, on_delete=models.SET_NULL, related_name="calls"
    )
    slug = models.SlugField(max_length=60)
    code = models.CharField(max_length=8, unique=True, default=fresh_code)
    outcome = models.TextField(blank=True, help_text="what came of it, after the review")
    published_at = models.DateTimeField(default=timezone.now)

    objects = PublishedCallQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at"]
        constraints = [models.UniqueConstraint(fields=["organisation", "slug"], name="one_call_per_slug")]

    def __str__(self) -> str:
        return self.slogan

    @property
    def is_over(self) -> bool:
        """True once the event has ended, or once it was told what came of the call."""
        return self.event.is_over or bool(self.outcome)

    @property
    def takes_sign_ups(self) -> bool:
        return self.event.takes_sign_ups and not self.outcome

    def get_absolute_url(self) -> str:
        return reverse("calls:call", args=[self.organisation.slug, self.slug], urlconf="massline.urls_square")

    def get_short_url(self, source: str = "") -> str:
        """The short address; with a source, the one that counts openings by that source."""
        name, args = ("calls:by_way", [self.code, source]) if source else ("calls:short", [self.code])
        return reverse(name, args=args, urlconf="massline.urls_square")

    def get_picture_url(self, language: str = "") -> str:
        address = reverse(
            "calls:picture", args=[self.organisation.slug, self.slug], urlconf="massline.urls_square"
        )
        return f"{address}?in={language}" if language and language != self.language else address

    @property
    def short_url_from_frames(self) -> str:
        """The short address used in frames on other sites, counted under the source "w"."""
        return self.get_short_url("w")

    def get_widget_url(self) -> str:
        return reverse(
            "calls:widget", args=[self.organisation.slug, self.slug], urlconf="massline.urls_square"
        )
