"""Sum-ups, their claims and citations."""

from uuid import UUID, uuid5

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import Keep, Stays
from massline.core.json_shapes import ShapedField, list_of, name_of_uuid, whole_number
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.people.models import Account
from massline.desk.people.scope import ScopedManager
from massline.desk.sumup.claims.querysets import SumUpClaimQuerySet, SumUpQuerySet
from massline.desk.sumup.masking.models import Masking


class SumUpState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SIGNED = "signed", _("signed")
    PUBLISHED = "published", _("published")


class SumUp(models.Model):
    """The summary of one listening round, written by one organiser and signed by another."""

    lives = Stays("the organisation's own words")

    round = models.ForeignKey(ListeningRound, on_delete=models.PROTECT, related_name="sum_ups")
    title = models.CharField(max_length=160)
    heard = models.TextField(blank=True, help_text="what we heard, in two or three sentences")
    unknown = models.TextField(blank=True, help_text="what we do not know")
    next_step = models.TextField(blank=True, help_text="what happens next")
    no_minority = models.BooleanField(
        default=False, help_text="we looked for a view held by few and found none"
    )
    looked_at = models.TextField(max_length=600, blank=True, help_text="where we looked for another view")
    state = models.CharField(max_length=10, choices=SumUpState.choices, default=SumUpState.DRAFT)
    written_by = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="+", help_text="whose hand it was last in"
    )
    signed_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    signed_on = models.DateField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    report = models.CharField(max_length=60, blank=True, help_text="slug of the report-back on the square")

    objects = ScopedManager.from_queryset(SumUpQuerySet)("round__organisation")

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == SumUpState.DRAFT

    @property
    def is_signed(self) -> bool:
        return self.state == SumUpState.SIGNED

    @property
    def is_published(self) -> bool:
        return self.state == SumUpState.PUBLISHED

    @property
    def report_uuid(self) -> UUID:
        """The uuid of its report-back, known before it exists, so that publishing twice writes once."""
        return uuid5(self.round.organisation.uuid, f"report-back of sum-up {self.pk}")


class Claim(models.Model):
    """A plain sentence. Without a citation it cannot be published."""

    lives = Stays("goes with its sum-up")

    sum_up = models.ForeignKey(SumUp, on_delete=models.CASCADE, related_name="claims")
    order = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=400)
    minority = models.BooleanField(default=False, help_text="a view held by few, which keeps its place")
    numbers_because = models.CharField(
        max_length=240, blank=True, help_text="why a number stays that the cited data do not show"
    )
    machine = models.CharField(max_length=80, blank=True, help_text="which machine worded it, if one did")

    objects = ScopedManager.from_queryset(SumUpClaimQuerySet)("sum_up__round__organisation")

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def called(self) -> str:
        """Its name within a sentence; words of a machine are never put in quotation marks."""
        if self.machine:
            return gettext("finding %(n)d") % {"n": self.order}
        return f"“{self}”"


class TakenOut(models.Model):
    """A removed claim, kept for thirty days so that it can be restored."""

    lives = Keep(since="day", days=30)

    sum_up = models.ForeignKey(SumUp, on_delete=models.CASCADE, related_name="taken_out")
    text = models.TextField(max_length=400)
    order = models.PositiveSmallIntegerField()
    minority = models.BooleanField(default=False)
    numbers_because = models.CharField(max_length=240, blank=True)
    machine = models.CharField(max_length=80, blank=True)
    voices = ShapedField(list_of(whole_number), default=list, help_text="numbers of the voices it cited")
    statements = ShapedField(
        list_of(name_of_uuid), default=list, help_text="uuids of the statements it cited"
    )
    day = models.DateField(default=timezone.localdate)

    objects = ScopedManager("sum_up__round__organisation")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Citation(models.Model):
    """Words that a claim cites byte for byte: a voice of the desk or a statement of the square."""

    lives = Stays("words without a name, cited in the open")

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="citations")
    voice = models.ForeignKey(
        Voice, null=True, blank=True, on_delete=models.PROTECT, related_name="citations"
    )
    masking = models.ForeignKey(
        Masking,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="citations",
        help_text="the voice as it may go out, where something was taken out",
    )
    statement = models.UUIDField(null=True, blank=True, help_text="uuid of a statement on the square")
    text = models.TextField()
    digest = models.CharField(max_length=64)
    origin = models.CharField(max_length=120, help_text="where and when it was said")

    objects = ScopedManager("claim__sum_up__round__organisation")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(voice__isnull=False, statement__isnull=True)
                | models.Q(voice__isnull=True, statement__isnull=False),
                name="citation_names_one_source",
            ),
            models.UniqueConstraint(
                fields=["claim", "voice"], condition=models.Q(voice__isnull=False), name="one_voice_per_claim"
            ),
            models.UniqueConstraint(
                fields=["claim", "statement"],
                condition=models.Q(statement__isnull=False),
                name="one_statement_per_claim",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
