"""Report-backs: the sum-up given back to those who spoke, frozen on the day it was published."""

import hashlib
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import Keep, Stays
from massline.core.json_shapes import ShapedField, list_of, map_of, record, string, whole_number
from massline.core.random_primary_keys import unordered_key
from massline.square.conversations.models import Conversation
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.querysets import ClaimQuerySet
from massline.square.reports.wins_and_promises import PublicOutcome  # noqa: F401

if TYPE_CHECKING:
    from massline.square.reports.by_section import HeardShare


class ReportKind(models.TextChoices):
    """The kind of a report: what people said, what was decided, or what organisations hold together."""

    HEARD = "heard", _("report-back")
    DECISION = "decision", _("decision")
    EXPOSURE = "exposure", _("what we found out")
    UNITY = "unity", _("points of unity")


class ReportBack(models.Model):
    """A published report-back: what you said, what we heard, what we do not know, what happens next."""

    lives = Stays("published words of the organisation", public=True)

    organisation = models.ForeignKey(PublicOrganisation, on_delete=models.CASCADE, related_name="reports")
    conversation = models.ForeignKey(
        Conversation, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    uuid = models.UUIDField(unique=True, default=uuid4)
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=8, choices=ReportKind.choices, default=ReportKind.HEARD)
    title = models.CharField(max_length=160)
    language = models.CharField(max_length=12, default="en")
    heard = models.TextField(help_text="what we heard, in two or three sentences")
    unknown = models.TextField(blank=True, help_text="what we do not know")
    looked_at = models.TextField(blank=True, help_text="where another view was looked for and none found")
    next_step = models.TextField(help_text="what happens next")
    rests_on = ShapedField(
        map_of(whole_number), default=dict, help_text="counts: voices, participants, votes, sections"
    )
    digest = models.CharField(max_length=64, help_text="of everything above and the claims")
    published_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["-published_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "slug"], name="one_report_per_slug")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse(
            "reports:report", args=[self.organisation.slug, self.slug], urlconf="massline.urls_square"
        )

    def get_sheet_url(self) -> str:
        return reverse(
            "reports:sheet", args=[self.organisation.slug, self.slug], urlconf="massline.urls_square"
        )

    @property
    def asks_back(self) -> bool:
        """Only what people said can have been misheard."""
        return self.kind == ReportKind.HEARD

    def pseudonym(self, token: str) -> str:
        """Turn a reader's cookie into a name that means nothing outside this report."""
        secret = hashlib.sha256(f"{settings.SECRET_KEY}:{self.uuid}".encode()).digest()
        return hashlib.blake2b(token.encode(), key=secret, digest_size=20).hexdigest()


class Claim(models.Model):
    """A sentence of a report-back, with the words it rests on."""

    lives = Stays("goes with its report", public=True)

    report = models.ForeignKey(ReportBack, on_delete=models.CASCADE, related_name="claims")
    uuid = models.UUIDField(unique=True, default=uuid4)
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    minority = models.BooleanField(default=False)
    machine = models.BooleanField(default=False, help_text="worded by a machine, checked by people")
    quotes = ShapedField(
        list_of(record(text=string, source=string, optional={"day": string})),
        default=list,
        help_text="[{text, source, day}], verbatim",
    )

    objects = ClaimQuerySet.as_manager()

    # Set by `by_section.claims_with_shares`.
    whole_share: "HeardShare | None"
    section_shares: "list[HeardShare]"

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.text[:60]


class ReportCorrection(models.Model):
    """A correction of a report-back. It is shown beside the original, which is never changed."""

    lives = Stays("published words of the organisation", public=True)

    report = models.ForeignKey(ReportBack, on_delete=models.CASCADE, related_name="corrections")
    uuid = models.UUIDField(unique=True, default=uuid4)
    wrong = models.CharField(max_length=400)
    right = models.CharField(max_length=400)
    day = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return self.right[:60]


class PublicAnswer(models.Model):
    """A question in its asker's words, and a short answer with its sources."""

    lives = Stays("published words of the organisation", public=True)

    organisation = models.ForeignKey(PublicOrganisation, on_delete=models.CASCADE, related_name="answers")
    uuid = models.UUIDField(unique=True, default=uuid4)
    question = models.TextField()
    text = models.TextField()
    sources = models.TextField(blank=True, help_text="where one can read it up, one a line")
    event = models.UUIDField(null=True, blank=True, db_index=True, help_text="the event it is about")
    language = models.CharField(max_length=12, default="en")
    asked_on = models.DateField()
    answered_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["-answered_on", "-pk"]

    def __str__(self) -> str:
        return self.question[:60]

    def get_absolute_url(self) -> str:
        page = reverse("reports:answers", args=[self.organisation.slug], urlconf="massline.urls_square")
        return f"{page}#{self.uuid}"

    @property
    def days_waited(self) -> int:
        return (self.answered_on - self.asked_on).days


class HeardAnswer(models.IntegerChoices):
    """The answers to "did we hear you right?"."""

    YES = 1, _("Yes, you did")
    PARTLY = 0, _("Partly")
    NO = -1, _("No, you didn’t")


class Resonance(models.Model):
    """An answer to a claim, by a pseudonym that lives in this report alone."""

    lives = Keep(since="day", days=180)

    id = models.BigIntegerField(primary_key=True, default=unordered_key, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=64)
    value = models.SmallIntegerField(choices=HeardAnswer.choices)
    shown_value = models.SmallIntegerField(null=True, help_text="as it counts on the page")
    section = models.CharField(max_length=60, blank=True, help_text="self-declared, or empty")
    shown_section = models.CharField(max_length=60, blank=True, help_text="under which it counts by section")
    section_value = models.SmallIntegerField(null=True, help_text="as it counts by section")
    day = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "key"], name="one_answer_per_claim")]

    def __str__(self) -> str:
        return str(self.value)
