"""Elections as organisers prepare and count them. Ballots given by phone are on the square; those on paper lie here until the count."""

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.core.json_shapes import ShapedField, list_of, record, string, whole_list_of, whole_number
from massline.desk.decide.decisions.models import Decision
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager
from massline.square.elections.methods import CountingMethod, method_named
from massline.square.elections.models import PublishedElection


class ElectionState(models.TextChoices):
    DRAFT = "draft", _("being prepared")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed, not counted")
    COUNTED = "counted", _("counted")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ElectionQuerySet(models.QuerySet["Election"]):
    def uncounted(self) -> "ElectionQuerySet":
        """Published, and neither counted nor withdrawn."""
        return self.exclude(published_on=None).filter(counted_on=None, withdrawn_on=None)


class Election(models.Model):
    """A choice between several options. Once it is on the square, nothing here changes it any more."""

    lives = NoOwnExpiry("the organisation's own words")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="elections")
    uuid = models.UUIDField(unique=True, default=uuid4, help_text="also its name on the square")
    title = models.CharField(max_length=120)
    decides = models.TextField(max_length=600, help_text="what follows from the result")
    who = models.CharField(max_length=160, help_text="who may vote, in words")
    method = models.CharField(max_length=16, choices=CountingMethod.choices, default=CountingMethod.APPROVAL)
    seats = models.PositiveIntegerField(default=1)
    options = ShapedField(whole_list_of(record(name=string, line=string)), default=list)
    opens_at = models.DateTimeField(null=True, blank=True, help_text="null: as soon as it is published")
    closes_at = models.DateTimeField()
    may_close_early = models.BooleanField(default=False)
    has_paper = models.BooleanField(default=False)
    put_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateField(default=timezone.localdate)
    published_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    counted_on = models.DateField(null=True, blank=True)
    winners = ShapedField(list_of(string), default=list, blank=True)
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="elections"
    )

    objects = ScopedManager.from_queryset(ElectionQuerySet)("organisation")

    class Meta:
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def published(self) -> PublishedElection | None:
        """The election on the square, or None before it is published and after it is withdrawn."""
        published = PublishedElection.objects.select_related("page__organisation")
        return published.filter(uuid=self.uuid).first() if self.published_on else None

    @property
    def state(self) -> ElectionState:
        if self.withdrawn_on is not None:
            return ElectionState.WITHDRAWN
        if self.counted_on is not None:
            return ElectionState.COUNTED
        if self.published_on is None:
            return ElectionState.DRAFT
        closes_at = self.published.page.closes_at if self.published else self.closes_at
        has_closed = closes_at is not None and closes_at <= timezone.now()
        return ElectionState.CLOSED if has_closed else ElectionState.OPEN

    @property
    def counting_method(self) -> CountingMethod:
        return method_named(self.method)

    @property
    def names(self) -> list[str]:
        return [option["name"] for option in self.options]

    @property
    def outcome(self) -> str:
        """Who is elected, in a line."""
        return " · ".join(self.winners)


class PaperBatch(models.Model):
    """A pile of paper ballots, typed in twice and counted once both say the same. Deleted when the election is counted.

    A ballot is one number for each option, 0 where nothing is marked; an unclear one is an empty list. Each typing is
    kept in sorted order, so that no ballot keeps its place in the pile.
    """

    lives = NoOwnExpiry("ballots without a name; deleted when the election is counted")

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="batches")
    name = models.CharField(max_length=60)
    typed = ShapedField(whole_list_of(whole_list_of(whole_number)), default=list)
    again = ShapedField(whole_list_of(whole_list_of(whole_number)), null=True, blank=True)
    typed_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    typed_again_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ScopedManager("election__organisation")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_agreed(self) -> bool:
        return self.again is not None and self.again == self.typed
