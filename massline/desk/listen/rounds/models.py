"""Listening rounds, field reports with their mood, and voices."""

import hashlib
from collections.abc import Sequence
from itertools import accumulate
from typing import Any
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import ExpiresAfter, NoOwnExpiry
from massline.core.json_shapes import ShapedField, list_of, string, tuple_of, whole_number
from massline.desk.listen.rounds.querysets import RoundQuerySet, VoiceQuerySet
from massline.desk.people.models import Account, Organisation, Section
from massline.desk.people.scope import ScopedManager


class Channel(models.TextChoices):
    DOOR = "door", _("at the door")
    STALL = "stall", _("at a stall")
    MEETING = "meeting", _("in a meeting")
    PHONE = "phone", _("by phone")
    PAPER = "paper", _("on paper")
    FILE = "file", _("imported from a file")

    @classmethod
    def spoken(cls) -> list[tuple[str, Any]]:
        """Ways in which one of us heard somebody; words from a file count as words, and nobody as spoken to."""
        return [(value, label) for value, label in cls.choices if value != cls.FILE]


class Mood(models.IntegerChoices):
    """The ladder of mood: how ready a section is to act. Shown in words, never as a bare digit."""

    RESIGNED = 1, _("Feels nothing can be done")
    WORRIED = 2, _("Worried, keeping out of it")
    WATCHING = 3, _("Waiting to see what others do")
    WILLING = 4, _("Would join if others did")
    READY = 5, _("Ready to act")


def middle_mood(steps: Sequence[int]) -> Mood:
    """Median mood of a group counted step by step; the lower one if there are two."""
    half = (sum(steps) + 1) // 2
    below = list(accumulate(steps))
    return next(mood for mood, people in zip(Mood, below, strict=True) if people >= half)


class VoiceKind(models.TextChoices):
    SAID = "said", _("said")
    QUESTION = "question", _("asked")
    NEED = "need", _("needs")
    OFFER = "offer", _("offers")


class ListeningRound(models.Model):
    """A concrete question, asked in named sections between two dates."""

    lives = NoOwnExpiry("a question and the sections it was put to")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="rounds")
    question = models.CharField(max_length=160)
    why = models.TextField(blank=True, help_text="what we do with the answers")
    sections = models.ManyToManyField(Section, related_name="rounds", blank=True)
    opens_on = models.DateField(default=timezone.localdate)
    closes_on = models.DateField()
    conversation = models.CharField(max_length=60, blank=True, help_text="slug of the square's conversation")
    channels = ShapedField(
        list_of(string), default=list, blank=True, help_text="by which ways people are heard"
    )
    report_back_to = models.CharField(
        max_length=240, blank=True, help_text="who must hear what came of it, and where"
    )
    opened_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager.from_queryset(RoundQuerySet)("organisation")

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.question

    @property
    def is_open(self) -> bool:
        return self.opens_on <= timezone.localdate() <= self.closes_on


class FieldReport(models.Model):
    """A conversation an organiser had: section, day, mood in words. Who it was with is not kept."""

    lives = NoOwnExpiry("section, day and mood; who it was with is not kept")

    round = models.ForeignKey(ListeningRound, on_delete=models.CASCADE, related_name="field_reports")
    uuid = models.UUIDField(unique=True, default=uuid4, help_text="sent twice, kept once")
    section = models.ForeignKey(Section, null=True, on_delete=models.PROTECT, related_name="field_reports")
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.DOOR)
    mood = models.PositiveSmallIntegerField(choices=Mood.choices, null=True, blank=True)
    people = models.PositiveSmallIntegerField(default=1, help_text="how many took part")
    steps = ShapedField(
        tuple_of(*(whole_number for _mood in Mood)),
        null=True,
        blank=True,
        help_text="of a group, people at each step of the mood, lowest first",
    )
    day = models.DateField(default=timezone.localdate)
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_digest = models.CharField(
        max_length=4,
        blank=True,
        default="",
        help_text="16 bits of what a program sent: enough to notice something else, too few to tell what was said",
    )

    objects = ScopedManager("round__organisation")

    class Meta:
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.section} on {self.day}"

    @property
    def people_by_mood(self) -> dict[int | None, int]:
        """People at each step of the mood; None for those whose mood nobody could tell."""
        if not self.steps:
            return {self.mood: self.people}
        counted: dict[int | None, int] = {int(mood): n for mood, n in zip(Mood, self.steps, strict=True) if n}
        rest = self.people - sum(counted.values())
        return {**counted, **({None: rest} if rest > 0 else {})}


class Voice(models.Model):
    """Somebody's own words, to the byte. No name, no door number, no hour."""

    lives = ExpiresAfter(since="report__day", days=365, unless="citations")

    uuid = models.UUIDField(unique=True, default=uuid4)
    report = models.ForeignKey(FieldReport, on_delete=models.CASCADE, related_name="voices")
    kind = models.CharField(max_length=8, choices=VoiceKind.choices, default=VoiceKind.SAID)
    text = models.TextField()
    language = models.CharField(max_length=12, blank=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the text")

    objects = ScopedManager.from_queryset(VoiceQuerySet)("report__round__organisation")

    class Meta:
        ordering = ["-report__day", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]


def digest_of_voice(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
