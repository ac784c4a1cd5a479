"""The line as it was found on a day: never changed, so that it can be explained and drawn again."""

import json
from functools import cached_property
from typing import Any

from django.db import models
from django.utils import timezone

from massline.core.expiry import Stays
from massline.core.sealed import Open
from massline.desk.people.models import Organisation
from massline.desk.people.scope import Scoped


class Line(models.Model):
    """Breadth against advance over many people, with slates; append-only."""

    lives = Stays("an estimate over many")
    open_columns = (Open("body", "an estimate over many"),)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="lines")
    conversation = models.CharField(
        max_length=60, blank=True, help_text="slug on the square; empty: none yet"
    )
    made_at = models.DateTimeField(default=timezone.now)
    seed = models.PositiveIntegerField(default=1)
    engine_version = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the body")
    body = models.BinaryField(help_text="canonical JSON: the engine's document, and what it was asked about")

    objects = Scoped("organisation")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"line of {self.made_at:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it once; a line that stands is not written over."""
        if not self._state.adding:
            raise ValueError("A line is never changed; draw a new one.")
        super().save(*args, **kwargs)

    @cached_property
    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(bytes(self.body))
        return found
