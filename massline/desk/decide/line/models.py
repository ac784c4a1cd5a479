"""The line as it was estimated on a day; never changed, so that it can be explained and drawn again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.core.sealed_columns import OpenColumn
from massline.desk.people.models import Organisation
from massline.desk.people.scope import ScopedManager
from massline.engine.line.document import LineDocument
from massline.engine.privacy.threshold import LEAST
from massline.engine.result_documents import omit_default, restore


@dataclass(frozen=True, kw_only=True)
class SectionShare:
    """The rounded share of a section that supports something in a slate; None where too few answered."""

    section: str
    share: float | None
    bound: str


@dataclass(frozen=True, kw_only=True)
class LineQuestion:
    """The conversation a line is based on: its question, and the text that speaks for each demand by its key.

    `sections` has the shares of all sections for each slate; `least` is the threshold the line was drawn under.
    """

    question: str
    speaks: Mapping[str, str]
    sections: tuple[tuple[SectionShare, ...], ...]
    least: int = omit_default(LEAST)


@dataclass(frozen=True, kw_only=True)
class LineBody:
    """The body of a line: the engine's document, and the question it was estimated from."""

    line: LineDocument
    asked: LineQuestion


class Line(models.Model):
    """An estimate of the breadth of demands against how far they go, with slates; append-only."""

    lives = NoOwnExpiry("an estimate over many")
    open_columns = (OpenColumn("body", "an estimate over many"),)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="lines")
    conversation = models.CharField(
        max_length=60, blank=True, help_text="slug on the square; empty: none yet"
    )
    made_at = models.DateTimeField(default=timezone.now)
    seed = models.PositiveIntegerField(default=1)
    engine_version = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the body")
    body = models.BinaryField(help_text="canonical JSON: the engine's document, and what it was asked about")

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"line of {self.made_at:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new line; raises ValueError for one that is stored."""
        if not self._state.adding:
            raise ValueError("A line is never changed; draw a new one.")
        super().save(*args, **kwargs)

    @cached_property
    def estimate(self) -> LineBody:
        return restore(LineBody, json.loads(bytes(self.body)))
