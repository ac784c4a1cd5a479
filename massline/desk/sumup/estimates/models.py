"""Stored estimates: themes of a round, mood and trends of an organisation. Rows are added, never changed."""

import json
from functools import cached_property

from django.db import models
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.core.sealed_columns import OpenColumn
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Organisation
from massline.desk.people.scope import ScopedManager
from massline.engine.mood.document import MoodDocument, restore_mood
from massline.engine.pulse.document import PulseDocument, restore_pulse
from massline.engine.themes.document import ThemesDocument, restore_themes


class Snapshot(models.Model):
    """A document of the engine, with what is needed to explain and reproduce it."""

    open_columns = (OpenColumn("body", "an estimate over many"),)

    made_at = models.DateTimeField(default=timezone.now)
    seen = models.PositiveIntegerField(help_text="how many rows it was made from")
    seen_digest = models.CharField(max_length=64, help_text="of the rows it was made from")
    engine_version = models.CharField(max_length=12)
    seed = models.PositiveIntegerField()
    body = models.BinaryField(help_text="the canonical JSON document of the estimate")

    class Meta:
        abstract = True


class ThemeSnapshot(Snapshot):
    """The themes of one round; texts are referred to by name only."""

    lives = NoOwnExpiry("an estimate over many; words by number alone")

    round = models.ForeignKey(ListeningRound, on_delete=models.CASCADE, related_name="theme_snapshots")
    embedder = models.CharField(max_length=120, help_text="what turned words into vectors")

    objects = ScopedManager("round__organisation")

    class Meta:
        get_latest_by = "pk"

    def __str__(self) -> str:
        return f"{self.round}: themes of {self.seen} voices"

    @cached_property
    def estimate(self) -> ThemesDocument:
        return restore_themes(json.loads(bytes(self.body)))


class MoodSnapshot(Snapshot):
    """The mood of an organisation's sections over time, without sections in which few were heard."""

    lives = NoOwnExpiry("an estimate over many")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="mood_snapshots")

    objects = ScopedManager("organisation")

    class Meta:
        get_latest_by = "pk"

    def __str__(self) -> str:
        return f"{self.organisation}: mood of {self.seen} readings"

    @cached_property
    def estimate(self) -> MoodDocument:
        return restore_mood(json.loads(bytes(self.body)))


class PulseSnapshot(Snapshot):
    """The trends of an organisation's tracked issues, with their daily counts."""

    lives = NoOwnExpiry("an estimate of public events")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="pulse_snapshots")

    objects = ScopedManager("organisation")

    class Meta:
        get_latest_by = "pk"

    def __str__(self) -> str:
        return f"{self.organisation}: pulse of {self.seen} days"

    @cached_property
    def estimate(self) -> PulseDocument:
        return restore_pulse(json.loads(bytes(self.body)))
