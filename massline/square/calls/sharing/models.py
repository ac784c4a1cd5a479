"""Counts of how often a call was opened by source, and pictures for links to it."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from massline.core.expiry import ExpiresAfter, NoOwnExpiry
from massline.core.sealed_columns import OpenColumn

if TYPE_CHECKING:
    from massline.square.calls.models import PublishedCall  # noqa: F401 (named in strings below)


class SourceDay(models.Model):
    """The number of openings of a call by one source (a poster, a flyer, a message) on one day."""

    lives = ExpiresAfter(since="day", days=400, held=False)

    call = models.ForeignKey("calls.PublishedCall", on_delete=models.CASCADE, related_name="source_days")
    source = models.CharField(max_length=2)
    day = models.DateField(default=timezone.localdate)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "source"]
        constraints = [
            models.UniqueConstraint(fields=["call", "source", "day"], name="one_count_per_source_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.source} {self.opened}"


class SharePicture(models.Model):
    """The picture that chats and networks show beside a link, with a digest of the words it was drawn from."""

    lives = NoOwnExpiry("published words of the organisation, as a picture", public=True)
    open_columns = (OpenColumn("png", "a picture that everybody sees"),)

    call = models.ForeignKey("calls.PublishedCall", on_delete=models.CASCADE, related_name="pictures")
    language = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, help_text="of the words it was drawn from")
    png = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "language"], name="one_picture_per_language")]

    def __str__(self) -> str:
        return f"picture {self.language}"
