"""Conversations and what people say and vote in them. No row here leads to a person."""

import hashlib
import secrets
from datetime import datetime
from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.core.json_shapes import ShapedField, list_of, string
from massline.core.random_primary_keys import random_primary_key
from massline.core.sealed_columns import OpenColumn
from massline.square.conversations.access_codes.models import Code as Code
from massline.square.conversations.arrivals.models import DaySetAside as DaySetAside
from massline.square.conversations.polis.models import Origin as Origin
from massline.square.conversations.querysets import (
    ConversationQuerySet,
    StatementQuerySet,
    VoteQuerySet,
)
from massline.square.conversations.rejection_reasons import reason_in_words
from massline.square.conversations.results.models import LevelTally as LevelTally
from massline.square.conversations.results.models import OpinionSnapshot as OpinionSnapshot
from massline.square.conversations.states import ResultsShown as ResultsShown
from massline.square.conversations.states import StatementState as StatementState
from massline.square.conversations.states import Value as Value
from massline.square.conversations.states import WordsShown as WordsShown
from massline.square.conversations.trust_levels import Level
from massline.square.conversations.voting.change_marks import VoteMarks as VoteMarks
from massline.square.conversations.voting.participants import Participant as Participant
from massline.square.conversations.voting.routing_figures import Routing as Routing
from massline.square.organisations.models import PublicOrganisation

LONGEST_STATEMENT = 300


def fresh_key() -> bytes:
    return secrets.token_bytes(32)


class Conversation(models.Model):
    """A concrete question, statements to agree or disagree with, and room for one's own words."""

    lives = NoOwnExpiry("a question; the key of its pseudonyms is destroyed a month after it closes")
    open_columns = (OpenColumn("key", "turns a cookie into a pseudonym; destroyed a month after the close"),)

    organisation = models.ForeignKey(
        PublicOrganisation, on_delete=models.CASCADE, related_name="conversations"
    )
    slug = models.SlugField(max_length=60)
    question = models.CharField(max_length=160)
    intro = models.TextField(max_length=600, blank=True)
    language = models.CharField(max_length=12, default="en")
    shown = models.CharField(max_length=8, choices=WordsShown.choices, default=WordsShown.HELD)
    results = models.CharField(max_length=8, choices=ResultsShown.choices, default=ResultsShown.LIVE)
    open_to_all = models.BooleanField(default=True, help_text="else only by an invitation, a code or a card")
    opens_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField(null=True, blank=True)
    key = models.BinaryField(
        null=True, default=fresh_key, help_text="makes pseudonyms; destroyed at the close"
    )
    seed = models.PositiveIntegerField(default=1)
    sections = ShapedField(
        list_of(string), default=list, blank=True, help_text="names one may say one belongs to"
    )
    is_hall = models.BooleanField(
        default=False, help_text="a meeting that votes on motions, not a conversation"
    )

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="one_conversation_per_slug")
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return self._address("hall" if self.is_hall else "conversation")

    def get_results_url(self) -> str:
        return self._address("results")

    def get_way_in_url(self) -> str:
        return self._address("way_in")

    def get_short_url(self) -> str:
        """The address at which a code can be typed: short enough to be copied from paper."""
        return reverse("conversations:short", args=[self.pk], urlconf="massline.urls_square")

    def _address(self, page: str) -> str:
        names = [self.organisation.slug, self.slug]
        return reverse(f"conversations:{page}", args=names, urlconf="massline.urls_square")

    def is_open(self, now: datetime | None = None) -> bool:
        now = now or timezone.now()
        return self.opens_at <= now and (self.closes_at is None or now < self.closes_at)

    @property
    def is_ahead(self) -> bool:
        return self.opens_at > timezone.now()

    def shows_results(self) -> bool:
        return self.results == ResultsShown.LIVE or not self.is_open()

    def admits(self, level: Level) -> bool:
        """True if somebody who came in at this level may answer here: anybody, or only people with an access code."""
        return self.open_to_all or level != Level.OPEN

    def pseudonym(self, token: str) -> str:
        """Turn a participant's cookie into a name that means nothing outside this conversation."""
        if self.key is None:
            raise ValueError("This conversation is closed for good; its pseudonyms are gone.")
        return hashlib.blake2b(token.encode(), key=bytes(self.key), digest_size=20).hexdigest()

    def author_mark(self, token: str) -> str:
        """Turn a cookie into the mark of its sentences, from which nothing leads to the pseudonym of its answers."""
        if self.key is None:
            return ""
        key, person = bytes(self.key), b"author"
        return hashlib.blake2b(token.encode(), key=key, digest_size=20, person=person).hexdigest()

    def statements_by(self, token: str | None) -> StatementQuerySet:
        """What the browser that holds this token wrote."""
        mark = self.author_mark(token) if token else ""
        found: StatementQuerySet = self.statements.filter(mark=mark) if mark else self.statements.none()
        return found

    def latest_snapshot(self) -> OpinionSnapshot | None:
        """The present edition; what only the worker reads of it is fetched when it is asked for."""
        return self.snapshots.defer("sections").order_by("-pk").first()


class Statement(models.Model):
    """A statement in somebody's own words, kept to the byte."""

    lives = NoOwnExpiry("words published without a name")

    uuid = models.UUIDField(unique=True, default=uuid4)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="statements")
    number = models.PositiveIntegerField(help_text="its number in this conversation")
    text = models.TextField()
    language = models.CharField(max_length=12, blank=True)
    author = models.ForeignKey(
        Participant,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="statements",
        help_text="where it was brought in from elsewhere; who wrote here is told by the mark to their browser alone",
    )
    mark = models.CharField(
        max_length=40,
        blank=True,
        default="",
        help_text="a keyed hash of the writer's cookie; no answer bears it",
    )
    seed = models.BooleanField(default=False, help_text="written by the organisers to begin with")
    state = models.CharField(max_length=12, choices=StatementState.choices, default=StatementState.HELD)
    reason = models.CharField(max_length=160, blank=True, help_text="why it was turned down")
    same_as = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="repeats",
        help_text="the shown statement that says it already, where that is why",
    )
    has_hidden_words = models.BooleanField(default=False, help_text="a moderator took words out of it")
    read_on = models.DateField(null=True, blank=True, help_text="the day a moderator decided")
    made_on = models.DateField(default=timezone.localdate)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="one_statement_per_number")
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def shown_number(self) -> int:
        """Its number as people read it, from 1; files and addresses count from 0, as Polis does."""
        return self.number + 1

    @property
    def why_not(self) -> str:
        return reason_in_words(self.reason)


class Vote(models.Model):
    """A participant's latest answer to a statement; kept by day.

    `shown_value` and `shown_level` say how it counts in the present edition of the results, where it does.
    """

    lives = NoOwnExpiry("an answer of a pseudonym; nothing leads from it to a person")

    id = models.BigIntegerField(primary_key=True, default=random_primary_key, editable=False)
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="votes", db_index=False
    )
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="votes")
    value = models.SmallIntegerField(choices=Value.choices)
    probability = models.FloatField(null=True, help_text="with which this statement was chosen to be asked")
    waiting = models.PositiveIntegerField(null=True, help_text="from how many it was chosen")
    voted_on = models.DateField(default=timezone.localdate)
    shown_value = models.SmallIntegerField(null=True, help_text="as it counts in the present edition")
    shown_level = models.CharField(max_length=10, blank=True, help_text="under which level it counts there")

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "statement"], name="one_vote_per_statement"),
            models.CheckConstraint(condition=models.Q(value__in=[-1, 0, 1]), name="vote_is_ternary"),
        ]

    def __str__(self) -> str:
        return str(self.value)
