"""Elections as everybody sees them, and ballots until they are counted. No row here leads to a person."""

from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.core.json_shapes import (
    ShapedField,
    anything,
    list_of,
    record,
    string,
    whole_list_of,
    whole_number,
)
from massline.core.random_primary_keys import random_primary_key
from massline.engine.elections import ElectionDocument, restore_election
from massline.square.conversations.models import Conversation, Participant
from massline.square.elections.methods import CountingMethod, method_named
from massline.square.organisations.models import PublicOrganisation


class ElectionQuerySet(models.QuerySet["PublishedElection"]):
    def begun(self) -> "ElectionQuerySet":
        return self.filter(page__opens_at__lte=timezone.now())

    def of(self, organisation: PublicOrganisation) -> "ElectionQuerySet":
        """The elections of an organisation, each with its page."""
        return self.filter(page__organisation=organisation).select_related("page__organisation")


class PublishedElection(models.Model):
    """A choice between several options. Its page holds title, hours and cards; nothing of it changes once it is here."""

    lives = NoOwnExpiry("the organisation's own words, and totals")

    uuid = models.UUIDField(unique=True, default=uuid4)
    page = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="election")
    decides = models.TextField(max_length=600, help_text="what follows from the result")
    who = models.CharField(max_length=160, help_text="who may vote, in words")
    method = models.CharField(max_length=16, choices=CountingMethod.choices)
    seats = models.PositiveIntegerField(default=1)
    options = ShapedField(whole_list_of(record(name=string, line=string)), default=list)
    may_close_early = models.BooleanField(default=False, help_text="the chair may close when all have voted")
    has_paper = models.BooleanField(default=False, help_text="paper ballots are counted in")
    counted_on = models.DateField(null=True, blank=True)
    winners = ShapedField(list_of(string), default=list, blank=True)
    unfilled = models.PositiveIntegerField(default=0)
    entitled = models.PositiveIntegerField(null=True, blank=True, help_text="how many could vote")
    on_paper = models.PositiveIntegerField(null=True, blank=True, help_text="null where it is not told")
    by_phone = models.PositiveIntegerField(null=True, blank=True, help_text="null where it is not told")
    document = ShapedField(
        anything, null=True, blank=True, help_text="the count, where enough voted: massline.election/1"
    )
    ballots_file = models.TextField(blank=True, help_text="merged anonymous ballots as CSV, to count again")

    objects = ElectionQuerySet.as_manager()

    class Meta:
        ordering = ["-page__opens_at", "-pk"]

    def __str__(self) -> str:
        return self.page.question

    def get_absolute_url(self) -> str:
        return self._address("election")

    @property
    def organisation(self) -> PublicOrganisation:
        return self.page.organisation

    @property
    def counting_method(self) -> CountingMethod:
        return method_named(self.method)

    @property
    def names(self) -> list[str]:
        return [option["name"] for option in self.options]

    @property
    def is_counted(self) -> bool:
        return self.counted_on is not None

    def is_open(self) -> bool:
        return not self.is_counted and self.page.key is not None and self.page.is_open()

    def get_ballots_url(self) -> str:
        return self._address("ballots")

    def _address(self, name: str) -> str:
        names = [self.page.organisation.slug, self.page.slug]
        return reverse(f"elections:{name}", args=names, urlconf="massline.urls_square")

    def read_document(self) -> ElectionDocument | None:
        """The whole count; None where too few voted, and where what is stored cannot be read."""
        try:
            return restore_election(self.document) if isinstance(self.document, dict) else None
        except ValueError:
            return None


class Ballot(models.Model):
    """What one card says until the count; then it is deleted. `ranks` are in the order of the election's options."""

    lives = NoOwnExpiry("a ballot of a pseudonym; deleted when the election is counted")

    id = models.BigIntegerField(primary_key=True, default=random_primary_key, editable=False)
    election = models.ForeignKey(PublishedElection, on_delete=models.CASCADE, related_name="ballots")
    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="ballot")
    ranks = ShapedField(whole_list_of(whole_number), default=list)
    cast_on = models.DateField(default=timezone.localdate)

    def __str__(self) -> str:
        return str(self.cast_on)
