"""Calls: a decision turned into what, where, when, a slogan and one ask."""

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.desk.call.call_draft import CallDraft
from massline.desk.call.call_settings.models import CallSetting  # noqa: F401
from massline.desk.call.querysets import CallQuerySet
from massline.desk.call.sponsors.models import CoSponsor  # noqa: F401
from massline.desk.call.translations.models import CallTranslation  # noqa: F401
from massline.desk.call.urgent_calls.models import Debt, UrgentRequest  # noqa: F401
from massline.desk.decide.decisions.models import Decision
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager
from massline.square.calls.fact_columns import CallColumns, JoiningColumns, PlaceColumns
from massline.square.calls.facts import facts_of


class CallState(models.TextChoices):
    DRAFT = "draft", _("draft")
    LIVE = "live", _("published")
    CHANGED = "changed", _("changed")
    CANCELLED = "cancelled", _("cancelled")


class Call(CallColumns, PlaceColumns, JoiningColumns):
    """A call to action. Page, poster, calendar and share texts are made from its facts."""

    lives = NoOwnExpiry("the organisation's own words")

    uuid = models.UUIDField(unique=True, default=uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="calls")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="calls")
    slogan = models.CharField(max_length=240, help_text="a draft may be long; what goes out may not")
    what = models.CharField(max_length=120, help_text="what we do together")
    ask = models.CharField(max_length=160, help_text="the one thing we ask of you")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=160, blank=True)
    called_by = models.CharField(max_length=160, blank=True)
    mass_meeting = models.BooleanField(default=False, help_text="the call is to a mass meeting")
    state = models.CharField(max_length=10, choices=CallState.choices, default=CallState.DRAFT)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    seen_by = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="+", help_text="the second pair of eyes"
    )
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager.from_queryset(CallQuerySet)("organisation")

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.slogan

    @property
    def facts(self) -> CallDraft:
        return facts_of(CallDraft, self)

    @property
    def version(self) -> str:
        """The text as it was last changed, by which a form says which words somebody read."""
        return self.changed_at.isoformat()

    @property
    def is_out(self) -> bool:
        return self.state in {CallState.LIVE, CallState.CHANGED}

    @property
    def is_draft(self) -> bool:
        return self.state == CallState.DRAFT

    @property
    def is_over(self) -> bool:
        return self.is_out and self.ends_at is not None and self.ends_at < timezone.now()

    @property
    def may_ring_at_night(self) -> bool:
        """True if two persons sent it out as urgent and about tonight."""
        urgent = getattr(self, "urgent", None)
        return bool(urgent and urgent.tonight and urgent.seconded_at)

    @property
    def is_off(self) -> bool:
        return self.state == CallState.CANCELLED
